import type { Detection } from "../definition/detection";
import { mayOnlyRead } from "../definition/rule-state";
import type { Condition } from "../pattern/condition";
import { type AskedField, type Conjunction, parsePattern, RESERVED_WITHIN_OR } from "../pattern/conjunctions";
import { asked, without } from "./fields";
import { ForwarderError } from "./forwarder-error";
import { withoutName } from "./without-name";

const AWS: Condition = { kind: "prefix", text: "aws.", ignoreCase: false };

/** Any of AWS's services. */
export const EVERY_SOURCE: AskedField = { field: "source", conditions: [AWS] };

/**
 * Splits a pattern into alternatives that are true of every region and account: what the monitor's own resources are called is
 * asked at home. The sources of each are `aws.…`, listed, or all of them; calls that only change something and others are apart.
 *
 * @throws ForwarderError when it asks for nothing but such names
 */
export function alternativesOf(detection: Detection): readonly Conjunction[] {
  return parsePattern(detection.pattern)
    .flatMap(pinSource)
    .map((conjunction) => {
      const general = withoutNames(conjunction);
      if (general.length > 1 || conjunction.length === 1) return general;
      throw new ForwarderError(
        detection.id,
        "without the names of the monitor's own resources, its pattern matches every event of the services; list detail.eventName, too",
      );
    })
    .flatMap(splitCalls);
}

/**
 * Without the monitor's own names, whatever they are: `*` stands for them, or the field is not asked for. Nor is one that
 * EventBridge doesn't take within `$or`.
 */
function withoutNames(conjunction: Conjunction): Conjunction {
  const general = conjunction.map(({ field, conditions }) => ({ field, conditions: conditions.map(withoutName) }));
  const dropped = new Set(
    general
      .filter(
        ({ field, conditions }) =>
          conditions.includes(undefined) ||
          field.split(".").some((step) => step === "$or" || RESERVED_WITHIN_OR.has(step)),
      )
      .map(({ field }) => field),
  );
  return without(general as unknown as Conjunction, (field) => dropped.has(field));
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

/** Calls that only change something, and others. */
export function splitCalls(conjunction: Conjunction): readonly Conjunction[] {
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

/** Whether CloudTrail surely records nothing as read-only that matches it. */
export function isChange(conjunction: Conjunction): boolean {
  const readOnly = asked(conjunction, "detail.readOnly");
  return (
    (asked(conjunction, "detail.eventName")?.every(onlyChanges) ?? false) ||
    (readOnly?.every((condition) => condition.kind === "equals" && condition.value === false) ?? false)
  );
}

/** The sources, if they are listed. */
export function sourcesOf(conjunction: Conjunction): readonly string[] | undefined {
  const conditions = asked(conjunction, "source") ?? [];
  return conditions.every((condition) => condition.kind === "equals")
    ? conditions.map(({ value }) => String(value))
    : undefined;
}
