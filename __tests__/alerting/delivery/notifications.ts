import type {
  AlertNotification,
  DigestNotification,
  RateLimitNotification,
  SummaryNotification,
  TimelineNotification,
} from "../../../alerting/notification/notification";

const COMMON = { version: "1.0", account: { id: "111122223333", name: "prod" }, region: "eu-west-1" } as const;
export const INCIDENT = "0123456789abcdef-20261120T021405Z";

export const alert: AlertNotification = {
  ...COMMON,
  kind: "alert",
  id: "e1",
  severity: "critical",
  detection: { id: "trail-stopped", title: "Trail stopped", severity: "critical" },
  alsoMatched: [{ id: "root-use", title: "Root user", severity: "high" }],
  incident: { id: INCIDENT, startedAt: "2026-11-20T02:14:05Z", role: "opens", number: 1 },
  event: {
    id: "e1",
    name: "StopLogging",
    source: "cloudtrail.amazonaws.com",
    time: "2026-11-20T02:14:05Z",
    path: "event",
  },
  outcome: "succeeded",
  actor: { name: "ann", description: "IAM user ann (account 111122223333)", kind: "user", mfa: false },
  sourceIPAddress: "198.51.100.7",
  userAgent: "aws-cli/2.17",
  what: "trail main",
  resources: [{ arn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" }, { type: "AWS::X" }],
  request: { name: "main" },
  response: null,
  why: "Whoever stops the trail hides what follows.",
  remediation: {
    check: "Ask ann whether it was intended.",
    command: "aws cloudtrail lookup-events",
    contain: "start the trail again.",
    undo: ["aws cloudtrail start-logging --name main"],
    stopCaller: { text: "deactivate the key.", commands: ["aws iam update-access-key"] },
  },
  links: { event: "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/e1" },
};

/** Another alert of an incident. */
export function alertNumber(
  number: number,
  role: "opens" | "rises" | "update" = number === 1 ? "opens" : "update",
  over: Partial<AlertNotification> = {},
  incident = INCIDENT,
): AlertNotification {
  const startedAt = "2026-11-20T02:14:05Z";
  return { ...alert, id: `${incident}-e${number}`, incident: { id: incident, startedAt, role, number }, ...over };
}

export const summary: SummaryNotification = {
  ...COMMON,
  kind: "summary",
  id: "s1",
  severity: "high",
  detection: { id: "key-created", title: "Access key created", severity: "high" },
  incident: { id: INCIDENT },
  count: 3,
  total: 4,
  rateLimited: 1,
  outcomes: { succeeded: 1, denied: 2 },
  actors: [{ actor: "IAM user ann", count: 3, outcomes: { succeeded: 1, denied: 2 } }],
  calls: [{ name: "CreateAccessKey", count: 3 }],
  regions: ["eu-west-1", "us-east-1"],
  windowStart: "2026-11-20T02:00:00Z",
  windowEnd: "2026-11-20T02:15:00Z",
  firstTime: "2026-11-20T02:01:00Z",
  lastTime: "2026-11-20T02:14:00Z",
  news: "3 more in 15 min, 1 succeeded",
  links: { event: "event history of the region, event e1" },
};

export const timeline: TimelineNotification = {
  ...COMMON,
  kind: "timeline",
  id: "t1",
  severity: "critical",
  incident: { id: INCIDENT, startedAt: "2026-11-20T02:14:05Z", endedAt: "2026-11-20T02:44:05Z" },
  actor: "IAM user ann",
  steps: [
    {
      time: "2026-11-20T02:14:05Z",
      eventName: "StopLogging",
      outcome: "succeeded",
      what: "trail main",
      sourceIPAddress: "198.51.100.7",
      account: COMMON.account,
      region: "eu-west-1",
      detection: { id: "trail-stopped", title: "Trail stopped", severity: "critical" },
      eventId: "e1",
    },
  ],
  more: 2,
  acknowledged: { by: "Bo", at: "2026-11-20T02:20:00Z", through: "slack" },
};

export const digest: DigestNotification = {
  ...COMMON,
  kind: "digest",
  id: "d1",
  severity: "low",
  day: "2026-11-20",
  count: 7,
  detections: [
    {
      id: "sign-in",
      title: "Sign-in",
      severity: "low",
      count: 7,
      outcomes: { succeeded: 7 },
      actors: [{ actor: "IAM user ann", count: 7, outcomes: { succeeded: 7 } }],
      otherActors: { actors: 2, count: 3, outcomes: { succeeded: 3 } },
      calls: [{ name: "ConsoleLogin", count: 7 }],
      regions: ["eu-west-1"],
    },
  ],
  unacknowledged: [{ incidentId: INCIDENT, title: "Trail stopped", actor: "ann", time: "2026-11-20T02:14:05Z" }],
};

export const rateLimit: RateLimitNotification = {
  ...COMMON,
  kind: "rate-limit",
  id: "r1",
  severity: "high",
  limit: 100,
  until: "2026-11-20T03:00:00Z",
};

export const alarm = {
  AlarmName: "trailwarden-dead-letters",
  AlarmDescription: "A message could not be processed.",
  AWSAccountId: "111122223333",
  NewStateValue: "ALARM",
  NewStateReason: "Threshold Crossed: 1 datapoint was greater than the threshold (0.0).",
  StateChangeTime: "2026-11-20T02:14:05.123+0000",
  Region: "EU (Ireland)",
  AlarmArn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:trailwarden-dead-letters",
};

export const urgent =
  "CRITICAL StopLogging in account 111122223333 eu-west-1 at 2026-11-20T02:14:05Z from 198.51.100.7. Trail stopped. Why it matters: It hides what follows. What to do: 1. Ask. Event e1, detection trail-stopped.";
