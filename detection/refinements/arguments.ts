import { type JsonObject, kindOf } from "../events/json";
import type { FieldPath } from "./field";
import { RefinementError } from "./refinement-error";

/** @throws RefinementError for a key that the kind doesn't have */
export function checkKeys(given: JsonObject, path: string, keys: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (key !== "kind" && !keys.includes(key)) {
      throw new RefinementError(`${path}.${key}`, `unknown key; allowed keys: ${["kind", ...keys].join(", ")}`);
    }
  }
}

/**
 * A field of the CloudTrail record by its dotted path.
 *
 * @throws RefinementError
 */
export function fieldPath(value: unknown, path: string): FieldPath {
  const problem = "must be the path of a field of the record, such as requestParameters.userName";
  if (typeof value !== "string") throw new RefinementError(path, `${problem}; it is ${kindOf(value)}`);
  const steps = value.split(".");
  if (steps.includes("")) throw new RefinementError(path, `${problem}, not ${JSON.stringify(value)}`);
  if (steps[0] === "detail") {
    throw new RefinementError(path, `${problem}: leave out "detail.", which only a pattern needs`);
  }
  return steps;
}

/** @throws RefinementError */
export function fieldPaths(value: unknown, path: string): readonly FieldPath[] {
  return nonEmptyList(value, path, "paths of fields").map((field, index) => fieldPath(field, `${path}[${index}]`));
}

/** @throws RefinementError */
export function nonEmptyList(value: unknown, path: string, what: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) {
    const found = Array.isArray(value) ? "empty" : kindOf(value);
    throw new RefinementError(path, `must be a list of ${what}, at least one; it is ${found}`);
  }
  return value;
}
