import { type JsonObject, objectAt, textAt } from "../events/json";
import { list } from "../pattern/describe";
import { mayNameOther } from "./account-names";
import { checkKeys, fieldPaths } from "./arguments";
import type { CompiledRefinement } from "./compiled-refinement";
import { fieldAt } from "./field";

/**
 * One of the fields names an AWS account other than the record's own (`recipientAccountId`, else
 * `userIdentity.accountId`), or everybody.
 *
 * A field holds an account id, an ARN, a list or an object of them, or a policy document, as JSON or as JSON text. No
 * account is named by the record's own id, by ARNs with it, by services (`ec2.amazonaws.com`), and by policies whose
 * `Allow` statements let in nobody else (see `policy.ts`).
 *
 * - A field is absent or null: it names nobody. All of them are: yes, as what the call was about is not known.
 * - What can't be understood (unparsable text, unique ids such as `AROA…`, external identity providers): yes.
 * - The record's own account is not known: yes, unless nothing but services is named.
 */
export interface OtherAccount {
  readonly kind: "otherAccount";
  /** Paths in the record, such as `requestParameters.policyDocument`; any of them will do. */
  readonly fields: readonly string[];
}

/** @throws RefinementError */
export function otherAccount(given: JsonObject, path: string): CompiledRefinement {
  checkKeys(given, path, ["fields"]);
  const fields = fieldPaths(given.fields, `${path}.fields`);
  const names = fields.map((field) => field.join("."));
  return {
    holds: (record) => {
      const own = textAt(record, "recipientAccountId") ?? textAt(objectAt(record, "userIdentity"), "accountId");
      const found = fields.map((field) => fieldAt(record, field)).filter(({ is }) => is !== "absent");
      return found.length === 0 || found.some((field) => field.is !== "there" || mayNameOther(field.value, own));
    },
    describe: () => `${list(names, "or")}, if present, names another AWS account or everyone`,
  };
}
