import type { Detection } from "../definition/detection";
import { mayOnlyRead } from "../definition/rule-state";
import type { Condition } from "../pattern/condition";
import { type Conjunction, parsePattern, RESERVED_WITHIN_OR } from "../pattern/conjunctions";
import { asked, without } from "./fields";

/** What a forwarder has to bring: events that one alternative of a home rule may match. */
export interface Alternative {
  readonly detection: Detection;
  readonly conjunction: Conjunction;
}

const AWS: Condition = { kind: "prefix", text: "aws.", ignoreCase: false };

/**
 * Splits a pattern into alternatives that are true of every region and account: what names the monitor's own resources, or an
 * account, is asked at home. The sources of each are `aws.…`, listed, or all of them; calls that only change something and
 * others are apart.
 */
export function alternativesOf(detection: Detection): readonly Alternative[] {
  return parsePattern(detection.pattern)
    .map(withoutNames)
    .flatMap(pinSource)
    .flatMap(splitCalls)
    .map((conjunction) => ({ detection, conjunction }));
}

/** Without what has a placeholder or an account in it, and what EventBridge doesn't take beside alternatives. */
function withoutNames(conjunction: Conjunction): Conjunction {
  const named = new Set(conjunction.filter(({ conditions }) => conditions.some(isNamed)).map(({ field }) => field));
  return without(
    conjunction,
    (field) => named.has(field) || field.split(".").some((step) => RESERVED_WITHIN_OR.has(step)),
  );
}

function isNamed(condition: Condition): boolean {
  const written = JSON.stringify(condition);
  return /\{\{/.test(written) || /(^|\D)\d{12}(\D|$)/.test(written);
}

/** Only AWS's own events are forwarded: nobody else can send one whose source begins with `aws.`. */
function pinSource(conjunction: Conjunction): readonly Conjunction[] {
  const conditions = asked(conjunction, "source");
  const others = conjunction.filter(({ field }) => field !== "source");
  const pinned = (source: readonly Condition[]): Conjunction => [{ field: "source", conditions: source }, ...others];
  if (!conditions?.every((condition) => condition.kind === "equals")) return [pinned([AWS])];
  const texts = conditions.map(({ value }) => value);
  const sources = [...new Set(texts)].filter((text) => typeof text === "string" && text.startsWith("aws.")).sort();
  return sources.length === 0 ? [] : [pinned(sources.map((value) => ({ kind: "equals", value })))];
}

function splitCalls(conjunction: Conjunction): readonly Conjunction[] {
  const conditions = asked(conjunction, "detail.eventName");
  if (!conditions) return [conjunction];
  const [changes, others] = [conditions.filter(onlyChanges), conditions.filter((one) => !onlyChanges(one))];
  return [changes, others]
    .filter(({ length }) => length > 0)
    .map((part) =>
      conjunction.map((each) => (each.field === "detail.eventName" ? { ...each, conditions: part } : each)),
    );
}

/** Whether CloudTrail surely doesn't record what has such a name as read-only. */
export function onlyChanges(condition: Condition): boolean {
  if (condition.kind === "equals") return typeof condition.value === "string" && !mayOnlyRead(condition.value);
  return (
    condition.kind === "prefix" &&
    !condition.ignoreCase &&
    !condition.text.includes('"') &&
    !mayOnlyRead(condition.text)
  );
}

/** The sources, if they are listed. */
export function sourcesOf(conjunction: Conjunction): readonly string[] | undefined {
  const conditions = asked(conjunction, "source") ?? [];
  return conditions.every((condition) => condition.kind === "equals")
    ? conditions.map(({ value }) => String(value))
    : undefined;
}
