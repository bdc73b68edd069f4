import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AlertContext, buildAlert } from "../../alerting/notices/alert";
import { alertNotice } from "../../alerting/notices/alert-notice";
import type { Labels } from "../../alerting/notices/labels";
import type { AlertNotification } from "../../alerting/notification/notification";
import { windowOf } from "../../alerting/windows/window";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../detection/events/envelope";
import { detectionNamed } from "../alerting/notices/notices";
import { REPOSITORY } from "../repository";

/** Ten alerts, as different as they come, made by the renderer from the detections' fixtures, for everything that sends notifications. */

export const LABELS: Labels = {
  accountNames: { "111122223333": "prod", "444455556666": "tools" },
  timeZone: "Europe/Berlin",
};

/** When every example happened, unless it says another time. */
const TIME = "2026-11-20T02:14:05Z";

/** The matches of a detection's fixtures. */
export function fixtureRecords(detection: string): readonly CloudTrailRecord[] {
  const file = join(REPOSITORY, "__tests__/fixtures/detections", `${detection}.json`);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly cases: readonly { readonly matches: boolean; readonly record: CloudTrailRecord }[];
  };
  return cases.filter(({ matches }) => matches).map(({ record }) => record);
}

function fixtureRecord(detection: string, match: number): CloudTrailRecord {
  const found = fixtureRecords(detection)[match];
  if (found === undefined) throw new Error(`${detection} has no match ${match}`);
  return found;
}

/** The event of an example; its id is made from its number. */
export function exampleEvent(number: number, detection: string, match = 0, changes: object = {}): EventEnvelope {
  const eventID = `a1b2c3d4-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return wrapRecord({ ...fixtureRecord(detection, match), eventTime: TIME, eventID, ...changes });
}

/** The notification of an event. */
export function notificationOf(
  id: string,
  event: EventEnvelope,
  context: AlertContext = {},
  labels: Labels = LABELS,
): AlertNotification {
  const detection = detectionNamed(id);
  const window = windowOf(detection, event);
  const alert = buildAlert(detection, event, "event", window, "trailwarden-logs", "trailwarden", context);
  return alertNotice(alert, labels).json as AlertNotification;
}

/** What an attacker would write into a user agent, a name or an error message. */
export const HOSTILE =
  "<!channel> <@U012AB3CD> <http://evil.example|console> @here [console](http://evil.example) ${$root} {{now}} " +
  "`code` *bold* _it_ ~no~ # head | <b>html</b> &amp; https://evil.example/login evil@evil.example #general :boom: " +
  "\u202Eright to left\u0000\u001b[31m";

const hostileUser = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLEALICE",
  arn: `arn:aws:iam::111122223333:user/${HOSTILE}`,
  accountId: "111122223333",
  userName: HOSTILE,
};

const made = (number: number, id: string, match = 0, changes: object = {}, context: AlertContext = {}) =>
  notificationOf(id, exampleEvent(number, id, match, changes), context);

export const EXAMPLE_ALERTS: Readonly<Record<string, AlertNotification>> = {
  "console-login": made(1, "console-login-without-mfa"),
  root: made(2, "root-console-login", 1, {}, { followsUrgent: true }),
  denied: made(3, "trail-stopped", 2),
  "security-group": made(4, "security-group-opened"),
  "run-instances": made(5, "costly-resource-created"),
  count: made(6, "unauthorized-calls-burst"),
  "also-matched": made(
    7,
    "admin-policy-attached",
    0,
    {},
    { also: [detectionNamed("attack-tool-seen"), detectionNamed("iam-policy-changed")] },
  ),
  "cross-account": made(8, "snapshot-shared", 0, {
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLE:build",
      arn: "arn:aws:sts::444455556666:assumed-role/audit/build",
      accountId: "444455556666",
      sessionContext: {
        sessionIssuer: { type: "Role", arn: "arn:aws:iam::444455556666:role/audit", userName: "audit" },
        sourceIdentity: "carol",
      },
    },
  }),
  hostile: notificationOf(
    "user-created",
    exampleEvent(9, "user-created", 0, {
      userIdentity: hostileUser,
      userAgent: HOSTILE,
      sourceIPAddress: HOSTILE.slice(0, 70),
      errorCode: "ValidationError",
      errorMessage: HOSTILE,
      requestParameters: { userName: HOSTILE },
      responseElements: null,
    }),
    {},
    { accountNames: { "111122223333": "<!here> *prod*" } },
  ),
  "no-request": notificationOf(
    "request-omitted",
    exampleEvent(10, "request-omitted", 0, { eventTime: undefined }),
    {},
    {
      accountNames: {},
    },
  ),
};
