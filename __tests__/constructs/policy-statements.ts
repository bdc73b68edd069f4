import type { Attributes, Resource } from "./synthesized-stack";

/** A statement of a policy, with lists where IAM also takes a single value. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  /** Empty when the policy belongs to a role. */
  readonly services: readonly string[];
  readonly principal: unknown;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy that is an attribute of a resource. */
export function statements({ address, attributes }: Resource, attribute = "policy"): readonly Statement[] {
  const text = attributes[attribute];
  if (typeof text !== "string") throw new Error(`${address} has no ${attribute}`);
  const document = JSON.parse(text) as { readonly Version: string; readonly Statement: readonly Attributes[] };
  return document.Statement.map((statement) => ({
    sid: String(statement.Sid),
    effect: String(statement.Effect),
    services: list((statement.Principal as { Service?: unknown } | undefined)?.Service),
    principal: statement.Principal,
    actions: list(statement.Action),
    resources: list(statement.Resource),
    condition: (statement.Condition ?? {}) as Statement["condition"],
  }));
}

/** The statement that lets in what `sid` says. */
export function theStatement(resource: Resource, sid: string): Statement {
  const found = statements(resource).find((statement) => statement.sid === sid);
  if (found === undefined) throw new Error(`${resource.address} has no statement ${sid}`);
  return found;
}

/** Keys of the conditions, whatever their operator. */
export function conditionKeys({ condition }: Statement): readonly string[] {
  return Object.values(condition).flatMap((keys) => Object.keys(keys));
}

function list(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
