import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type AlertContext, buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import type { Labels } from "../../../alerting/notices/labels";
import { windowOf } from "../../../alerting/windows/window";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { REPOSITORY } from "../../repository";
import { detectionNamed } from "./notices";

/**
 * Whole alerts as people read them, a file each in `golden/`. After a change that is meant, write them anew with
 * `UPDATE_GOLDEN=1 npx jest __tests__/alerting/notices/golden.test.ts`, and read the difference.
 */
const FOLDER = join(__dirname, "golden");
const LABELS: Labels = {
  accountNames: { "111122223333": "prod", "444455556666": "staging" },
  timeZone: "Europe/Berlin",
};
const STARTED = Date.UTC(2026, 10, 2, 8, 50);

const place = (role: "opens" | "rises" | "update", number: number): AlertContext => ({
  incident: { id: "0123456789abcdef-20261102T085000Z", startedAt: STARTED, number, role, severityBefore: "medium" },
});

/** Detection, place of a match in its fixtures, and what was sent before. */
const ALERTS: Readonly<Record<string, readonly [id: string, match: number, context?: AlertContext]>> = {
  "access-key-created": ["access-key-for-other-user", 0, place("opens", 1)],
  "admin-policy-attached": [
    "admin-policy-attached",
    0,
    { ...place("rises", 2), also: [detectionNamed("iam-policy-changed")] },
  ],
  "bucket-made-public": ["bucket-made-public", 0, place("update", 3)],
  "console-login-without-mfa": ["console-login-without-mfa", 0],
  "deletion-burst": ["deletion-burst", 0],
  "expensive-instances": ["costly-resource-created", 0],
  "identity-center": ["identity-center-idp-changed", 0],
  "instance-credentials": ["instance-credentials-exfiltrated", 0],
  "root-asks-who-it-is": [
    "root-get-caller-identity",
    0,
    { followsUrgent: true, also: [detectionNamed("root-credentials-used")] },
  ],
  "security-group-opened": ["security-group-opened", 0],
  "snapshot-shared": ["snapshot-shared", 0],
  "trail-stopped-denied": ["trail-stopped", 2],
};

function textOf([id, match, context]: (typeof ALERTS)[string]): string {
  const file = join(REPOSITORY, "__tests__/fixtures/detections", `${id}.json`);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly cases: readonly { readonly matches: boolean; readonly record: CloudTrailRecord }[];
  };
  const found = cases.filter(({ matches }) => matches)[match];
  if (found === undefined) throw new Error(`${id} has no match ${match}`);
  const detection = detectionNamed(id);
  const event = wrapRecord(found.record);
  const alert = buildAlert(
    detection,
    event,
    "event",
    windowOf(detection, event),
    "trailwarden-logs",
    "trailwarden",
    context,
  );
  const { subject, sms, email } = alertNotice(alert, LABELS);
  return `Subject: ${subject}\nSMS: ${sms}\n\n${email}`;
}

describe("alerts as people read them", () => {
  test.each(Object.entries(ALERTS))("%s", (name, alert) => {
    const file = join(FOLDER, `${name}.txt`);
    const text = textOf(alert);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);

    expect(text).toBe(readFileSync(file, "utf8"));
  });

  test("are all there are", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(ALERTS).map((name) => `${name}.txt`));
  });

  test.each(Object.entries(ALERTS))("%s: lines have at most 78 characters, but for commands and links", (_, alert) => {
    const lines = textOf(alert).split("\n").slice(3);

    expect(lines.filter((line) => line.length > 78 && !/^ *(aws |https:|\S+$)/.test(line))).toEqual([]);
  });
});
