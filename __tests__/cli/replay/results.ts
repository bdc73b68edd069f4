import type { DayOutcome, DetectionOutcome, ReplayAlert, ReplayResult } from "../../../cli/replay/result/replay-result";

const NOTHING = { matches: 0, alerts: 0, merged: 0, digested: 0, grouped: 0, counted: 0, suppressed: 0, duplicates: 0 };

export function alert(overrides: Partial<ReplayAlert> = {}): ReplayAlert {
  return {
    detection: "trail-stopped",
    severity: "critical",
    tier: "alert",
    title: "CloudTrail stopped",
    callId: "111122223333/event-1",
    eventID: "event-1",
    eventTime: "2026-11-20T02:14:05Z",
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "StopLogging",
    account: "111122223333",
    region: "eu-west-1",
    actor: "IAM user alice (account 111122223333)",
    sourceIPAddress: "203.0.113.77",
    userAgent: "aws-cli/2.30.0",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    outcome: "succeeded",
    errorCode: "",
    errorMessage: "",
    target: "a trail",
    requestParameters: '{"name":"a trail"}',
    responseElements: "",
    principal: "arn:aws:iam::111122223333:user/alice",
    caller: "arn:aws:iam::111122223333:user/alice",
    alsoMatched: [],
    file: "logs/a.json.gz",
    ...overrides,
  };
}

export function outcome(
  overrides: Partial<DetectionOutcome>,
  ...days: readonly (Partial<DayOutcome> & Pick<DayOutcome, "day">)[]
): DetectionOutcome {
  return {
    ...{ detection: "trail-stopped", title: "CloudTrail stopped", severity: "critical", tier: "alert", summaries: 0 },
    days: days.map((day) => ({ ...NOTHING, ...day })),
    ...overrides,
  };
}

export function result(overrides: Partial<ReplayResult> = {}): ReplayResult {
  return {
    ...{ alerts: [], incidents: [], detections: [], asked: 80, suppressions: [] },
    files: { read: 2, bytes: 1_000, leftOut: 0, unreadable: [] },
    records: { read: 12_345, processingErrors: 0, firstProcessingErrors: [] },
    ...overrides,
  };
}
