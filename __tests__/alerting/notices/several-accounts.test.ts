import { describe, expect, test } from "@jest/globals";
import type { IncidentStep } from "../../../alerting/incidents/incident";
import { digestNotice } from "../../../alerting/notices/digest";
import type { Labels } from "../../../alerting/notices/labels";
import { summaryNotice } from "../../../alerting/notices/summary";
import { timelineNotice } from "../../../alerting/notices/timeline";
import type { DigestNotification } from "../../../alerting/notification/notification";
import { START, step } from "../incidents/steps";
import { closingWindow, grouped, totalsOf } from "./notices";

const CENTRAL = "111122223333";
const MEMBER = "444455556666";
const OTHER = "777788889999";
const LABELS: Labels = { accountNames: { [CENTRAL]: "security", [MEMBER]: "payments", [OTHER]: "web" } };

describe("a summary", () => {
  const of = (...accounts: readonly string[]) =>
    summaryNotice(
      closingWindow(),
      totalsOf(
        ...accounts.flatMap((account, i) => grouped(i + 1, { account, recordId: "its-own-id", id: `${account}/x` })),
      ),
      CENTRAL,
      LABELS,
    );

  test("is of the account of its events, not of the function's", () => {
    const { email, sms, json, attributes } = of(MEMBER);

    expect(email).toContain("\nAccount  payments (444455556666)\n");
    expect(sms).toContain(" payments ");
    expect(json.account).toEqual({ id: MEMBER, name: "payments" });
    expect(attributes.account).toBe(MEMBER);
  });

  test("names each account, and counts its events, where there are two", () => {
    const { email, json } = of(MEMBER, OTHER);

    expect(email).toContain("\nAccount  web (777788889999) ×2, payments (444455556666) ×1\n");
    expect(json.account.id).toBe(OTHER);
  });

  test("has the record's own id to look it up", () => {
    const { email, json } = of(MEMBER);

    expect(json).toMatchObject({ firstEvent: { id: "its-own-id" } });
    expect(email).toMatch(/Event +its-own-id/);
    expect(email).toContain("#/events/its-own-id");
    expect(JSON.stringify([email, json])).not.toContain(`${MEMBER}/x`);
  });

  test("names the account's folder of the log archive for what event history doesn't hold", () => {
    const members = grouped(1, { account: MEMBER, recordId: "e", category: "Data" });

    expect(summaryNotice(closingWindow(), totalsOf(...members), CENTRAL, LABELS, "archive/AWSLogs").email).toContain(
      `s3://archive/AWSLogs/${MEMBER}/CloudTrail/`,
    );
  });
});

describe("a digest", () => {
  const of = (...accounts: readonly string[]) =>
    digestNotice(
      accounts.map((account, i) => ({
        window: closingWindow({}, "digest"),
        totals: totalsOf(...grouped(i + 1, { ending: "digested", account })),
      })),
      CENTRAL,
      "us-east-1",
      LABELS,
    );

  test("names each account and its events where there are several", () => {
    const { subject, email, sms, json } = of(MEMBER, OTHER);

    expect(subject).toBe("[DIGEST] 3 events on 2026-11-20 in 2 accounts");
    expect(email).toContain("DIGEST: 3 events on 2026-11-20 (UTC) in 2 accounts\n");
    expect(email).toContain("\nAccounts web (777788889999) ×2, payments (444455556666) ×1\n");
    expect(sms).toContain("2 accounts 2026-11-20");
    expect((json as DigestNotification).detections[0]?.accounts).toEqual([
      { id: OTHER, name: "web" },
      { id: MEMBER, name: "payments" },
    ]);
    expect(json.account.id).toBe(CENTRAL);
  });

  test("names the one whose events it has where that is another than the function's", () => {
    const { subject, email } = of(MEMBER, MEMBER);

    expect(subject).toBe("[DIGEST] 3 events on 2026-11-20 in payments");
    expect(email).toContain("in account payments (444455556666)\n");
    expect(email).not.toContain("Accounts ");
  });
});

describe("a timeline", () => {
  const of = (...accounts: readonly string[]) =>
    timelineNotice(
      {
        ...{ id: "0123456789abcdef-20261120T014500Z", startedAt: START, severity: "high", more: 0 },
        steps: accounts.map((account, i): IncidentStep => step(`e${i}`, i, { account })),
      },
      0,
      CENTRAL,
      "us-east-1",
      LABELS,
    );

  test("is of the account of its alerts, not of the function's", () => {
    const { subject, email, json, attributes } = of(MEMBER, MEMBER);

    expect(subject).toMatch(/ in payments$/);
    expect(email).toContain("\nAccount  payments (444455556666)\n");
    expect([json.account.id, attributes.account]).toEqual([MEMBER, MEMBER]);
  });

  test("names all of them where there are several, and each alert's own", () => {
    const { subject, email, json } = of(MEMBER, OTHER, MEMBER);

    expect(subject).toMatch(/ in 2 accounts$/);
    expect(email).toContain("\nAccount  payments (444455556666), web (777788889999)\n");
    expect(email).toMatch(/2\. .* in web eu-west-1/);
    expect(json).toMatchObject({
      account: { id: MEMBER },
      steps: [{ account: { id: MEMBER } }, { account: { id: OTHER } }, {}],
    });
  });

  test("names five at most, and how many others", () => {
    const many = Array.from({ length: 7 }, (_, i) => `00000000000${i}`);

    expect(of(...many).email).toMatch(/\nAccount {2}000000000000, .*000000000004 and 2 others\n/);
  });
});
