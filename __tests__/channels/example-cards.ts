import type { Card } from "../../alerting/channels/card";
import type {
  AlertNotification,
  DigestNotification,
  NamedDetection,
  Notification,
  RateLimitNotification,
  SummaryNotification,
} from "../../alerting/notification/notification";
import { EXAMPLE_ALERTS } from "./example-alerts";
import { INCIDENT_ALERTS, INCIDENT_ID, TIMELINE } from "./example-incident";

const PROD = { id: "111122223333", name: "prod" };
const COMMON = { version: "1.0", account: PROD, region: "eu-central-1" } as const;

function commonOf(notification: Notification): Omit<Card, "headline" | "title" | "facts" | "detections"> {
  const { id, kind, severity, account, region } = notification;
  const none = { paragraphs: [], steps: [], links: [], resources: [] };
  return { notificationId: id, kind, severity, account, region, ...none, notification };
}

function cardOfAlert(alert: AlertNotification): Card {
  const { detection, event, actor, outcome, incident, remediation: what } = alert;
  const account = alert.account.name === undefined ? alert.account.id : `${alert.account.name} (${alert.account.id})`;
  const time = Date.parse(event.time);
  const facts = {
    Outcome: [outcome, alert.errorCode, alert.errorMessage].filter((part) => part !== undefined).join(": "),
    Who: actor.description,
    What: `${event.name}: ${alert.what}`,
    From: alert.sourceIPAddress,
    When: `${event.time} (UTC)`,
    Account: `${account}, ${alert.region}`,
    MFA: actor.mfa === undefined ? "" : actor.mfa ? "yes" : "no",
    With: alert.userAgent,
    "Also matched": alert.alsoMatched.map(({ id, title }) => `${title} (${id})`).join("; "),
  };
  return {
    ...commonOf(alert),
    headline: `${event.name} ${outcome} by ${actor.name} in ${alert.account.name ?? alert.account.id}`.slice(0, 150),
    title: detection.title,
    facts: Object.entries(facts)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => ({ name, value })),
    paragraphs: [{ heading: "Why it matters", text: alert.why }],
    steps: [
      { text: what.check, commands: [what.command] },
      { text: what.contain, commands: what.undo },
      ...(what.stopCaller === undefined ? [] : [what.stopCaller]),
    ],
    links: alert.links.event === undefined ? [] : [{ text: "Event in CloudTrail", url: alert.links.event }],
    detections: [detection, ...alert.alsoMatched].map(({ id }) => id),
    ...(Number.isNaN(time) ? {} : { time }),
    actor: actor.name,
    resources: alert.resources.flatMap(({ arn }) => (arn === undefined ? [] : [arn])),
    ...(incident === undefined ? {} : { incident: { id: incident.id, role: incident.role, number: incident.number } }),
  };
}

const LEADING: NamedDetection = { id: "unauthorized-calls", title: "Access denied", severity: "medium" };
const CALLERS = [{ actor: "ann", count: 3, outcomes: { denied: 2, succeeded: 1 } }];

const summary: SummaryNotification = {
  ...COMMON,
  kind: "summary",
  id: "summary#unauthorized-calls#20261120T021500Z",
  severity: "medium",
  detection: LEADING,
  incident: { id: INCIDENT_ID },
  count: 3,
  total: 4,
  rateLimited: 0,
  outcomes: { denied: 2, succeeded: 1 },
  actors: CALLERS,
  calls: [
    { name: "ListBuckets", count: 2 },
    { name: "GetObject", count: 1 },
  ],
  regions: ["eu-central-1"],
  windowStart: "2026-11-20T02:00:00Z",
  windowEnd: "2026-11-20T02:15:00Z",
  firstTime: "2026-11-20T02:02:11Z",
  lastTime: "2026-11-20T02:14:05Z",
  news: "3 more in 15 min, 1 succeeded",
  links: {},
};

const digest: DigestNotification = {
  ...COMMON,
  kind: "digest",
  id: "digest#2026-11-20",
  severity: "low",
  day: "2026-11-20",
  count: 5,
  detections: [
    {
      id: "iam-policy-changed",
      title: "IAM policy changed",
      severity: "low",
      count: 5,
      outcomes: { succeeded: 5 },
      actors: [{ actor: "ann", count: 5, outcomes: { succeeded: 5 } }],
      calls: [{ name: "PutRolePolicy", count: 5 }],
      regions: ["us-east-1"],
    },
  ],
  unacknowledged: [
    { incidentId: INCIDENT_ID, title: "Administrator policy attached", actor: "ann", time: "2026-11-20T02:18:00Z" },
  ],
};

