import { isObject, type JsonObject } from "../events/json";
import { isOwn, isServiceName } from "./principal-names";

const POLICY_KEYS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);
const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
]);

/** Operators that fail when the key is absent; those with `IfExists` and `ForAllValues` don't, and pin nothing. */
const EXACT_OPERATORS: ReadonlySet<string> = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike"]);
/**
 * Condition keys that hold one account: the caller's, or that of the resource on whose behalf a service calls. IAM does
 * not look at their case. `aws:PrincipalOrgID` is not among them: an organization has other accounts too.
 */
const ACCOUNT_KEYS: ReadonlySet<string> = new Set(["aws:principalaccount", "aws:sourceaccount", "kms:calleraccount"]);

/**
 * Whether a resource's policy may let in somebody besides its own account and AWS's services.
 *
 * - `Deny` opens nothing; `Allow` with `NotPrincipal` opens.
 * - The own account is its id and every ARN with it, identity providers in it included. All else under `AWS` and
 *   `Federated`, and `*` foremost, is somebody else: also providers outside of AWS, and pools of Cognito, which don't
 *   say whose they are.
 * - A condition that pins the account to one's own closes a statement again (see `ACCOUNT_KEYS`).
 * - A statement without a principal opens to nobody.
 * - Keys, effects and types that AWS's grammar doesn't have: nobody knows, so yes.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyMayOpen(policy: JsonObject, own: string | undefined): boolean {
  if (!hasOnly(policy, POLICY_KEYS)) return true;
  return oneOrMore(policy.Statement).some((statement) => !isObject(statement) || statementMayOpen(statement, own));
}

function statementMayOpen(statement: JsonObject, own: string | undefined): boolean {
  if (!hasOnly(statement, STATEMENT_KEYS)) return true;
  if (statement.Effect === "Deny") return false;
  if (statement.Effect !== "Allow") return true;
  if (own !== undefined && pins(statement.Condition, own)) return false;
  if (Object.hasOwn(statement, "NotPrincipal")) return true;
  return Object.hasOwn(statement, "Principal") && principalMayBeOther(statement.Principal, own);
}

function principalMayBeOther(principal: unknown, own: string | undefined): boolean {
  if (!isObject(principal)) return !everyText(principal, (text) => isOwn(text, own));
  return Object.entries(principal).some(
    ([type, names]) => !everyText(names, type === "Service" ? isServiceName : (text) => isOwn(text, own)),
  );
}

function pins(condition: unknown, own: string): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      EXACT_OPERATORS.has(operator) &&
      isObject(keys) &&
      Object.entries(keys).some(
        ([key, accounts]) => ACCOUNT_KEYS.has(key.toLowerCase()) && everyText(accounts, (account) => account === own),
      ),
  );
}

/** Whether it is a text or a list of texts, at least one, that all pass. */
function everyText(value: unknown, passes: (text: string) => boolean): boolean {
  const texts = oneOrMore(value);
  return texts.length > 0 && texts.every((text) => typeof text === "string" && passes(text));
}

function oneOrMore(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function hasOnly(object: JsonObject, keys: ReadonlySet<string>): boolean {
  return Object.keys(object).every((key) => keys.has(key));
}
