import { gzipSync } from "node:zlib";
import type { Expression, ForEach, Operator } from "../../../config/hcl/expression";

/** What names stand for: `var.packs`, `entry`. */
export type Scope = Readonly<Record<string, unknown>>;

/** What Terraform would call an error. */
class EvaluationError extends Error {}

function fail(problem: string): never {
  throw new EvaluationError(problem);
}

/** What Terraform would make of an expression, as far as conditions need it; everything is known. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name":
      return Object.hasOwn(scope, expression.name) ? scope[expression.name] : fail(`no ${expression.name}`);
    case "attribute": {
      const of = evaluate(expression.of, scope);
      if (!isObject(of) || !Object.hasOwn(of, expression.name)) fail(`no attribute ${expression.name}`);
      return of[expression.name];
    }
    case "call":
      return callFunction(expression.name, expression.args, scope);
    case "binary":
      return operate(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case "not":
      return !boolean(evaluate(expression.of, scope));
    case "conditional":
      return evaluate(boolean(evaluate(expression.test, scope)) ? expression.then : expression.otherwise, scope);
    case "list":
      return expression.items.map((item) => evaluate(item, scope));
    case "object":
      return Object.fromEntries(
        Object.entries(expression.fields).map(([key, field]) => [key, evaluate(field, scope)] as const),
      );
    case "for":
      return loop(expression, scope);
    case "text":
      return expression.parts.map((part) => (typeof part === "string" ? part : string(evaluate(part, scope)))).join("");
  }
}

function loop({ key, value, among, under, give, where }: ForEach, scope: Scope): unknown {
  const of = evaluate(among, scope);
  if (typeof of !== "object" || of === null) fail("can't be iterated");
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(of)
    ? [...of.entries()]
    : Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1));
  const rounds = entries
    .map(([place, each]) => ({ ...scope, ...(key !== undefined && { [key]: place }), [value]: each }))
    .filter((round) => where === undefined || boolean(evaluate(where, round)));
  if (under === undefined) return rounds.map((round) => evaluate(give, round));
  const pairs = rounds.map((round) => [string(evaluate(under, round)), evaluate(give, round)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) fail("duplicate object key");
  return Object.fromEntries(pairs);
}

function operate(operator: Operator, left: unknown, right: unknown): unknown {
  switch (operator) {
    case "&&":
      return boolean(left) && boolean(right);
    case "||":
      return boolean(left) || boolean(right);
    case "==":
      return same(left, right);
    case "!=":
      return !same(left, right);
    case ">":
      return number(left) > number(right);
    case ">=":
      return number(left) >= number(right);
    case "<":
      return number(left) < number(right);
    case "<=":
      return number(left) <= number(right);
    case "+":
      return number(left) + number(right);
  }
}

function callFunction(name: string, args: readonly Expression[], scope: Scope): unknown {
  if (name === "can") return attempt(args[0] as Expression, scope) !== undefined;
  if (name === "try") {
    for (const arg of args) {
      const result = attempt(arg, scope);
      if (result) return result.value;
    }
    fail("no argument succeeded");
  }
  if (name === "plantimestamp") return scope.plantimestamp;
  const values = args.map((arg) => evaluate(arg, scope));
  return (FUNCTIONS[name] ?? fail(`no function ${name}`))(...values);
}

function attempt(expression: Expression, scope: Scope): { readonly value: unknown } | undefined {
  // Most of the time would go into stacks that nothing reads.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return { value: evaluate(expression, scope) };
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const FUNCTIONS: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  base64gzip: (text) => gzipSync(string(text)).toString("base64"),
  concat: (...lists) => lists.flatMap(array),
  contains: (list, value) => array(list).some((each) => same(each, value ?? fail("null"))),
  distinct: (list) => array(list).filter((each, index, all) => all.findIndex((other) => same(other, each)) === index),
  flatten: (list) => array(list).flat(Number.POSITIVE_INFINITY),
  floor: (value) => Math.floor(number(value)),
  formatdate: (_, time) => moment(time),
  join: (separator, texts) => array(texts).map(string).join(string(separator)),
  jsonencode: (value) => JSON.stringify(value),
  keys: (value) => (isObject(value) ? Object.keys(value).sort() : fail("no map")),
  length: (value) =>
    typeof value === "string" ? [...value].length : isObject(value) ? Object.keys(value).length : array(value).length,
  merge: (...objects) => Object.assign({}, ...objects),
  regex: (pattern, text) =>
    new RegExp(string(pattern), "u").test(text === null ? fail("null") : string(text)) ? "" : fail("no match"),
  replace: (text, pattern, by) => {
    const [, regex] = /^\/(.+)\/$/.exec(string(pattern)) ?? fail("no pattern");
    return string(text).replace(new RegExp(String(regex), "gu"), string(by));
  },
  setintersection: (one, other) => {
    const others = new Set(set(other));
    return set(one).filter((each) => others.has(each));
  },
  setsubtract: (one, other) => {
    const others = new Set(set(other));
    return set(one).filter((each) => !others.has(each));
  },
  sort: (list) => array(list).map(string).sort(),
  startswith: (text, start) => string(text).startsWith(string(start)),
  timeadd: (time, duration) => (duration === "24h" ? new Date(moment(time) + 86_400_000).toISOString() : fail("?")),
  timecmp: (one, other) => Math.sign(moment(one) - moment(other)),
  tolist: (value) => array(value),
  trim: (text, characters) => (characters === '"' ? string(text).replace(/^"+|"+$/g, "") : fail("?")),
  tostring: (value) => (value === null ? null : string(value)),
  values: (value) =>
    isObject(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : fail("no map"),
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail("no list");
}

/** A set may hold null. */
function set(value: unknown): readonly (string | null)[] {
  return [...new Set(array(value).map((each) => (each === null ? null : string(each))))].sort();
}

function boolean(value: unknown): boolean {
  return typeof value === "boolean" ? value : fail("no boolean");
}

function number(value: unknown): number {
  return typeof value === "number" ? value : fail("no number");
}

/** Terraform makes text of numbers and booleans. */
function string(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : fail("no text");
}

function moment(value: unknown): number {
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?Z$/.exec(string(value)) ?? fail("no time");
  const time = Date.parse(string(value));
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(String(day)) ? time : fail("no such day");
}