const rateLimit: RateLimitNotification = {
  ...COMMON,
  kind: "rate-limit",
  id: "rate-limit#20261120T02",
  severity: "high",
  limit: 100,
  until: "2026-11-20T03:00:00Z",
};

export const SUMMARY_CARD: Card = {
  ...commonOf(summary),
  headline: "Access denied: 3 more in 15 min, 1 succeeded",
  title: summary.detection.title,
  facts: [
    { name: "Events", value: "3 since the alert, 4 in all: 2 denied, 1 succeeded" },
    { name: "Who", value: "ann: 3 (2 denied, 1 succeeded)" },
    { name: "Calls", value: "ListBuckets: 2, GetObject: 1" },
    { name: "When", value: "2026-11-20T02:02:11Z to 2026-11-20T02:14:05Z (UTC)" },
  ],
  detections: [summary.detection.id],
  actor: "ann",
  incident: { id: INCIDENT_ID, role: "update" },
};

export const DIGEST_CARD: Card = {
  ...commonOf(digest),
  headline: "Digest of 2026-11-20: 5 events",
  title: "Daily digest",
  facts: [{ name: "IAM policy changed", value: "5 succeeded: ann (5), PutRolePolicy, us-east-1" }],
  paragraphs: [
    { heading: "Not acknowledged", text: "Administrator policy attached, by ann, 2026-11-20T02:18:00Z (UTC)" },
  ],
  detections: ["iam-policy-changed"],
};

export const RATE_LIMIT_CARD: Card = {
  ...commonOf(rateLimit),
  headline: "Rate limit reached: 100 alerts in an hour",
  title: "Further alerts are summarized until 2026-11-20T03:00:00Z (UTC)",
  facts: [{ name: "Until", value: "2026-11-20T03:00:00Z (UTC)" }],
  detections: [],
};

/** A CloudWatch alarm on the monitor itself. */
export const ALARM_CARD: Card = {
  notificationId: "alarm#trailwarden-dead-letters#2026-11-20T02:20:00.000+0000",
  kind: "alarm",
  severity: "high",
  headline: "Alarm trailwarden-dead-letters in prod",
  title: "Messages that could not be processed",
  facts: [
    { name: "State", value: "OK to ALARM" },
    { name: "Reason", value: "Threshold Crossed: 1 datapoint [2.0] was greater than the threshold (0.0)." },
  ],
  paragraphs: [],
  steps: [{ text: "Look at the dead letters.", commands: ["aws sqs receive-message --queue-url https://sqs.example"] }],
  links: [
    { text: "Alarm in CloudWatch", url: "https://eu-central-1.console.aws.amazon.com/cloudwatch/home#alarmsV2:" },
  ],
  detections: [],
  account: PROD,
  region: "eu-central-1",
  time: Date.parse("2026-11-20T02:20:00Z"),
  resources: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:trailwarden-dead-letters"],
};

const TIMELINE_CARD: Card = {
  ...commonOf(TIMELINE),
  headline: "12 alerts by ann in prod from 02:15 to 02:26 UTC",
  title: "Timeline of the incident",
  facts: [{ name: "Who", value: TIMELINE.actor }],
  paragraphs: TIMELINE.steps.map(({ time, eventName, outcome, what, sourceIPAddress }) => ({
    heading: `${time} (UTC)`,
    text: `${eventName} ${outcome}: ${what}, from ${sourceIPAddress}`,
  })),
  detections: ["admin-policy-attached", "trail-stopped"],
  actor: "ann",
  incident: { id: INCIDENT_ID, role: "update" },
};

/** Every message of an incident of twelve steps, in order: its severity rises at the fifth and the seventh. */
export const INCIDENT_CARDS: readonly Card[] = [...INCIDENT_ALERTS.map(cardOfAlert), TIMELINE_CARD];

/** One of each, by name; the incident is apart. */
export const EXAMPLE_CARDS: Readonly<Record<string, Card>> = {
  ...Object.fromEntries(Object.entries(EXAMPLE_ALERTS).map(([name, alert]) => [name, cardOfAlert(alert)])),
  summary: SUMMARY_CARD,
  digest: DIGEST_CARD,
  "rate-limit": RATE_LIMIT_CARD,
  alarm: ALARM_CARD,
};
