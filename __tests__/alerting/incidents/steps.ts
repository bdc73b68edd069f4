import type { IncidentStep } from "../../../alerting/incidents/incident";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Event time of `step` at minute 0: a quarter to a full hour. */
export const START = Date.parse("2026-11-20T01:45:00Z");

/** An alert, so many minutes after `START`. */
export function step(eventId: string, minutes: number, overrides: Partial<IncidentStep> = {}): IncidentStep {
  return {
    callId: eventId,
    eventId,
    time: START + minutes * MINUTE,
    detection: "trail-stopped",
    title: "CloudTrail stopped or deleted",
    severity: "high",
    eventName: "StopLogging",
    outcome: "succeeded",
    account: "111122223333",
    region: "eu-west-1",
    actor: "IAM user ann (account 111122223333)",
    sourceIPAddress: "203.0.113.10",
    what: "trail main",
    ...overrides,
  };
}
