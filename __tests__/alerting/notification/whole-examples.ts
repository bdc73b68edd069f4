import type {
  AlertNotification,
  DigestNotification,
  Notification,
  RateLimitNotification,
  SummaryNotification,
  TimelineNotification,
} from "../../../alerting/notification/notification";

/** A type with nothing optional in it: an example of it has every property that the type knows. */
type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Whole<T[Key]> }
    : T;

const account = {
  id: "111122223333",
  name: "prod",
  organization: "o-a1b2c3d4e5",
  organizationalUnits: ["r-ab12", "ou-ab12-c3d4e5f6"],
  tags: { env: "prod" },
};
const detection = { id: "data-destroyed", title: "Data destroyed", severity: "high" } as const;
const outcomes = { succeeded: 1, denied: 2, failed: 3, unknown: 4 };
const common = { version: "1.0", id: "x", severity: "high", account, region: "eu-west-1", shortened: true } as const;
const counted = {
  outcomes,
  actors: [{ actor: "IAM user ann", count: 10, outcomes }],
  otherActors: { actors: 2, count: 10, outcomes },
  calls: [{ name: "DeleteBucket", count: 20 }],
  regions: ["eu-west-1"],
};
const event = { id: "e", name: "DeleteBucket", region: "eu-west-1", actor: "IAM user ann", outcome: "denied" } as const;
const time = "2026-11-20T02:14:05Z";

const alert: Whole<AlertNotification> = {
  ...common,
  kind: "alert",
  detection: { ...detection, attack: { technique: "T1485", tactic: "Impact" }, cis: ["4.1"] },
  alsoMatched: [detection],
  incident: { id: "i", startedAt: time, role: "rises", nowSucceeded: true, number: 3 },
  followsUrgent: true,
  event: {
    id: "e",
    name: "DeleteBucket",
    source: "s3.amazonaws.com",
    time,
    requestId: "r",
    sharedEventId: "s",
    path: "log",
  },
  outcome: "denied",
  errorCode: "AccessDenied",
  errorMessage: "no",
  actor: {
    name: "ann",
    description: "role ops, session ann",
    kind: "role",
    principalArn: "arn:aws:iam::111122223333:role/ops",
    session: "ann",
    sessionIssuer: { type: "Role", arn: "arn:aws:iam::111122223333:role/ops", name: "ops" },
    sourceIdentity: "ann",
    onBehalfOf: "u-1",
    invokedBy: "cloudformation.amazonaws.com",
    account: "111122223333",
    accessKeyId: "ASIAEXAMPLE",
    mfa: false,
  },
  sourceIPAddress: "203.0.113.7",
  userAgent: "aws-cli",
  what: "bucket data",
  resources: [{ arn: "arn:aws:s3:::data", type: "AWS::S3::Bucket", account: "111122223333" }],
  request: { bucketName: "data" },
  response: null,
  why: "It is gone.",
  remediation: {
    check: "Who?",
    command: "aws s3 ls",
    contain: "Stop.",
    undo: ["aws s3 mb s3://data"],
    stopCaller: { text: "Revoke.", commands: ["aws iam"] },
  },
  count: { threshold: 20, windowStart: time, windowEnd: time },
  links: { event: "https://example.com/" },
};

const summary: Whole<SummaryNotification> = {
  ...common,
  ...counted,
  kind: "summary",
  detection,
  incident: { id: "i" },
  count: 20,
  total: 20,
  rateLimited: 0,
  alerted: event,
  firstEvent: event,
  windowStart: time,
  windowEnd: time,
  firstTime: "unknown",
  lastTime: "unknown",
  news: "20 more in 15 min",
  links: { event: "https://example.com/" },
};

const timeline: Whole<TimelineNotification> = {
  ...common,
  kind: "timeline",
  incident: { id: "i", startedAt: time, endedAt: time },
  actor: "IAM user ann",
  steps: [
    {
      ...{ time, eventName: "DeleteBucket", outcome: "failed", what: "bucket data", sourceIPAddress: "203.0.113.7" },
      ...{ account, region: "eu-west-1", detection, eventId: "e" },
    },
  ],
  more: 0,
  acknowledged: { by: "bob", at: time, through: "slack" },
};

const digest: Whole<DigestNotification> = {
  ...common,
  kind: "digest",
  day: "2026-11-20",
  count: 20,
  detections: [{ ...detection, ...counted, count: 20 }],
  unacknowledged: [{ incidentId: "i", title: "Data destroyed", actor: "IAM user ann", time }],
  silentAccounts: [{ account, region: "eu-west-1", lastLogFile: time }],
};

const rateLimit: Whole<RateLimitNotification> = { ...common, kind: "rate-limit", limit: 100, until: time };

/** One of each kind, with every property that its type knows. */
export const WHOLE_EXAMPLES: readonly Notification[] = [alert, summary, timeline, digest, rateLimit];
