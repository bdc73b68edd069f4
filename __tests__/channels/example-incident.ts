import { incidentStep } from "../../alerting/notices/incident-step";
import { timelineNotice } from "../../alerting/notices/timeline";
import type { TimelineNotification } from "../../alerting/notification/notification";
import { isoTime } from "../../detection/events/text";
import { detectionNamed } from "../alerting/notices/notices";
import { exampleEvent, LABELS, notificationOf } from "./example-alerts";

export const INCIDENT_ID = "0123456789abcdef-20261120T021505Z";
const STARTED = Date.parse("2026-11-20T02:15:05Z");

/** Calls of an attacker with ann's key: detection, and the match of its fixtures. The severity rises at the fifth and the seventh. */
const ATTACK = [
  ["secrets-bulk-read", 0, "opens"],
  ["unauthorized-calls", 0, "update"],
  ["unauthorized-calls", 1, "update"],
  ["unauthorized-calls", 2, "update"],
  ["access-key-for-other-user", 0, "rises"],
  ["user-created", 0, "update"],
  ["trail-stopped", 0, "rises"],
  ["admin-policy-attached", 0, "update"],
  ["login-profile-changed", 0, "update"],
  ["snapshot-shared", 0, "update"],
  ["costly-resource-created", 0, "update"],
  ["trail-stopped", 1, "update"],
] as const;

const EVENTS = ATTACK.map(([detection, match], place) =>
  exampleEvent(101 + place, detection, match, {
    eventTime: isoTime(STARTED + place * 60_000),
    sourceIPAddress: "198.51.100.7",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEANN",
      arn: "arn:aws:iam::111122223333:user/ann",
      accountId: "111122223333",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      userName: "ann",
    },
  }),
);

/** The alerts of an incident of twelve steps, in order. */
export const INCIDENT_ALERTS = ATTACK.map(([detection, , role], place) => {
  const incident = { id: INCIDENT_ID, startedAt: STARTED, number: place + 1, role };
  return notificationOf(detection, EVENTS[place] ?? exampleEvent(0, detection), { incident });
});

const steps = ATTACK.map(([id], place) =>
  incidentStep({ detection: detectionNamed(id), event: EVENTS[place] ?? exampleEvent(0, id) }),
);

/** The timeline that closes it. */
export const TIMELINE = timelineNotice(
  { id: INCIDENT_ID, startedAt: STARTED, severity: "critical", steps, more: 0 },
  0,
  "111122223333",
  "eu-central-1",
  LABELS,
).json as TimelineNotification;
