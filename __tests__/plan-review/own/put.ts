type Json = Readonly<Record<string | number, unknown>>;

/** The value at a dotted path; places in lists are numbers. */
export function valueAt(values: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => (value as Json | undefined)?.[step], values);
}

/** A copy with another value at a path. */
export function put(values: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const copy = Array.isArray(values) ? [...values] : { ...(values as object) };
  (copy as Record<string, unknown>)[step] = put((values as Json | undefined)?.[step], rest, value);
  return copy;
}
