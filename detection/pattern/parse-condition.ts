import { addressDigits, parseCidr } from "./address";
import type { Condition, NumberRange, RefusedBy } from "./condition";
import { PatternError } from "./pattern";
import { parseWildcard } from "./wildcard";

type Operator = (argument: unknown, path: string) => Condition;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["exactly", (argument, path) => ({ kind: "equals", value: text(argument, path) })],
  ["prefix", (argument, path) => affix("prefix", argument, path)],
  ["suffix", (argument, path) => affix("suffix", argument, path)],
  ["equals-ignore-case", (argument, path) => ({ kind: "equals-ignore-case", text: text(argument, path) })],
  ["wildcard", (argument, path) => ({ kind: "wildcard", text: wildcard(argument, path) })],
  ["exists", exists],
  ["anything-but", anythingBut],
  ["numeric", (argument, path) => ({ kind: "numeric", range: numberRange(argument, path) })],
  ["cidr", cidr],
]);

/**
 * Checks one condition of a field.
 *
 * @throws PatternError for what EventBridge refuses, and for a number that no double can hold
 */
export function parseCondition(condition: unknown, path: string): Condition {
  if (typeof condition === "string") return parseText(condition);
  if (typeof condition === "number") return { kind: "equals", value: number(condition, path) };
  if (condition === null || typeof condition === "boolean") return { kind: "equals", value: condition };
  if (typeof condition !== "object" || Array.isArray(condition)) {
    throw new PatternError(path, "must be a string, a number, true, false, null or an operator object");
  }
  const names = Object.keys(condition);
  const name = names[0];
  if (name === undefined || names.length > 1) {
    throw new PatternError(path, `an operator object has exactly one operator, not ${quote(condition)}`);
  }
  const operator = operators.get(name);
  if (!operator) {
    throw new PatternError(
      path,
      `unknown operator ${quote(name)}; allowed operators: ${[...operators.keys()].join(", ")}`,
    );
  }
  return operator((condition as Record<string, unknown>)[name], `${path}.${name}`);
}

/** The condition that a text standing for itself is. */
export function parseText(text: string): Condition {
  const digits = addressDigits(text);
  return digits === undefined
    ? { kind: "equals", value: text }
    : { kind: "address", range: { bottom: digits, top: digits }, text };
}

function quote(value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    json = "something that JSON can't hold";
  }
  return json === undefined ? String(value) : json.length > 100 ? `${json.slice(0, 99)}…` : json;
}

function text(argument: unknown, path: string): string {
  if (typeof argument !== "string") throw new PatternError(path, `must be a string, not ${quote(argument)}`);
  return argument;
}

/** JSON.parse makes a number that is too large infinite: nobody knows any more what its author wrote. */
function number(argument: unknown, path: string): number {
  if (typeof argument !== "number") throw new PatternError(path, `must be a number, not ${quote(argument)}`);
  if (!Number.isFinite(argument)) throw new PatternError(path, "must be a number below 1.8e308");
  return argument;
}

function affix(kind: "prefix" | "suffix", argument: unknown, path: string): Condition {
  if (typeof argument !== "object" || argument === null) {
    return { kind, text: text(argument, path), ignoreCase: false };
  }
  const only = onlyEntry(argument, path, ["equals-ignore-case"]);
  return { kind, text: text(only.argument, only.path), ignoreCase: true };
}

function onlyEntry<T extends string>(
  value: object,
  path: string,
  allowed: readonly T[],
): { readonly name: T; readonly argument: unknown; readonly path: string } {
  const [[name, argument] = ["", undefined], ...others] = Array.isArray(value) ? [] : Object.entries(value);
  const known = allowed.find((candidate) => candidate === name);
  if (known === undefined || others.length > 0) {
    throw new PatternError(path, `must be an object with exactly one of ${allowed.join(", ")}, not ${quote(value)}`);
  }
  return { name: known, argument, path: `${path}.${known}` };
}

function wildcard(argument: unknown, path: string): string {
  const checked = text(argument, path);
  const parts = parseWildcard(checked);
  if (typeof parts === "string") throw new PatternError(path, `${parts}: ${quote(checked)}`);
  return checked;
}

function exists(argument: unknown, path: string): Condition {
  if (typeof argument !== "boolean") throw new PatternError(path, `must be true or false, not ${quote(argument)}`);
  return { kind: argument ? "exists" : "absent" };
}

function anythingBut(argument: unknown, path: string): Condition {
  if (typeof argument === "object" && argument !== null && !Array.isArray(argument)) {
    const only = onlyEntry<RefusedBy>(argument, path, ["prefix", "suffix", "equals-ignore-case", "wildcard"]);
    return { kind: "anything-but", by: only.name, texts: refusedTexts(only.name, only.argument, only.path) };
  }
  const values: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (values.length > 0 && values.every((value) => typeof value === "string")) return { kind: "anything-but", values };
  if (values.length > 0 && values.every((value) => typeof value === "number")) {
    return { kind: "anything-but", values: values.map((value) => number(value, path)) };
  }
  throw new PatternError(
    path,
    `must be a string, a number, a list of strings or a list of numbers, not ${quote(argument)}`,
  );
}

function refusedTexts(by: RefusedBy, argument: unknown, path: string): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (texts.length === 0) throw new PatternError(path, "must be a string or a list of strings, not an empty list");
  return texts.map((value) => {
    const checked = by === "wildcard" ? wildcard(value, path) : text(value, path);
    if (checked === "" && (by === "prefix" || by === "suffix")) {
      throw new PatternError(path, "must be a non-empty string");
    }
    return checked;
  });
}

function numberRange(argument: unknown, path: string): NumberRange {
  const problem = `must be one bound such as [">", 0], or a lower and an upper one such as [">=", 0, "<", 10], not ${quote(argument)}`;
  if (!Array.isArray(argument)) throw new PatternError(path, problem);
  const [operator, first, ceiling, second] = argument as readonly unknown[];
  const lower = operator === ">" || operator === ">=";
  if (argument.length === 2 && lower) {
    return { bottom: number(first, path), openBottom: operator === ">", openTop: false };
  }
  if (argument.length === 2 && (operator === "<" || operator === "<=")) {
    return { top: number(first, path), openTop: operator === "<", openBottom: false };
  }
  if (argument.length === 2 && operator === "=") {
    return { bottom: number(first, path), openBottom: false, top: number(first, path), openTop: false };
  }
  if (argument.length !== 4 || !lower || (ceiling !== "<" && ceiling !== "<=")) throw new PatternError(path, problem);
  const bottom = number(first, path);
  const top = number(second, path);
  if (bottom >= top)
    throw new PatternError(path, `must have a lower bound below the upper one, not ${quote(argument)}`);
  return { bottom, openBottom: operator === ">", top, openTop: ceiling === "<" };
}

function cidr(argument: unknown, path: string): Condition {
  const checked = text(argument, path);
  const range = parseCidr(checked);
  if (typeof range === "string") throw new PatternError(path, `${range}, not ${quote(checked)}`);
  return { kind: "address", range, text: checked };
}
