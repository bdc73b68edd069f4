/**
 * Evaluates policies as AWS does, as far as ours go.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */

/** What is asked for. A key's values are a list only where IAM says it has several. */
export interface Request {
  /** Undefined: anonymous. */
  readonly principal: { readonly account: string; readonly arn: string; readonly service?: string } | undefined;
  readonly action: string;
  readonly resource: string;
  /** The account that owns the resource. */
  readonly owner: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface Policy {
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Action: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

type OneOrMore = string | readonly string[];

/** Whether a request is allowed: within an account by either policy, from another one by both, and denied by neither. */
export function isAllowed(request: Request, identity: Policy | undefined, resource: Policy | undefined): boolean {
  const [byIdentity, byResource] = [verdict(request, identity, false), verdict(request, resource, true)];
  if (byIdentity === "Deny" || byResource === "Deny") return false;
  const within = request.principal?.account === request.owner;
  const given = [byIdentity, byResource].map((each) => each === "Allow");
  return within ? given.some(Boolean) : given.every(Boolean);
}

/** What one policy says: a resource's names principals, an identity's is about its own. */
export function verdict(
  request: Request,
  policy: Policy | undefined,
  ofResource: boolean,
): "Allow" | "Deny" | undefined {
  const effects = (policy?.Statement ?? [])
    .filter((statement) => applies(statement, request, ofResource))
    .map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "Deny";
  return effects.includes("Allow") ? "Allow" : undefined;
}

function applies(statement: Statement, request: Request, ofResource: boolean): boolean {
  const { Action, Resource, Principal, Condition = {} } = statement;
  return (
    list(Action).some((action) => globs(action.toLowerCase(), request.action.toLowerCase())) &&
    // A role's trust has no resource: it is about the role.
    (Resource === undefined || list(Resource).some((resource) => globs(resource, request.resource))) &&
    (!ofResource || names(Principal, request)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, list(values), request)),
    )
  );
}

function names(principal: Statement["Principal"], { principal: who }: Request): boolean {
  if (principal === "*") return true;
  return Object.entries(principal ?? {}).some(([kind, values]) =>
    list(values).some((value) => {
      if (kind === "Service") return value === who?.service;
      if (value === "*") return true;
      return value === who?.arn || value === who?.account || /:(\d{12}):root$/.exec(value)?.[1] === who?.account;
    }),
  );
}

function holds(operator: string, key: string, wanted: readonly string[], { context }: Request): boolean {
  // Keys are compared regardless of case.
  const [, value] = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase()) ?? [];
  if (operator === "Null") return wanted.includes(String(value === undefined));
  const [, set, test = "", ifExists] = /^(ForAllValues:|ForAnyValue:)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const negated = /Not/.test(test);
  const positive = OPERATORS[test.replace("Not", "")];
  if (positive === undefined) throw new Error(`${operator} is not known here`);
  const fits = (each: string) => wanted.some((want) => positive(want, each)) !== negated;
  if (set === "ForAllValues:") return list(value ?? []).every(fits);
  if (set === "ForAnyValue:") return list(value ?? []).some(fits);
  if (value === undefined) return negated || ifExists !== undefined;
  if (typeof value !== "string") throw new Error(`${key} has several values: ask with ForAllValues or ForAnyValue`);
  return fits(value);
}

const OPERATORS: Readonly<Record<string, (wanted: string, value: string) => boolean>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringLike: globs,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
};

/** Each of an ARN's six parts by itself. */
function arnLike(wanted: string, value: string): boolean {
  const parts = (arn: string) => [...arn.split(":").slice(0, 5), arn.split(":").slice(5).join(":")];
  const found = parts(value);
  return parts(wanted).every((part, index) => globs(part, found[index] ?? ""));
}

function globs(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function list(value: OneOrMore): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
