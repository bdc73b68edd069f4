import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import Ajv2020 from "ajv/dist/2020";
import { isObject, type JsonObject, objectAt } from "../../../detection/events/json";
import { REPOSITORY } from "../../repository";

export const SCHEMA = JSON.parse(readFileSync(join(REPOSITORY, "docs/alert-schema.json"), "utf8")) as JsonObject;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false, discriminator: false });
const validate = ajv.compile(SCHEMA);
/** By kind: what `oneOf` says of a mistake is a complaint for every kind. */
const byKind = new Map(
  Object.entries(objectAt(SCHEMA, "$defs")).flatMap(([name, definition]) => {
    const kind = objectAt(objectAt(definition as JsonObject, "properties"), "kind").const;
    return typeof kind === "string" ? [[kind, ajv.compile({ $ref: `${SCHEMA.$id}#/$defs/${name}` })] as const] : [];
  }),
);

/** What the schema has against a value, as it comes to those who read it: nothing where it is valid. */
export function complaints(value: unknown): readonly string[] {
  const read: unknown = JSON.parse(JSON.stringify(value));
  const valid: boolean = validate(read);
  if (valid) return [];
  const check = byKind.get(String(isObject(read) && read.kind)) ?? validate;
  check(read);
  return (check.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

export function expectValid(value: unknown): void {
  expect(complaints(value)).toEqual([]);
}
