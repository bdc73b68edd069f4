import type { JsonObject } from "../events/json";
import { checkKeys, fieldPath } from "./arguments";
import type { CompiledRefinement } from "./compiled-refinement";
import { fieldAt } from "./field";

/**
 * A field ends in the id of an EC2 instance, as the session's name of an instance's role does
 * (`AROAEXAMPLE:i-0123456789abcdef0`): `i-` and 17 hexadecimal digits, or 8 of an instance from before 2016.
 *
 * - The field is absent, null or no text: yes.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export interface InstanceSession {
  readonly kind: "instanceSession";
  /** Path in the record, such as `userIdentity.principalId`. */
  readonly field: string;
}

/** @throws RefinementError */
export function instanceSession(given: JsonObject, path: string): CompiledRefinement {
  checkKeys(given, path, ["field"]);
  const field = fieldPath(given.field, `${path}.field`);
  return {
    holds: (record) => {
      const found = fieldAt(record, field);
      if (found.is !== "there" || typeof found.value !== "string") return true;
      return /(^|[:/])i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(found.value);
    },
    describe: () => `${field.join(".")} ends in the id of an EC2 instance`,
  };
}
