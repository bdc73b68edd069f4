import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import Ajv2020 from "ajv/dist/2020";
import { REPOSITORY } from "../../repository";

const SCHEMA = join(REPOSITORY, "__tests__/fixtures/ocsf/detection-finding.json");
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowMatchingProperties: true });
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")));

export function isFinding(value: unknown): boolean {
  return validate(JSON.parse(JSON.stringify(value)));
}

/** The finding as it comes to those who read it, which OCSF's schema has nothing against. */
export function validFinding(value: unknown) {
  const valid = isFinding(value);
  expect({ valid, errors: valid ? null : validate.errors }).toEqual({ valid: true, errors: null });
  return JSON.parse(JSON.stringify(value));
}
