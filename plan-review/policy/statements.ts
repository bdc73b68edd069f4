import { canonical, isValues, parsed, UNKNOWN, type Value, type Values } from "../plan/values";

/** A list in a statement, or everything but it: `Action` or `NotAction`. */
export interface Listed {
  readonly not: boolean;
  readonly texts: readonly string[];
}

/** A statement of a policy document. */
export interface Statement {
  readonly allows: boolean;
  /** As `Service:cloudtrail.amazonaws.com` or `AWS:arn:…`; everyone is `*`. None: a policy of a role. */
  readonly principals: Listed | undefined;
  readonly actions: Listed;
  readonly resources: Listed;
  readonly conditions: readonly Condition[];
  /** The same for statements that say the same, whatever they are called. */
  readonly text: string;
}

export interface Condition {
  /** Such as `StringEquals`. */
  readonly operator: string;
  /** In lower case: IAM ignores the case. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The statements of a policy document.
 *
 * @returns undefined when it can't be read, none of it for an empty attribute
 */
export function statementsOf(policy: Value | undefined): readonly Statement[] | undefined {
  if (policy === undefined || policy === null || policy === "") return [];
  const document = parsed(policy);
  if (document === UNKNOWN || !isValues(document)) return undefined;
  const { Statement: listed = [] } = document;
  const statements = Array.isArray(listed) ? listed : [listed];
  return statements.every((statement) => isValues(statement)) ? statements.map(read) : undefined;
}

function read(statement: Values): Statement {
  const { Sid: _, ...said } = statement;
  const allows = statement.Effect === "Allow";
  const principals = listedIn(statement, "Principal", principalTexts);
  const actions = listedIn(statement, "Action", texts) ?? { not: true, texts: [] };
  // A role's trust names none: it is about the role.
  const resources = listedIn(statement, "Resource", texts) ?? { not: false, texts: ["*"] };
  const conditions = conditionsOf(statement.Condition);
  return { allows, principals, actions, resources, conditions, text: textOf(said) };
}

/** Without the order in lists, and without the difference between a text and a list of one. */
function textOf(said: Values): string {
  const sorted = (value: Value | undefined): Value | undefined => {
    if (isValues(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, sorted(field)]));
    const list = (Array.isArray(value) ? value : [value]).map((each) => (isValues(each) ? sorted(each) : each));
    return list.map((each) => each ?? null).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  };
  return canonical(sorted(said));
}

function listedIn(statement: Values, name: string, read: (value: Value) => readonly string[]): Listed | undefined {
  const [value, not] = [statement[name], statement[`Not${name}`]];
  if (value !== undefined && value !== null) return { not: false, texts: read(value) };
  if (not !== undefined && not !== null) return { not: true, texts: read(not) };
  return undefined;
}

function texts(value: Value): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => (typeof each === "string" ? each : canonical(each)));
}

function principalTexts(value: Value): readonly string[] {
  if (!isValues(value)) return texts(value);
  return Object.entries(value).flatMap(([kind, named]) =>
    texts(named ?? null).map((each) => (kind === "AWS" && each === "*" ? "*" : `${kind}:${accountRoot(each)}`)),
  );
}

/** An account's root is written by its ARN or by the account's number, in every partition. */
function accountRoot(principal: string): string {
  return /^arn:[^:]*:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}

function conditionsOf(value: Value | undefined): readonly Condition[] {
  if (!isValues(value)) return [];
  return Object.entries(value).flatMap(([operator, tests]) =>
    isValues(tests)
      ? Object.entries(tests).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: texts(values ?? null),
        }))
      : [{ operator, key: "", values: [canonical(tests)] }],
  );
}
