import type { EventPattern } from "../pattern/pattern";

/** How a rule is enabled: without or with the calls that only read. */
export type RuleState = "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * How the names of calls begin that CloudTrail may record as read-only. AWS's pages name Describe, Get and List; records show
 * the others (AssumeRole is `"readOnly": true`). One too many here costs nothing: a rule is asked about more calls, and picks
 * those that it names.
 */
const READING = [
  ...["Describe", "Get", "List", "Assume", "BatchGet", "BatchDescribe", "BatchList", "Check", "Converse", "Decode"],
  ...["Decrypt", "DeriveSharedSecret", "Detect", "Discover", "Download", "Encrypt", "Estimate", "Evaluate", "Filter"],
  ...[
    "GenerateDataKey",
    "GenerateMac",
    "GenerateRandom",
    "Head",
    "InvokeModel",
    "Lookup",
    "Poll",
    "Predict",
    "Preview",
  ],
  ...["Query", "Read", "ReEncrypt", "Receive", "Resolve", "Retrieve", "Sample", "Scan", "Search", "Select", "Sign"],
  ...["Simulate", "Test", "Validate", "Verify", "View"],
];

const MAY_ONLY_READ = new RegExp(`^(${READING.join("|")})`);

/** Whether CloudTrail may record calls of this name, or of a name that begins with it, as read-only. */
export function mayOnlyRead(name: string): boolean {
  return MAY_ONLY_READ.test(name) || READING.some((word) => word.startsWith(name));
}

/**
 * EventBridge hands read-only management events only to rules that ask for them; `ENABLED` is enough when every call
 * the pattern can match is named and none of the names is one of a call that may only read.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function ruleState(pattern: EventPattern): RuleState {
  const { detail } = pattern;
  return isPattern(detail) && namesOnlyChanges(detail) ? "ENABLED" : "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}

function namesOnlyChanges({ eventName, $or }: EventPattern): boolean {
  if (Array.isArray(eventName)) {
    return eventName.every((name) => typeof name === "string" && !MAY_ONLY_READ.test(name));
  }
  return Array.isArray($or) && $or.every((alternative) => isPattern(alternative) && namesOnlyChanges(alternative));
}

function isPattern(node: unknown): node is EventPattern {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}
