import type { Detection } from "./detection";
import { FIELDS, MINUTES, THRESHOLD } from "./windows";

/** A detection is defined in a way that can't work. */
export class DetectionError extends Error {
  override readonly name = "DetectionError";
}

/**
 * What a detection must be for EventBridge and the function, its pattern and refinements aside: shipped, custom, or handed
 * over by a program.
 *
 * @throws DetectionError for the first problem
 */
export function checkDetection(detection: Detection): void {
  const [problem] = [...windowProblems(detection), ...contradictions(detection)];
  if (problem !== undefined) throw new DetectionError(problem);
}

function windowProblems({ count, group }: Detection): readonly string[] {
  return [
    ...(count === undefined
      ? []
      : [
          ...problem("count.minutes", count.minutes, MINUTES),
          ...problem("count.threshold", count.threshold, THRESHOLD),
          ...(count.by === undefined ? [] : problem("count.by", count.by, FIELDS)),
        ]),
    ...(group?.minutes === undefined ? [] : problem("group.minutes", group.minutes, MINUTES)),
    ...(group?.by === undefined ? [] : problem("group.by", group.by, FIELDS)),
  ];
}

function problem(name: string, value: unknown, { allowed, isSound }: typeof FIELDS): readonly string[] {
  return isSound(value) ? [] : [`${name} is ${quote(value)}: must be ${allowed}`];
}

/** What is wrong between keys that are sound one by one, a line each. */
export function contradictions(given: { readonly [Key in keyof Detection]?: unknown }): readonly string[] {
  const { tier = "alert", path, route, count, refine, ruleName } = given;
  const hasRule = tier === "alert" && path !== "log";
  const problems: string[] = [];
  if (count !== undefined && tier !== "alert")
    problems.push(`count is for detections of tier "alert", not ${quote(tier)}`);
  if (route === "topic") {
    const without = "EventBridge publishes each event without the function; remove one of the two";
    if (!hasRule) problems.push('route "topic" needs a rule: tier "alert" and path "both"');
    if (count !== undefined) problems.push(`count is not allowed with route "topic": ${without}`);
    if (refine !== undefined) problems.push(`refine is not allowed with route "topic": ${without}`);
  }
  if (ruleName !== undefined && !hasRule) problems.push('ruleName needs a rule: tier "alert" and path "both"');
  return problems;
}

function quote(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}
