import { cut } from "../../detection/events/text";

/** Lists are cut to a hundredth of what texts are cut to. */
const CHARACTERS_PER_ITEM = 100;

/**
 * The same object with every text, and every list, cut.
 *
 * @param limit characters that a text may keep
 */
export function shortened(json: object, limit: number): object {
  return shorten(json, limit) as object;
}

function shorten(value: unknown, limit: number): unknown {
  if (typeof value === "string") return cut(value, limit);
  if (typeof value !== "object" || value === null) return value;
  const items = Math.max(1, Math.ceil(limit / CHARACTERS_PER_ITEM));
  if (Array.isArray(value)) return value.slice(0, items).map((item) => shorten(item, limit));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shorten(child, limit)]));
}
