/** Stands where Terraform will know the value only once it has applied. */
export const UNKNOWN = Symbol("known after apply") as Unknown;

/** The type of `UNKNOWN` alone. */
export type Unknown = symbol & { readonly description: "known after apply" };

/** A value of a resource's attribute as a plan has it. */
export type Value = string | number | boolean | null | Unknown | readonly Value[] | Values;

export interface Values {
  readonly [attribute: string]: Value | undefined;
}

export function isUnknown(value: unknown): value is Unknown {
  return value === UNKNOWN;
}

export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Puts `UNKNOWN` where a plan says that a value is known after apply only.
 *
 * @param value JSON, as in `change.after`
 * @param unknown of the same shape, `true` where it is not known, as in `change.after_unknown`
 */
export function withUnknown(value: unknown, unknown: unknown): Value {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const list = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(list.length, unknown.length) }, (_, index) =>
      withUnknown(list[index] ?? null, unknown[index]),
    );
  }
  if (isValues(unknown) && Object.keys(unknown).length > 0) {
    const merged = new Map<string, Value>(
      isValues(value) ? Object.entries(value).map(([k, v]) => [k, v as Value]) : [],
    );
    for (const [key, mask] of Object.entries(unknown)) {
      const known = merged.get(key);
      if (mask !== false) merged.set(key, withUnknown(known ?? null, mask));
    }
    return Object.fromEntries(merged);
  }
  return value as Value;
}

/** A value by its path, `UNKNOWN` when something on the way is; undefined where there is nothing. */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  let found = value;
  for (const step of path) {
    if (found === UNKNOWN) return UNKNOWN;
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Values)[step];
  }
  return found;
}

/** The blocks of a kind, of which Terraform has a list even where there can only be one; of what isn't known, `UNKNOWN`. */
export function blocks(values: Value | undefined, name: string): readonly Value[] {
  const value = at(values, name);
  if (value === UNKNOWN) return [UNKNOWN];
  if (Array.isArray(value)) return value;
  return isValues(value) ? [value] : [];
}

/** Whether there is nothing: providers write null, an empty text, list or object alike. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Whether any part of it is known after apply only. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** The same text for values that are the same, in whichever order an object has its keys. */
export function canonical(value: Value | undefined): string {
  if (value === UNKNOWN) return "(known after apply)";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (isValues(value)) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join()}}`;
  }
  return JSON.stringify(value ?? null);
}

/** JSON in a text, such as a policy. Undefined where it isn't any. */
export function parsed(value: Value | undefined): Value | undefined {
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value !== "string") return isValues(value) || Array.isArray(value) ? value : undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}
