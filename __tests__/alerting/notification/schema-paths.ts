import { isObject, type JsonObject, objectAt } from "../../../detection/events/json";
import { SCHEMA } from "./alert-schema";

/** The definition that a schema refers to, or itself. */
export function resolved(schema: JsonObject): JsonObject {
  const name = String(schema.$ref ?? "").replace("#/$defs/", "");
  return schema.$ref === undefined ? schema : objectAt(objectAt(SCHEMA, "$defs"), name);
}

/** Every property below a definition, those of other definitions under their names. */
export function propertiesOf(name: string): readonly string[] {
  const visit = (schema: unknown, path: string): readonly string[] => {
    if (!isObject(schema) || schema.$ref !== undefined) return [];
    const own = Object.entries(objectAt(schema, "properties")).flatMap(([property, its]) => [
      `${path}.${property}`,
      ...visit(its, `${path}.${property}`),
    ]);
    return [...own, ...visit(schema.items, `${path}[]`)];
  };
  return visit(objectAt(objectAt(SCHEMA, "$defs"), name), name);
}

/** The properties that a value has, as the schema knows them. */
export function pathsIn(schema: unknown, value: unknown, path: string): readonly string[] {
  if (!isObject(schema)) return [];
  if (Array.isArray(schema.oneOf)) {
    const kindOf = (one: unknown) => objectAt(objectAt(resolved(one as JsonObject), "properties"), "kind").const;
    return schema.oneOf
      .filter((one) => isObject(value) && kindOf(one) === value.kind)
      .flatMap((one) => pathsIn(one, value, path));
  }
  if (schema.$ref !== undefined) return pathsIn(resolved(schema), value, String(schema.$ref).replace("#/$defs/", ""));
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(schema.items, item, `${path}[]`));
  if (!isObject(value)) return [];
  const properties = objectAt(schema, "properties");
  return Object.entries(value).flatMap(([name, its]) =>
    name in properties ? [`${path}.${name}`, ...pathsIn(properties[name], its, `${path}.${name}`)] : [],
  );
}
