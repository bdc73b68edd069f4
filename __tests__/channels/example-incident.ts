import type { IncidentRole } from "../../alerting/incidents/incident";
import type { TimelineNotification } from "../../alerting/notification/notification";
import { exampleAlert } from "./example-alerts";

export const INCIDENT_ID = "0123456789abcdef-20261120T021505Z";

/** Calls of an attacker with ann's key: detection, severity, call, service, what. */
const ATTACK = [
  ["attack-tool-seen", "Attack tool seen", "medium", "GetCallerIdentity", "sts", "its own identity"],
  ["unauthorized-calls", "Access denied", "medium", "ListUsers", "iam", "all users"],
  ["unauthorized-calls", "Access denied", "medium", "ListRoles", "iam", "all roles"],
  [
    "user-data-read",
    "User data of an instance read",
    "medium",
    "DescribeInstanceAttribute",
    "ec2",
    "user data of i-01",
  ],
  [
    "access-key-for-other-user",
    "Access key created for another user",
    "high",
    "CreateAccessKey",
    "iam",
    "a key for bob",
  ],
  ["user-created", "IAM user created", "medium", "CreateUser", "iam", "user backup"],
  [
    "admin-policy-attached",
    "Administrator policy attached",
    "critical",
    "AttachUserPolicy",
    "iam",
    "AdministratorAccess on user backup",
  ],
  ["login-profile-changed", "Console password set", "high", "CreateLoginProfile", "iam", "a password for backup"],
  ["secrets-bulk-read", "Many secrets read", "high", "GetSecretValue", "secretsmanager", "20 secrets"],
  [
    "snapshot-shared",
    "Snapshot shared with another account",
    "high",
    "ModifySnapshotAttribute",
    "ec2",
    "snap-01 with account 999988887777",
  ],
  ["costly-resource-created", "Expensive resource requested", "high", "RunInstances", "ec2", "8 × p5.48xlarge"],
  ["trail-stopped", "CloudTrail stopped or deleted", "critical", "StopLogging", "cloudtrail", "trail organization"],
] as const;
const ROLES: Readonly<Record<number, IncidentRole>> = { 1: "opens", 5: "rises", 7: "rises" };

/** The alerts of an incident of twelve steps, in order: its severity rises at the fifth and the seventh. */
export const INCIDENT_ALERTS = ATTACK.map(([id, title, severity, event, service, what], place) => {
  const number = place + 1;
  return exampleAlert(100 + number, {
    detection: { id, title, severity },
    event,
    source: `${service}.amazonaws.com`,
    what,
    time: `2026-11-20T02:${14 + number}:05Z`,
    changes: {
      outcome: id === "unauthorized-calls" ? "denied" : "succeeded",
      incident: { id: INCIDENT_ID, startedAt: "2026-11-20T02:15:05Z", role: ROLES[number] ?? "update", number },
    },
  });
});

/** The timeline that closes it. */
export const TIMELINE: TimelineNotification = {
  version: "1.0",
  account: { id: "111122223333", name: "prod" },
  region: "eu-central-1",
  kind: "timeline",
  id: `timeline#${INCIDENT_ID}`,
  severity: "critical",
  incident: { id: INCIDENT_ID, startedAt: "2026-11-20T02:15:05Z", endedAt: "2026-11-20T02:26:05Z" },
  actor: "IAM user ann (account 111122223333, prod)",
  steps: INCIDENT_ALERTS.map(({ event, outcome, what, sourceIPAddress, account, region, detection }) => ({
    time: event.time,
    eventName: event.name,
    outcome,
    what,
    sourceIPAddress,
    account,
    region,
    detection: { id: detection.id, title: detection.title, severity: detection.severity },
    eventId: event.id,
  })),
  more: 0,
};
