import type { EventEnvelope } from "../events/envelope";
import { textAt } from "../events/json";
import { compilePatterns } from "../pattern/compile";
import { matching } from "../pattern/match";
import type { EventPattern } from "../pattern/pattern";

const DETAIL_TYPE = "AWS Network Activity Event via CloudTrail";

/**
 * Whether the event is what a VPC endpoint saw of a call that the service recorded as well, under another `eventID`: no
 * second call. A call that the endpoint's policy refused (`VpceAccessDenied`) never reached the service, so that this is
 * its only record.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
 */
export function isSecondRecord({ detail }: EventEnvelope): boolean {
  const isNetworkActivity =
    textAt(detail, "eventType") === "AwsVpceEvent" || textAt(detail, "eventCategory") === "NetworkActivity";
  return isNetworkActivity && textAt(detail, "errorCode") !== "VpceAccessDenied";
}

/** Answers by pattern: a log may hold as many such events as calls, and asking takes as long as matching some dozens. */
const answers = new WeakMap<EventPattern, boolean>();

/**
 * Whether a pattern asks for network activity events, so that it means them and not the calls: by name, or by a condition that
 * other events of calls don't meet.
 */
export function asksForNetworkActivity(pattern: EventPattern): boolean {
  const known = answers.get(pattern);
  if (known !== undefined) return known;
  const answer = asks(pattern);
  answers.set(pattern, answer);
  return answer;
}

function asks(pattern: EventPattern): boolean {
  const { detail, $or } = pattern;
  return (
    asksFor(pattern["detail-type"], DETAIL_TYPE, ["AWS API Call via CloudTrail"]) ||
    (isPattern(detail) && detailAsks(detail)) ||
    (Array.isArray($or) && $or.some((alternative) => isPattern(alternative) && asks(alternative)))
  );
}

function detailAsks({ eventType, eventCategory, $or }: EventPattern): boolean {
  return (
    asksFor(eventType, "AwsVpceEvent", ["AwsApiCall"]) ||
    asksFor(eventCategory, "NetworkActivity", ["Management", "Data"]) ||
    (Array.isArray($or) && $or.some((alternative) => isPattern(alternative) && detailAsks(alternative)))
  );
}

/** @param others what the field holds in other events of calls */
function asksFor(conditions: EventPattern[string] | undefined, value: string, others: readonly string[]): boolean {
  if (!Array.isArray(conditions)) return false;
  if (conditions.some((condition: unknown) => condition === value)) return true;
  const compiled = compilePatterns([{ field: conditions }]);
  const meets = (field: string) => matching(compiled, { field }).length > 0;
  return meets(value) && !others.some(meets);
}

function isPattern(node: unknown): node is EventPattern {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
