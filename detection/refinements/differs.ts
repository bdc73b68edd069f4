import type { JsonObject } from "../events/json";
import { checkKeys, fieldPath } from "./arguments";
import type { CompiledRefinement } from "./compiled-refinement";
import { fieldAt } from "./field";

/**
 * Two fields of the record differ: the caller acts on somebody else.
 *
 * - `field` absent or null: no. Where a call names no user, IAM takes the caller's own name.
 * - `from` absent or null: yes. A role or the root user acts on a user.
 * - Either is no text, or can't be read: yes.
 *
 * Case makes no difference, as far as ASCII goes: IAM records a name as it was typed, and has no two users whose names
 * differ in case alone, so a name that does can't be somebody else's.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export interface Differs {
  readonly kind: "differs";
  /** Path in the record, such as `requestParameters.userName`. */
  readonly field: string;
  /** Path in the record, such as `userIdentity.userName`. */
  readonly from: string;
}

/** @throws RefinementError */
export function differs(given: JsonObject, path: string): CompiledRefinement {
  checkKeys(given, path, ["field", "from"]);
  const field = fieldPath(given.field, `${path}.field`);
  const from = fieldPath(given.from, `${path}.from`);
  return {
    holds: (record) => {
      const one = fieldAt(record, field);
      if (one.is === "absent") return false;
      const other = fieldAt(record, from);
      if (one.is !== "there" || other.is !== "there") return true;
      if (typeof one.value !== "string" || typeof other.value !== "string") return true;
      return lowerCase(one.value) !== lowerCase(other.value);
    },
    describe: () =>
      `${field.join(".")} is given and is not ${from[0] === "userIdentity" ? "the caller's" : from.join(".")}`,
  };
}

/** Of ASCII alone: `toLowerCase` would take the sign for kelvin for a k. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
