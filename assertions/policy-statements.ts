import type { Resource } from "./resources";
import type { Attributes } from "./synthesized-stack";

/** A statement of a policy, with lists where IAM also takes a single value. */
export interface Statement {
  /** Empty when it has none. */
  readonly sid: string;
  readonly effect: string;
  /** Empty when the policy belongs to a role. */
  readonly services: readonly string[];
  readonly principal: unknown;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The statements of a policy that stands in a resource as JSON.
 *
 * @param attribute the argument that holds it, such as `assume_role_policy`
 * @throws Error when there is no such argument, or no policy in it
 */
export function statements({ address, attributes }: Resource, attribute = "policy"): readonly Statement[] {
  const text = attributes[attribute];
  if (typeof text !== "string") {
    throw new Error(`${address} has no ${attribute}; it has: ${Object.keys(attributes).join(", ")}`);
  }
  return parsePolicy(text, `${attribute} of ${address}`).map((statement) => ({
    sid: String(statement.Sid ?? ""),
    effect: String(statement.Effect),
    services: list((statement.Principal as { Service?: unknown } | undefined)?.Service),
    principal: statement.Principal,
    actions: list(statement.Action),
    resources: list(statement.Resource),
    condition: (statement.Condition ?? {}) as Statement["condition"],
  }));
}

/**
 * The statement of a policy that `sid` names.
 *
 * @throws Error when the policy has none; it names those that it has
 */
export function theStatement(resource: Resource, sid: string, attribute = "policy"): Statement {
  const all = statements(resource, attribute);
  const found = all.find((statement) => statement.sid === sid);
  if (found === undefined) {
    throw new Error(
      `${resource.address} has no statement ${sid}; there are: ${all.map((one) => one.sid || "one without a Sid").join(", ")}`,
    );
  }
  return found;
}

/** Keys of the conditions, whatever their operator: `aws:SourceArn`. */
export function conditionKeys({ condition }: Statement): readonly string[] {
  return Object.values(condition).flatMap((keys) => Object.keys(keys));
}

function parsePolicy(text: string, what: string): readonly Attributes[] {
  let document: { readonly Statement?: Attributes | readonly Attributes[] } | null;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON but ${text.slice(0, 200)}`);
  }
  if (typeof document?.Statement !== "object") throw new Error(`${what} has no Statement: ${text.slice(0, 200)}`);
  return [document.Statement].flat() as readonly Attributes[];
}

function list(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
