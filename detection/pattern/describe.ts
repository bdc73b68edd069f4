import type { Condition, NumberRange, RefusedBy } from "./condition";
import { parsePattern } from "./conjunctions";
import { parseCondition } from "./parse-condition";

/** Names that the envelope has; a field of the record by the same name is shown with its whole path. */
const ENVELOPE: ReadonlySet<string> = new Set([
  ...["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
]);

/**
 * A pattern in plain English, for documentation and reviews: `source is "aws.iam", eventName is "CreateUser" and
 * errorCode is absent`. Fields of the CloudTrail record are named without the `detail.` before them.
 *
 * @throws PatternError for what EventBridge would refuse
 */
export function describe(pattern: unknown): string {
  parsePattern(pattern);
  return all(clausesOf(pattern as object, ""), false);
}

/** A line of a pattern's outline; those of a greater depth below it are its alternatives. */
export interface OutlineLine {
  readonly depth: 0 | 1;
  readonly text: string;
}

/**
 * What `describe` says, a line for each condition and each alternative: for patterns too long for one sentence.
 *
 * @throws PatternError for what EventBridge would refuse
 */
export function outline(pattern: unknown): readonly OutlineLine[] {
  parsePattern(pattern);
  return linesOf(pattern as object, "");
}

function linesOf(node: object, path: string): readonly OutlineLine[] {
  return Object.entries(node).flatMap(([key, value]): readonly OutlineLine[] => {
    const field = path === "" ? key : `${path}.${key}`;
    if (key === "$or") {
      const alternatives = (value as readonly object[]).map((each) => all(clausesOf(each, path), false));
      return [{ depth: 0, text: "one of these:" }, ...alternatives.map((text): OutlineLine => ({ depth: 1, text }))];
    }
    return Array.isArray(value) ? [{ depth: 0, text: clause(field, value) }] : linesOf(value as object, field);
  });
}

function clausesOf(node: object, path: string): readonly string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === "$or") return [alternatives(value as readonly object[], path)];
    const field = path === "" ? key : `${path}.${key}`;
    return Array.isArray(value) ? [clause(field, value)] : clausesOf(value as object, field);
  });
}

function alternatives(nodes: readonly object[], path: string): string {
  const texts = nodes.map((node) => all(clausesOf(node, path), true));
  return nodes.length === 2 ? `either ${texts.join(" or ")}` : `one of these: ${texts.join("; or ")}`;
}

/** @param grouped whether several clauses need brackets, to keep them apart from their neighbors */
function all(clauses: readonly string[], grouped: boolean): string {
  const text = list(clauses, "and");
  return grouped && clauses.length > 1 ? `(${text})` : text;
}

export function list(texts: readonly string[], word: "and" | "or" | "nor"): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} ${word} ${texts.at(-1)}`;
}

function clause(field: string, conditions: readonly unknown[]): string {
  const name = /^detail\.([^.]*)/.exec(field)?.[1];
  const shown = name !== undefined && !ENVELOPE.has(name) ? field.slice("detail.".length) : field;
  return `${shown} ${describeConditions(conditions.map((condition) => parseCondition(condition, field)))}`;
}

/** A field's conditions, to follow its name: `is "a" or begins with "b"`. */
export function describeConditions(conditions: readonly Condition[]): string {
  const equal = conditions.flatMap((condition) => (isValue(condition) ? [literal(condition)] : []));
  const others = phrases(conditions.filter((condition) => !isValue(condition)));
  return list([...(equal.length > 0 ? [`is ${list(equal, "or")}`] : []), ...others], "or");
}

/** Conditions of one kind are merged: `begins with "a" or "b"`. */
function phrases(conditions: readonly Condition[]): readonly string[] {
  const said = new Map<string, string>();
  for (const condition of conditions) {
    if (condition.kind !== "prefix" && condition.kind !== "suffix") {
      said.set(JSON.stringify(condition), phrase(condition));
      continue;
    }
    const { kind, ignoreCase } = condition;
    const key = `${kind} ${ignoreCase}`;
    const alike = conditions.filter((other) => other.kind === kind && other.ignoreCase === ignoreCase);
    const texts = alike.flatMap((other) => ("text" in other ? [other.text] : []));
    said.set(key, affix(kind, texts, ignoreCase));
  }
  return [...said.values()];
}

function isValue(condition: Condition): boolean {
  return condition.kind === "equals" || (condition.kind === "address" && !condition.text.includes("/"));
}

function literal(condition: Condition): string {
  if (condition.kind === "equals") return JSON.stringify(condition.value);
  return condition.kind === "address" ? `the address ${condition.text}` : "";
}

function phrase(condition: Condition): string {
  switch (condition.kind) {
    case "exists":
      return "is present";
    case "absent":
      return "is absent";
    case "address":
      return `is an address in ${condition.text}`;
    case "numeric":
      return `is ${range(condition.range)}`;
    case "prefix":
    case "suffix":
      return affix(condition.kind, [condition.text], condition.ignoreCase);
    case "equals-ignore-case":
      return `is ${JSON.stringify(condition.text)} (case-insensitive)`;
    case "wildcard":
      return `matches ${JSON.stringify(condition.text)}`;
    case "anything-but":
      return "by" in condition
        ? refusal(condition.by, condition.texts)
        : `is present but not ${quoted(condition.values)}`;
    default:
      return literal(condition);
  }
}

function refusal(by: RefusedBy, texts: readonly string[]): string {
  if (by === "equals-ignore-case") return `is present but not ${quoted(texts)} (case-insensitive)`;
  if (by === "wildcard") return `is present but does not match ${quoted(texts)}`;
  return `is present but does not ${by === "prefix" ? "begin" : "end"} with ${quoted(texts)}`;
}

function affix(kind: "prefix" | "suffix", texts: readonly string[], ignoreCase: boolean): string {
  return `${kind === "prefix" ? "begins" : "ends"} with ${quoted(texts)}${ignoreCase ? " (case-insensitive)" : ""}`;
}

function quoted(values: readonly (string | number)[]): string {
  return list(
    values.map((value) => JSON.stringify(value)),
    "or",
  );
}

function range({ bottom, openBottom, top, openTop }: NumberRange): string {
  if (bottom !== undefined && bottom === top) return String(bottom);
  const bounds = [
    ...(bottom === undefined ? [] : [`${openBottom ? "more than" : "at least"} ${bottom}`]),
    ...(top === undefined ? [] : [`${openTop ? "less than" : "at most"} ${top}`]),
  ];
  return list(bounds, "and");
}
