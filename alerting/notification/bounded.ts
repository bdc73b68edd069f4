import { isObject, type JsonObject } from "../../detection/events/json";
import { cut } from "../../detection/events/text";

/** How much of each part is kept; the first that lets the whole be short enough is taken. */
const LIMITS = [
  { text: 4_000, items: 100, depth: 10 },
  { text: 1_000, items: 50, depth: 8 },
  { text: 200, items: 20, depth: 6 },
  { text: 60, items: 8, depth: 4 },
  { text: 20, items: 3, depth: 2 },
] as const;
const KEY_LENGTH = 200;

/** Bytes of the JSON of one request or response in a notification. */
export const BOUNDED_BYTES = 16_000;

/**
 * A request or response of bounded size, otherwise as it is: long texts end in `…`; of long lists and objects the first items are kept
 * and one more says how many are not (`… 12 more`; of an object the value of the key `…`); what nests too deep is `…`.
 *
 * @returns null for anything but an object; an empty object where nothing fits
 */
export function bounded(value: unknown, maximumBytes = BOUNDED_BYTES): JsonObject | null {
  if (!isObject(value)) return null;
  for (const limit of LIMITS) {
    const kept = keptObject(value, limit, limit.depth);
    if (Buffer.byteLength(JSON.stringify(kept)) <= maximumBytes) return kept;
  }
  return {};
}

function kept(value: unknown, limit: (typeof LIMITS)[number], depth: number): unknown {
  if (typeof value === "string") return text(value, limit.text);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (isObject(value)) return keptObject(value, limit, depth);
  const list = value as readonly unknown[];
  const items = list.slice(0, limit.items).map((item) => kept(item, limit, depth - 1));
  return list.length > items.length ? [...items, `… ${list.length - items.length} more`] : items;
}

function keptObject(object: JsonObject, limit: (typeof LIMITS)[number], depth: number): JsonObject {
  const entries = Object.entries(object);
  const fields = entries
    .slice(0, limit.items)
    .map(([key, field]): [string, unknown] => [text(key, KEY_LENGTH), kept(field, limit, depth - 1)]);
  if (entries.length > fields.length) fields.push(["…", `${entries.length - fields.length} more`]);
  return Object.fromEntries(fields);
}

/** Half a character can't be written in UTF-8, nor read by all who read JSON. */
function text(value: string, length: number): string {
  return cut(value.replace(/\p{Cs}/gu, "\ufffd"), length);
}
