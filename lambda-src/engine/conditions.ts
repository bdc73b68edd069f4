import { isIP } from "node:net";
import { PatternError, type Scalar } from "./pattern";

/** A condition on one leaf value. */
export type ValueTest = (value: Scalar) => boolean;

/** What a pattern asks of one field: a value that passes one of the tests, or (`absent`) no value at all. */
export interface FieldCondition {
  readonly tests: readonly ValueTest[];
  readonly absent: boolean;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const operators: Record<string, (argument: Json, path: string) => ValueTest | "absent"> = {
  prefix: (argument, path) => {
    const start = text(argument, path);
    return (value) => typeof value === "string" && value.startsWith(start);
  },
  suffix: (argument, path) => {
    const end = text(argument, path);
    return (value) => typeof value === "string" && value.endsWith(end);
  },
  exists: (argument, path) => {
    if (typeof argument !== "boolean") {
      throw new PatternError(path, `exists takes true or false, not ${JSON.stringify(argument)}`);
    }
    return argument ? () => true : "absent";
  },
  "anything-but": (argument, path) => {
    const refused = new Set<Scalar>(valuesOfOneType(argument, path));
    return (value) => !refused.has(value);
  },
};

/**
 * Compiles the conditions of one field.
 *
 * @throws PatternError for an operator or argument that EventBridge refuses, or that this engine does not know yet
 */
export function compileConditions(conditions: readonly unknown[], path: string): FieldCondition {
  if (conditions.length === 0) {
    throw new PatternError(path, "an empty array matches nothing; EventBridge refuses it");
  }
  const tests: ValueTest[] = [];
  let absent = false;
  for (const [index, condition] of (conditions as readonly Json[]).entries()) {
    const test = compileCondition(condition, `${path}[${index}]`);
    if (test === "absent") absent = true;
    else tests.push(test);
  }
  return { tests, absent };
}

function compileCondition(condition: Json, path: string): ValueTest | "absent" {
  if (isScalar(condition)) {
    const wanted = notAnAddress(condition, path);
    return (value) => value === wanted;
  }
  if (Array.isArray(condition)) {
    throw new PatternError(path, "a condition is a value or an operator object, not an array");
  }
  const [name, ...others] = Object.keys(condition);
  if (name === undefined || others.length > 0) {
    throw new PatternError(path, `an operator object has exactly one operator, not ${JSON.stringify(condition)}`);
  }
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) {
    const known = Object.keys(operators).join(", ");
    throw new PatternError(path, `operator ${JSON.stringify(name)} is not known here; known are: ${known}`);
  }
  return operator((condition as Record<string, Json>)[name] as Json, `${path}.${name}`);
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== "object";
}

function text(argument: Json, path: string): string {
  if (typeof argument !== "string" || argument === "") {
    throw new PatternError(path, `takes a string that is not empty, not ${JSON.stringify(argument)}`);
  }
  return argument;
}

function valuesOfOneType(argument: Json, path: string): readonly (string | number)[] {
  const values = Array.isArray(argument) ? argument : [argument];
  const type = typeof values[0];
  if ((type !== "string" && type !== "number") || values.some((value) => typeof value !== type)) {
    throw new PatternError(
      path,
      `takes a string, a number, or a list all of strings or all of numbers, not ${JSON.stringify(argument)}`,
    );
  }
  for (const value of values) notAnAddress(value, path);
  return values;
}

/** EventBridge compares strings that look like IP addresses as addresses; until this engine does, it refuses them. */
function notAnAddress<T extends Scalar>(value: T, path: string): T {
  if (typeof value === "string" && isIP(value) !== 0) {
    throw new PatternError(path, `${JSON.stringify(value)} looks like an IP address: not supported yet`);
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new PatternError(path, `${value}: only whole numbers up to 2^53 can be compared exactly`);
  }
  return value;
}
