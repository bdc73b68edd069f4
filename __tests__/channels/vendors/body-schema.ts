/** What a vendor publishes of a request's body, as data. */
export type BodySchema =
  | {
      readonly type: "string";
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: RegExp;
      readonly enum?: readonly string[];
    }
  | { readonly type: "array"; readonly items: BodySchema; readonly minItems?: number; readonly maxItems?: number }
  | {
      readonly type: "object";
      readonly required?: readonly string[];
      readonly properties?: Readonly<Record<string, BodySchema>>;
      /** Of fields that are not in `properties`; absent: there may be none. */
      readonly others?: BodySchema;
      readonly maxProperties?: number;
      /** Characters of all names and values together. */
      readonly maxCharacters?: number;
      readonly names?: BodySchema;
    }
  | { readonly type: "any" };

/** What is wrong with a value by a schema; none where nothing is. */
export function problemsOf(value: unknown, schema: BodySchema, path = "body"): readonly string[] {
  if (schema.type === "any") return [];
  if (schema.type === "string") {
    if (typeof value !== "string") return [`${path} is no string`];
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, enum: allowed } = schema;
    return [
      ...(value.length < minLength ? [`${path} is shorter than ${minLength}`] : []),
      ...(value.length > maxLength ? [`${path} is longer than ${maxLength}: ${value.length}`] : []),
      ...(pattern !== undefined && !pattern.test(value) ? [`${path} does not match ${pattern}`] : []),
      ...(allowed !== undefined && !allowed.includes(value) ? [`${path} is none of ${allowed.join(", ")}`] : []),
    ];
  }
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [`${path} is no array`];
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
    return [
      ...(value.length < minItems ? [`${path} has fewer items than ${minItems}`] : []),
      ...(value.length > maxItems ? [`${path} has more items than ${maxItems}`] : []),
      ...value.flatMap((item, index) => problemsOf(item, schema.items, `${path}[${index}]`)),
    ];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  const entries = Object.entries(value);
  const { required = [], properties = {}, others, maxProperties, maxCharacters, names } = schema;
  const characters = entries.reduce((sum, [name, child]) => sum + name.length + String(child).length, 0);
  return [
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}.${name} is required`),
    ...(maxProperties !== undefined && entries.length > maxProperties
      ? [`${path} has more fields than ${maxProperties}`]
      : []),
    ...(maxCharacters !== undefined && characters > maxCharacters ? [`${path} is longer than ${maxCharacters}`] : []),
    ...entries.flatMap(([name, child]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : others;
      const named = names === undefined ? [] : problemsOf(name, names, `${path}'s name`);
      return [
        ...named,
        ...(known === undefined ? [`${path}.${name} is unknown`] : problemsOf(child, known, `${path}.${name}`)),
      ];
    }),
  ];
}
