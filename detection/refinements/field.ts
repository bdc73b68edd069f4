import { isObject, type JsonObject } from "../events/json";

/** The steps to a field from the top of the record. */
export type FieldPath = readonly string[];

/** What stands in a field: `absent` is surely nothing, `unreadable` is something that nobody can tell. */
export type Field =
  | { readonly is: "there"; readonly value: unknown }
  | { readonly is: "absent" }
  | { readonly is: "unreadable" };

const ABSENT: Field = { is: "absent" };
const UNREADABLE: Field = { is: "unreadable" };

/**
 * Looks a field up.
 *
 * Null counts as absent, as CloudTrail writes `requestParameters: null` where there are none. Unreadable is what would
 * lie below a text, a number or a list, and below an object that CloudTrail has emptied because it was too large
 * (`{"omitted": true, …}`): a caller can bring that about, so it must not hide anything.
 */
export function fieldAt(record: JsonObject, path: FieldPath): Field {
  let value: unknown = record;
  for (const step of path) {
    if (value === null || value === undefined) return ABSENT;
    if (!isObject(value)) return UNREADABLE;
    if (!Object.hasOwn(value, step)) return value.omitted === true ? UNREADABLE : ABSENT;
    value = value[step];
  }
  return value === null || value === undefined ? ABSENT : { is: "there", value };
}
