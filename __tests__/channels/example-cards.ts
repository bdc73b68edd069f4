import type { Card } from "../../alerting/channels/card";
import { cardOf } from "../../alerting/channels/card-of";
import { alarmCard, urgentCard } from "../../alerting/channels/monitor-card";
import { digestNotice } from "../../alerting/notices/digest";
import { rateLimitNotice } from "../../alerting/notices/rate-limit-notice";
import { summaryNotice } from "../../alerting/notices/summary";
import type { SummaryNotification } from "../../alerting/notification/notification";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../alerting/notices/notices";
import { EXAMPLE_ALERTS, LABELS } from "./example-alerts";
import { INCIDENT_ALERTS, INCIDENT_ID, TIMELINE } from "./example-incident";

const MONITOR = ["111122223333", "eu-central-1"] as const;

const summary: SummaryNotification = {
  ...(summaryNotice(
    closingWindow({ reported: 1 }),
    totalsOf(
      ...grouped(3),
      ...grouped(1, { id: "e9", outcome: "succeeded", eventName: "ListRoles", time: "2026-11-20T02:14:05Z" }),
    ),
    MONITOR[0],
    LABELS,
  ).json as SummaryNotification),
  incident: { id: INCIDENT_ID },
};

const digestEntry = (detection: string, count: number, actor: string) => ({
  window: closingWindow({}, "digest", detectionNamed(detection)),
  totals: totalsOf(
    ...grouped(count, { actor, outcome: "succeeded", eventName: "PutRolePolicy", region: "us-east-1" }).map(
      (member) => ({
        ...member,
        id: `${detection}-${actor}-${member.id}`,
      }),
    ),
  ),
});

const digest = digestNotice(
  [
    digestEntry("iam-policy-changed", 5, "IAM user alice (account 111122223333)"),
    digestEntry("security-group-changed", 1, "role deploy, session ci (account 111122223333)"),
  ],
  ...MONITOR,
  LABELS,
  [
    {
      incidentId: INCIDENT_ID,
      title: "Administrator policy attached",
      actor: "IAM user ann (account 111122223333)",
      time: "2026-11-20T02:18:00Z",
    },
  ],
).json;

const rateLimit = rateLimitNotice(100, Date.parse("2026-11-20T03:00:00Z"), ...MONITOR, LABELS).json;

const ALARM = {
  AlarmName: "trailwarden-dlq-not-empty",
  AlarmDescription: "Events that could not be processed wait in the dead-letter queue: see docs/dead-letters.md",
  AWSAccountId: "111122223333",
  NewStateValue: "ALARM",
  NewStateReason: "Threshold Crossed: 1 datapoint [2.0 (20/11/26 02:19:00)] was greater than the threshold (0.0).",
  StateChangeTime: "2026-11-20T02:20:00.000+0000",
  Region: "EU (Frankfurt)",
  AlarmArn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:trailwarden-dlq-not-empty",
  OldStateValue: "OK",
};

/** As `constructs/rules/urgent-message.ts` words it. */
const URGENT = [
  "CRITICAL ConsoleLogin in account 111122223333 us-east-1 at 2026-11-20T02:14:05Z from 198.51.100.23.",
  "Root signed in to the console.",
  "See it: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/a1b2c3d4-0000-4000-8000-000000000002",
  "Details follow within a minute. If they don't, follow the steps below.",
  "Why it matters: root can do everything in the account, and nothing limits it.",
  "1. Ask who has the root password whether they signed in.",
  "2. aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=Username,AttributeValue=root",
  "3. If it was not intended: change the root password, and delete root's access keys.",
  "Event a1b2c3d4-0000-4000-8000-000000000002, detection root-console-login.",
];

function present(card: Card | undefined): Card {
  if (card === undefined) throw new Error("the example is no alarm");
  return card;
}

/** A CloudWatch alarm on the monitor itself, and its end. */
export const ALARM_CARD = present(alarmCard(ALARM, LABELS));
export const ALARM_OVER_CARD = present(
  alarmCard({ ...ALARM, NewStateValue: "OK", StateChangeTime: "2026-11-20T02:25:00.000+0000" }, LABELS),
);

/** An alarm, or its end, that comes once more. */
export function alarmCardOf(state: "ALARM" | "OK", notificationId: string): Card {
  return { ...(state === "OK" ? ALARM_OVER_CARD : ALARM_CARD), notificationId };
}

/** EventBridge's short alert of the event that an alert has the details of. */
export function shortAlertOf({ notification, ...card }: Card): Card {
  const { incident: _, ...parts } = card;
  const event = notification?.kind === "alert" ? notification.event.id : "";
  return { ...parts, kind: "urgent", notificationId: "urgent-1", facts: [{ name: "Event", value: event }] };
}

/** Every message of an incident of twelve steps, in order: its severity rises at the fifth and the seventh. */
export const INCIDENT_CARDS: readonly Card[] = [...INCIDENT_ALERTS, TIMELINE].map((made) => cardOf(made, LABELS));

/** One of each, by name; the incident is apart. */
export const EXAMPLE_CARDS: Readonly<Record<string, Card>> = {
  ...Object.fromEntries(Object.entries(EXAMPLE_ALERTS).map(([name, alert]) => [name, cardOf(alert, LABELS)])),
  summary: cardOf(summary, LABELS),
  digest: cardOf(digest, LABELS),
  "rate-limit": cardOf(rateLimit, LABELS),
  alarm: ALARM_CARD,
  "alarm-over": ALARM_OVER_CARD,
  urgent: urgentCard(URGENT.join("\n"), LABELS),
};
