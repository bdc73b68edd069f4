import { isObject, type JsonObject, parseJson } from "../../../detection/events/json";
import { accountOf, itemsOf, listed, named, said } from "./values";

/** Characters of a policy that are read: AWS's longest have 20,480. */
const POLICY = 50_000;

/** The statements of a policy, which records hold as an object or as JSON; undefined of anything else. */
function statementsOf(policy: unknown): readonly JsonObject[] | undefined {
  const parsed = typeof policy === "string" && policy.length <= POLICY ? parseJson(policy) : { value: policy };
  if (!("value" in parsed) || !isObject(parsed.value)) return undefined;
  const { Statement } = parsed.value;
  return Statement === undefined ? undefined : itemsOf(Statement).filter(isObject);
}

/** Whom a resource's policy lets in: `opened to everyone`, `allows account 444455556666`. Undefined of what is no policy. */
export function letsIn(policy: unknown, ownAccount: string | undefined): string | undefined {
  const statements = statementsOf(policy);
  if (statements === undefined) return undefined;
  const allowed = statements.filter(({ Effect }) => Effect === "Allow");
  if (allowed.length === 0) return statements.length === 0 ? "emptied" : "only denies";
  const principals = allowed.flatMap((statement) => principalsOf(statement, ownAccount));
  const everyone = principals.find(({ rank }) => rank === 0);
  if (everyone !== undefined) return `opened to ${everyone.name}`;
  const ranked = [...principals].sort((a, b) => a.rank - b.rank);
  return `allows ${listed(ranked.map(({ name }) => name)) ?? "a caller that the record doesn't name"}`;
}

interface Principal {
  /** 0: everyone; 1: another account's; 2: any other. */
  readonly rank: number;
  readonly name: string;
}

function principalsOf(
  { Principal, NotPrincipal, Condition }: JsonObject,
  own: string | undefined,
): readonly Principal[] {
  if (NotPrincipal !== undefined) {
    const but = listed(valuesOf(NotPrincipal).map((value) => principalName(value, own)));
    return [{ rank: 0, name: `everyone but ${but ?? "some"}` }];
  }
  return valuesOf(Principal).flatMap((value) => {
    const name = principalName(value, own);
    if (name === undefined) return [];
    if (name === "everyone") {
      return isObject(Condition) ? [{ rank: 0.5, name: "everyone under conditions" }] : [{ rank: 0, name }];
    }
    return [{ rank: isForeign(value, own) ? 1 : 2, name }];
  });
}

/** `"*"`, or lists by kind: `{"AWS": […], "Service": "ec2.amazonaws.com"}`. */
function valuesOf(principal: unknown): readonly unknown[] {
  return isObject(principal) ? Object.values(principal).slice(0, 10).flatMap(itemsOf) : itemsOf(principal);
}

function isForeign(principal: unknown, own: string | undefined): boolean {
  if (typeof principal !== "string") return false;
  const account = /^\d{12}$/.test(principal) ? principal : accountOf(principal);
  return account !== undefined && account !== own;
}

/** `everyone`, `account 444455556666`, `role reader of account 444455556666`, `ec2.amazonaws.com`. */
export function principalName(principal: unknown, ownAccount: string | undefined): string | undefined {
  if (principal === "*") return "everyone";
  if (typeof principal !== "string") return undefined;
  if (/^\d{12}$/.test(principal)) return `account ${principal}`;
  const account = accountOf(principal);
  const [, type, path = ""] =
    /^arn:[\w-]*:(?:iam|sts)::\d*:(root|role|user|group|assumed-role|federated-user)\/?(.*)$/s.exec(principal) ?? [];
  if (type === "root") return `account ${account}`;
  const name =
    type === undefined
      ? named(principal)
      : said(type === "role" || type === "user" ? path.slice(path.lastIndexOf("/") + 1) : path);
  if (name === undefined) return undefined;
  const what =
    type === undefined ? name : `${type === "assumed-role" ? "role session" : type.replace("-", " ")} ${name}`;
  return account !== undefined && account !== ownAccount ? `${what} of account ${account}` : what;
}

/** What a policy of an identity allows: `allows everything`, `allows s3:GetObject and 2 more`. Undefined of what is no policy. */
export function permits(policy: unknown): string | undefined {
  const statements = statementsOf(policy);
  if (statements === undefined) return undefined;
  const allowed = statements.filter(({ Effect }) => Effect === "Allow");
  if (allowed.length === 0) return statements.length === 0 ? "empty" : "only denies";
  if (allowed.some((statement) => has(statement.Action, "*") && has(statement.Resource, "*")))
    return "allows everything";
  const but = allowed.find(({ NotAction }) => NotAction !== undefined);
  if (but !== undefined)
    return `allows everything but ${listed(itemsOf(but.NotAction).map((action) => said(action))) ?? "some"}`;
  const actions = listed(allowed.flatMap(({ Action }) => itemsOf(Action).map((action) => said(action))));
  if (actions === undefined) return undefined;
  return `allows ${actions}${allowed.some(({ Resource }) => has(Resource, "*")) ? " on every resource" : ""}`;
}

function has(values: unknown, wanted: string): boolean {
  return itemsOf(values).some((value) => value === wanted || value === `${wanted}:${wanted}`);
}
