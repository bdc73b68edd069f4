import { actionCovered, mayDeny, noNarrower, principalCovered, resourceCovered } from "./covers";
import type { Condition, Statement } from "./statements";

/** Something that a policy allowed and that it doesn't any more, or may not. */
export interface Loss {
  readonly principal: string | undefined;
  readonly action: string;
  readonly how:
    | "no longer allowed"
    | "allowed under narrower conditions"
    | "denied"
    | "denied under some conditions"
    | "indeterminate";
}

type IsMet = (condition: Condition, principal: string | undefined) => boolean;

/** What a statement for everyone is needed for, where it doesn't name the principal. */
const SENDS = ["sns:Publish", "sqs:SendMessage", "events:PutEvents"];

/** The version that every client supports. */
const LATEST_TLS = 1.2;

/** Conditions of a `Deny` that no service and no SDK meets. */
const HARMLESS: readonly Pick<Condition, "operator" | "key">[] = [
  { operator: "Bool", key: "aws:securetransport" },
  { operator: "BoolIfExists", key: "aws:securetransport" },
  { operator: "NumericLessThan", key: "s3:tlsversion" },
  { operator: "NumericLessThanIfExists", key: "s3:tlsversion" },
];

/**
 * What was allowed to principals that need it, and no longer is.
 *
 * @param needed which principals count; undefined is a role's own policy
 * @param otherPolicies what other policies allow: new denials apply to it too
 * @param isMet conditions that, as far as the plan shows, a principal meets: they may be new
 */
export function losses(
  before: readonly Statement[],
  after: readonly Statement[],
  needed: (principal: string | undefined) => boolean,
  otherPolicies: readonly Statement[] = [],
  isMet: IsMet = () => false,
): readonly Loss[] {
  const kept = new Set(after.map(({ text }) => text));
  const had = new Set(before.map(({ text }) => text));
  const allowed = before.filter(({ allows }) => allows);
  const gone = allowed
    .filter(({ text }) => !kept.has(text))
    .flatMap((statement) => lost(statement, after, needed, isMet));
  const denials = after.filter(({ allows, text }) => !allows && !had.has(text));
  return [...gone, ...denials.flatMap((denial) => denied(denial, [...allowed, ...otherPolicies], needed))];
}

function lost(
  statement: Statement,
  after: readonly Statement[],
  needed: (principal: string | undefined) => boolean,
  isMet: IsMet,
): readonly Loss[] {
  const principals = principalsOf(statement).filter(needed);
  const { actions, resources, conditions } = statement;
  if (actions.not || resources.not || statement.principals?.not) {
    const [principal] = principals;
    return principals.length > 0 || statement.principals?.not ? [{ principal, action: "*", how: "indeterminate" }] : [];
  }
  return principals.flatMap((principal) =>
    actions.texts.flatMap((action): readonly Loss[] => {
      const everyone = principal === "*";
      if (everyone && !SENDS.some((send) => actionCovered({ not: false, texts: [action] }, send))) return [];
      const covering = (resource: string) =>
        after.filter(
          (other) =>
            other.allows &&
            (everyone || principalCovered(other.principals, principal)) &&
            actionCovered(other.actions, action) &&
            resourceCovered(other.resources, resource),
        );
      const found = resources.texts.map(covering);
      if (found.some((others) => others.length === 0)) return [{ principal, action, how: "no longer allowed" }];
      const stillEveryone = found.every((others) =>
        others.some(({ principals: those }) => principalCovered(those, principal)),
      );
      const enough = found.every((others) =>
        others.some(
          (other) => principalCovered(other.principals, principal) && noNarrower(other.conditions, conditions),
        ),
      );
      if (!enough && everyone && !(conditions.length > 0 && stillEveryone))
        return [{ principal, action, how: "indeterminate" }];
      const nearly =
        enough ||
        found.every((others) =>
          others.some((other) => {
            const asked = other.conditions.filter((condition) => !isMet(condition, principal));
            return principalCovered(other.principals, principal) && noNarrower(asked, conditions);
          }),
        );
      if (!enough && nearly) return [{ principal, action, how: "indeterminate" }];
      return enough ? [] : [{ principal, action, how: "allowed under narrower conditions" }];
    }),
  );
}

function denied(
  denial: Statement,
  allowed: readonly Statement[],
  needed: (principal: string | undefined) => boolean,
): readonly Loss[] {
  if (denial.conditions.length > 0 && denial.conditions.every(isHarmless)) return [];
  const how = denial.conditions.length > 0 ? "denied under some conditions" : "denied";
  for (const statement of allowed) {
    for (const principal of principalsOf(statement).filter(needed)) {
      for (const action of statement.actions.texts) {
        const hit = statement.resources.texts.some((resource) => mayDeny(denial, principal, action, resource));
        if (hit) return [{ principal, action, how }];
      }
    }
  }
  return [];
}

function isHarmless({ operator, key, values }: Condition): boolean {
  const known = HARMLESS.some((each) => each.operator === operator && each.key === key);
  const safe = (value: string) => (operator.startsWith("Bool") ? value === "false" : Number(value) <= LATEST_TLS);
  return known && values.every(safe);
}

function principalsOf({ principals }: Statement): readonly (string | undefined)[] {
  return principals === undefined ? [undefined] : principals.texts;
}
