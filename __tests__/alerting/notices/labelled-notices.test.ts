import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { digestNotice } from "../../../alerting/notices/digest";
import type { Labels } from "../../../alerting/notices/labels";
import { SMS_BYTES, SUBJECT_LENGTH } from "../../../alerting/notices/notice";
import { rateLimitNotice } from "../../../alerting/notices/rate-limit-notice";
import { summaryNotice } from "../../../alerting/notices/summary";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";
import { closingWindow, detectionNamed, grouped, totalsOf } from "./notices";

const ACCOUNT = "111122223333";
const labels: Labels = { accountNames: { [ACCOUNT]: "prod" }, timeZone: "Asia/Tokyo" };
const NOW = Date.parse("2026-11-20T03:00:00Z");

function notices(given?: Labels) {
  const event = wrapRecord(unauthorizedDescribe());
  const alert = buildAlert(detectionNamed("unauthorized-ec2-call"), event, "event");
  const totals = totalsOf(...grouped(2));
  const digested = [{ window: closingWindow({}, "digest"), totals: totalsOf(...grouped(2, { ending: "digested" })) }];
  return {
    alert: alertNotice(alert, given),
    summary: summaryNotice(closingWindow(), totals, ACCOUNT, given),
    digest: digestNotice(digested, ACCOUNT, "us-east-1", given),
    flood: rateLimitNotice(100, NOW, ACCOUNT, "us-east-1", given),
  };
}

describe("with account names and a time zone", () => {
  const kinds = ["alert", "summary", "digest", "flood"] as const;

  test.each(kinds)("the %s names the account in its SMS, its text and its JSON, and keeps the id", (kind) => {
    const { sms, email, json, attributes } = notices(labels)[kind];

    expect(sms).toMatch(/\bprod\b/);
    expect(sms).not.toContain(ACCOUNT);
    expect(email).toMatch(/[Aa]ccount +prod \(111122223333\)/);
    expect(json).toMatchObject({ account: { id: ACCOUNT, name: "prod" } });
    expect(attributes.account).toBe(ACCOUNT);
  });

  test.each(["alert", "digest", "flood"] as const)("the %s names the account in its subject", (kind) => {
    expect(notices(labels)[kind].subject).toMatch(/ in prod\b/);
  });

  test.each(["alert", "summary"] as const)("the %s names the account of the caller", (kind) => {
    expect(notices(labels)[kind].email).toContain("(account 111122223333, prod)");
  });

  test("the summary names the account of whom its alert was about", () => {
    const [alerted] = grouped(1, { id: "alerted", ending: "published" });
    const totals = totalsOf(...(alerted ? [alerted] : []), ...grouped(2));

    expect(summaryNotice(closingWindow(), totals, ACCOUNT, labels).email).toContain(
      "(ListUsers, denied, by IAM user alice (account 111122223333, prod)). 2 more followed",
    );
  });

  test.each(["alert", "summary", "flood"] as const)("the %s gives times in UTC and in the zone", (kind) => {
    expect(notices(labels)[kind].email).toMatch(
      /2026-11-20T0\d:\d\d:\d\dZ \(UTC\), 2026-11-20 1\d:\d\d:\d\d Asia\/Tokyo/,
    );
  });

  test.each(kinds)("the %s stays within a subject and an SMS whatever the name", (kind) => {
    const { subject, sms } = notices({ accountNames: { [ACCOUNT]: "é".repeat(500) } })[kind];

    expect(subject.length).toBeLessThanOrEqual(SUBJECT_LENGTH);
    expect(Buffer.byteLength(sms)).toBeLessThanOrEqual(SMS_BYTES);
  });

  test.each(kinds)("the %s is what it was without them", (kind) => {
    const { email, json, sms } = notices()[kind];

    expect(sms).toContain(ACCOUNT);
    expect(email).not.toContain("Tokyo");
    expect(json.account).toEqual({ id: ACCOUNT });
  });
});
