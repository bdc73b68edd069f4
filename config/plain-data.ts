import { kindOf } from "../detection/events/json";

/** Deeper than this nothing is looked at; a detection has a handful of levels. */
const MAX_DEPTH = 50;

/** What was exported, as JSON has it, or why JSON can't hold it. */
export type PlainData = { readonly value: unknown } | { readonly problems: readonly string[] };

/**
 * Takes a value through JSON, which is all that reaches the function.
 *
 * What JSON would drop or change without a word (functions, undefined, dates, NaN) is refused instead.
 *
 * @param undefinedFields whether an object's field may be undefined, and then counts as not given
 */
export function plainData(value: unknown, undefinedFields: "refused" | "dropped" = "refused"): PlainData {
  const problems = [...unfit(value, "", [], undefinedFields === "dropped")];
  return problems.length > 0 ? { problems } : { value: JSON.parse(JSON.stringify(value)) };
}

function* unfit(
  value: unknown,
  path: string,
  ancestors: readonly object[],
  dropsUndefined: boolean,
): Generator<string> {
  const where = path === "" ? "it" : path;
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      if (!Number.isFinite(value)) yield `${where} is ${value}: must be a number that JSON has`;
      return;
    case "undefined":
      yield `${where} is undefined: leave the key away, or give it a value`;
      return;
    case "object":
      break;
    default:
      yield `${where} is ${kindOf(value)}: only data reaches the function; work out what it gives`;
      return;
  }
  if (value === null) return;
  if (ancestors.includes(value)) {
    yield `${where} is part of itself: must be writable as JSON`;
  } else if (ancestors.length >= MAX_DEPTH) {
    yield `${where.slice(0, 200)}… is nested deeper than ${MAX_DEPTH} levels`;
  } else if (!Array.isArray(value) && !isPlain(value)) {
    yield `${where} is a ${value.constructor?.name || "class's object"}: must be strings, numbers, true, false, null, lists and objects of them`;
  } else {
    // By index, so that a gap in a list is seen.
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    for (const key of keys) {
      const step = typeof key === "number" ? `[${key}]` : `${path === "" ? "" : "."}${key}`;
      const child = (value as Record<string | number, unknown>)[key];
      if (child === undefined && dropsUndefined && typeof key === "string") continue;
      yield* unfit(child, path + step, [...ancestors, value], dropsUndefined);
    }
  }
}

/** Whether it is made by `{}`, here or in another realm, or by `Object.create(null)`. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
