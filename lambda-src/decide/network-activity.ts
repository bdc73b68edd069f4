import type { EventPattern } from "../engine/pattern";
import type { EventEnvelope } from "../read/envelope";
import { textAt } from "../read/json";

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

/** Whether a pattern asks for network activity events by name, so that it means them and not the calls. */
export function asksForNetworkActivity(pattern: EventPattern): boolean {
  const { detail, $or } = pattern;
  return (
    names(pattern["detail-type"], DETAIL_TYPE) ||
    (isPattern(detail) && detailAsks(detail)) ||
    (Array.isArray($or) && $or.some((alternative) => isPattern(alternative) && asksForNetworkActivity(alternative)))
  );
}

function detailAsks({ eventType, eventCategory, $or }: EventPattern): boolean {
  return (
    names(eventType, "AwsVpceEvent") ||
    names(eventCategory, "NetworkActivity") ||
    (Array.isArray($or) && $or.some((alternative) => isPattern(alternative) && detailAsks(alternative)))
  );
}

function names(conditions: EventPattern[string] | undefined, value: string): boolean {
  return Array.isArray(conditions) && conditions.some((condition: unknown) => condition === value);
}

function isPattern(node: unknown): node is EventPattern {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
