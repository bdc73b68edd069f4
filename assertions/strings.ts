/** Every string inside a value, however deep; keys excluded. For what may stand nowhere: `strings(stack)`. */
export function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}
