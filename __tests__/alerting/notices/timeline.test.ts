import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Incident } from "../../../alerting/incidents/incident";
import { SMS_BYTES, SUBJECT_LENGTH } from "../../../alerting/notices/notice";
import { timelineNotice } from "../../../alerting/notices/timeline";
import { step } from "../incidents/steps";

const ACCOUNT = "111122223333";
const LABELS = { accountNames: { [ACCOUNT]: "prod" }, timeZone: "Asia/Tokyo" };
const incident: Incident = {
  id: "0123456789abcdef-20261120T014500Z",
  startedAt: Date.parse("2026-11-20T01:45:00Z"),
  severity: "critical",
  steps: [
    step("a", 0, { severity: "critical" }),
    step("b", 12, {
      eventName: "CreateAccessKey",
      outcome: "denied",
      what: "access key for user bob",
      detection: "access-key-created",
      title: "Access key created",
      region: "us-east-1",
    }),
    step("c", 47.5),
  ],
  more: 0,
};

describe("the timeline", () => {
  test("says in the subject how many alerts, how long, who and where", () => {
    const { subject } = timelineNotice(incident, 0, ACCOUNT, "eu-west-1", LABELS);

    expect(subject).toBe("[CRITICAL] Incident timeline: 3 alerts in 48 min by IAM user ann in prod");
  });

  test("has a line for each alert: when in UTC and in the time zone, call, outcome, what, from where, detection", () => {
    const { email } = timelineNotice(incident, 0, ACCOUNT, "eu-west-1", LABELS);

    expect(email).toBe(`CRITICAL: Incident timeline: 3 alerts in 48 min by IAM user ann in prod

These alerts have the same caller and belong to one incident. They were sent one by one; this is what happened, in order.

Incident 0123456789abcdef-20261120T014500Z
Who      IAM user ann (account 111122223333, prod)
Account  prod (111122223333)

1. 2026-11-20T01:45:00Z (UTC), 2026-11-20 10:45:00 Asia/Tokyo: StopLogging succeeded: trail main. From 203.0.113.10, in prod eu-west-1. CRITICAL CloudTrail stopped or deleted (trail-stopped)
2. 2026-11-20T01:57:00Z (UTC), 2026-11-20 10:57:00 Asia/Tokyo: CreateAccessKey denied: access key for user bob. From 203.0.113.10, in prod us-east-1. HIGH Access key created (access-key-created)
3. 2026-11-20T02:32:30Z (UTC), 2026-11-20 11:32:30 Asia/Tokyo: StopLogging succeeded: trail main. From 203.0.113.10, in prod eu-west-1. HIGH CloudTrail stopped or deleted (trail-stopped)

What to do
1. Check every call in the list. The alert of each has the commands that undo it.
2. If you don't know who made the calls, stop the caller first: the first alert says how.
The log archive has every event.
`);
  });

  test("fits one SMS, with the calls", () => {
    const { sms } = timelineNotice(incident, 0, ACCOUNT, "eu-west-1", LABELS);

    expect(sms).toBe(
      "CRITICAL 3 alerts in 48 min by IAM user ann: StopLogging, CreateAccessKey. Timeline in the email. prod several 02:32Z",
    );
  });

  test("gives machines every step", () => {
    const { json, attributes } = timelineNotice(incident, 0, ACCOUNT, "eu-west-1", LABELS);

    expect(attributes).toEqual({
      ...{ kind: "timeline", severity: "critical", detection: "timeline" },
      ...{ account: ACCOUNT, region: "several" },
    });
    expect(json).toMatchObject({
      version: "1.0",
      kind: "timeline",
      id: "0123456789abcdef-20261120T014500Z/3",
      severity: "critical",
      account: { id: ACCOUNT, name: "prod" },
      region: "eu-west-1",
      incident: { id: incident.id, startedAt: "2026-11-20T01:45:00Z", endedAt: "2026-11-20T02:32:30Z" },
      actor: "IAM user ann (account 111122223333)",
      more: 0,
    });
    expect((json as { readonly steps: readonly object[] }).steps[1]).toEqual({
      time: "2026-11-20T01:57:00Z",
      eventName: "CreateAccessKey",
      outcome: "denied",
      what: "access key for user bob",
      sourceIPAddress: "203.0.113.10",
      account: { id: ACCOUNT, name: "prod" },
      region: "us-east-1",
      detection: { id: "access-key-created", title: "Access key created", severity: "high" },
      eventId: "b",
    });
    expect(json).not.toHaveProperty("acknowledged");
  });

  test("says how many alerts an earlier one covered", () => {
    const { subject, email } = timelineNotice(incident, 2, ACCOUNT, "eu-west-1");

    expect(subject).toContain("Updated incident timeline: 3 alerts");
    expect(email).toContain("An earlier timeline covered 2 alerts of this incident. 1 more came after it;");
  });

  test("says how many it leaves out", () => {
    const email = (more: number) => timelineNotice({ ...incident, more }, 0, ACCOUNT, "eu-west-1").email;

    expect(email(0)).not.toContain("not in this list");
    expect(email(13)).toContain("\n13 more are not in this list: an incident keeps its first 100 alerts.\n");
    expect(email(13)).toContain("Incident timeline: 16 alerts in 48 min");
    expect(email(900)).toContain("\nAt least 900 more are not in this list");
  });

  test("gives no length where times are unknown", () => {
    const unknown = { ...incident, startedAt: 0, steps: [step("a", 0, { time: 0 }), step("b", 1)] };
    const { subject, email, json } = timelineNotice(unknown, 0, ACCOUNT, "eu-west-1");

    expect(subject).toBe("[CRITICAL] Incident timeline: 2 alerts by IAM user ann in 111122223333");
    expect(email).toContain("1. Time unknown: StopLogging succeeded");
    expect(json).toMatchObject({ steps: [{ time: "unknown" }, { time: "2026-11-20T01:46:00Z" }] });
  });

  test("keeps subject and SMS within their limits, with number and account, whoever it was", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
        fc.string({ unit: "grapheme", maxLength: 60 }),
        (actor, name) => {
          const by = { ...incident, steps: incident.steps.map((each) => ({ ...each, actor })) };
          const labels = { accountNames: { [ACCOUNT]: name } };
          const { subject, sms } = timelineNotice(by, 0, ACCOUNT, "eu-west-1", labels);

          expect(subject).toMatch(/^[ -~]*$/);
          expect(subject.length).toBeLessThanOrEqual(SUBJECT_LENGTH);
          expect(subject).toMatch(/^\[CRITICAL\] Incident timeline: 3 alerts in 48 min by .* in /);
          expect(sms).toMatch(/^[ -~]*$/);
          expect(sms.length).toBeLessThanOrEqual(SMS_BYTES);
        },
      ),
    );
  });
});
