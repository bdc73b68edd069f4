import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gravest, most, summaryNotice } from "../../../lambda-src/publish/summary";
import { closingWindow, folded, HOSTILE, totalsOf } from "./notices";

const ACCOUNT = "111122223333";
const storm = totalsOf(
  ...folded(200),
  ...folded(100, { region: "us-east-1", eventName: "ListRoles" }),
  ...folded(12, { region: "sa-east-1", time: "2026-11-20T02:14:59Z" }),
);

describe("summaryNotice", () => {
  test("says how many, who, what, where, when and what to do", () => {
    expect(summaryNotice(closingWindow(), storm, ACCOUNT)).toEqual({
      subject: "[LOW] 312 more in 15 min: Call refused for want of permission",
      email: `LOW: 312 more in 15 min: Call refused for want of permission

An alert went out for the first event. 312 more followed and are told here.

Who      IAM user alice (account 111122223333)
Calls    ListUsers ×212, ListRoles ×100
Regions  eu-west-1 ×200, us-east-1 ×100, sa-east-1 ×12
Account  111122223333
First    2026-11-20T02:00:00Z (UTC)
Last     2026-11-20T02:14:59Z (UTC)

What to do
1. Read the alert that came first, and do as it says.
2. See the most frequent (up to 90 days): aws cloudtrail lookup-events --region eu-west-1 --start-time 2026-11-20T02:00:00Z --end-time 2026-11-20T02:15:00Z --lookup-attributes AttributeKey=EventName,AttributeValue=ListUsers
   (Event history shows a call 5 to 15 minutes after it was made, and management events only.)
Detection unauthorized-calls. The log archive has every event.
`,
      sms: "LOW 312 more in 15 min: Call refused for want of permission by IAM user alice. 111122223333 3 regions 02:14Z",
      json: {
        kind: "summary",
        detection: "unauthorized-calls",
        title: "Call refused for want of permission",
        severity: "low",
        account: ACCOUNT,
        actor: "IAM user alice (account 111122223333)",
        count: 312,
        total: 312,
        windowStart: "2026-11-20T02:00:00Z",
        windowEnd: "2026-11-20T02:15:00Z",
        regions: ["eu-west-1", "us-east-1", "sa-east-1"],
        firstTime: "2026-11-20T02:00:00Z",
        lastTime: "2026-11-20T02:14:59Z",
        calls: [
          { eventName: "ListUsers", count: 212 },
          { eventName: "ListRoles", count: 100 },
        ],
      },
      attributes: { severity: "low", detection: "unauthorized-calls", account: ACCOUNT, region: "several" },
    });
  });

  test("speaks of one as of one", () => {
    const { subject, email, attributes } = summaryNotice(closingWindow(), totalsOf(...folded(1)), ACCOUNT);

    expect(subject).toBe("[LOW] 1 more in 15 min: Call refused for want of permission");
    expect(email).toContain("An alert went out for the first event. One more followed and is told here.\n");
    expect(email).toContain("\nWhen     2026-11-20T02:00:00Z (UTC)\n");
    expect(email).not.toMatch(/^(First|Last) /m);
    expect(email).toContain("2. See it (up to 90 days): ");
    expect(attributes.region).toBe("eu-west-1");
  });

  test("says it where nothing was sent before, since the hour's limit had been reached", () => {
    const totals = totalsOf(...folded(1, { ending: "capped" }), ...folded(12));
    const { subject, email } = summaryNotice(closingWindow(), totals, ACCOUNT);

    expect(subject).toBe("[LOW] 13 held back in 15 min: Call refused for want of permission");
    expect(email).toContain("No alert went out for these 13 events: the hour's limit of alerts had been reached.\n");
    expect(email).toContain("1. Look now: nothing was sent before this.\n2. See them (up");
    expect(email).not.toContain("An alert went out");
  });

  test("speaks of one that was held back as of one", () => {
    const { email } = summaryNotice(closingWindow(), totalsOf(...folded(1, { ending: "capped" })), ACCOUNT);

    expect(email).toContain("No alert went out for this event: ");
  });

  test("says what came after an earlier summary", () => {
    const totals = totalsOf(...folded(1, { ending: "capped" }), ...folded(311));
    const { subject, email, json } = summaryNotice(closingWindow({ told: 300 }), totals, ACCOUNT);

    expect(subject).toBe("[LOW] 12 more came late: Call refused for want of permission");
    expect(email).toContain("A summary told of 300 before; 12 more came after it. What follows is about all 312.\n");
    expect(email).toContain("1. Read what was sent first, and do as it says.\n");
    expect(json).toMatchObject({ count: 12, total: 312 });
  });

  test("counts by the longer window of another detection", () => {
    const { start } = closingWindow();
    const window = closingWindow({ end: start + 60 * 60_000 });

    expect(summaryNotice(window, storm, ACCOUNT).subject).toContain("312 more in 60 min");
  });

  test("names the five most frequent calls and says how many others there are", () => {
    const calls = ["A", "B", "C", "D", "E", "F", "G"].flatMap((eventName, i) => folded(7 - i, { eventName }));
    const { email, json } = summaryNotice(closingWindow(), totalsOf(...calls), ACCOUNT);

    expect(email).toContain("\nCalls    A ×7, B ×6, C ×5, D ×4, E ×3 and 2 others\n");
    expect(json).toHaveProperty("calls.length", 7);
  });

  test("says no time where no record gives one that can be read", () => {
    const window = closingWindow({ start: 0, end: 15 * 60_000 });
    const { email, sms, json } = summaryNotice(window, totalsOf(...folded(2, { time: "yesterday" })), ACCOUNT);

    expect(email).toContain("\nWhen     unknown (UTC)\n");
    expect(email).not.toContain("1970");
    expect(sms).toMatch(/ 111122223333 eu-west-1$/);
    expect(json).toMatchObject({ firstTime: "unknown", lastTime: "unknown" });
  });

  test.each(["x; rm -rf /", "$(reboot)", "--profile", "a b", "é"])(
    "hands no shell a call or region named %j",
    (name) => {
      const { email } = summaryNotice(
        closingWindow(),
        totalsOf(...folded(1, { eventName: name, region: name })),
        ACCOUNT,
      );
      const command = /aws cloudtrail .*/.exec(email)?.[0];

      expect(command).toBe(
        "aws cloudtrail lookup-events --region <awsRegion> --start-time 2026-11-20T02:00:00Z --end-time 2026-11-20T02:15:00Z",
      );
    },
  );

  test("lets nobody add a line, nor hide one", () => {
    const window = closingWindow();
    const members = folded(2, { eventName: HOSTILE, region: HOSTILE, time: HOSTILE });
    const { email } = summaryNotice(window, totalsOf(...members), ACCOUNT);
    const plain = summaryNotice(window, totalsOf(...folded(2, { time: "" })), ACCOUNT).email;

    expect(email.split("\n")).toHaveLength(plain.split("\n").length);
    expect(email).not.toMatch(/[\r\0\u2028\u202e\u200b]/);
  });

  test("has no line twice, and a short text for every channel, whatever it tells of", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    const long = fc
      .tuple(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom(1, 50))
      .map(([piece, times]) => piece.repeat(times));
    const member = fc.record({
      eventName: text,
      region: text,
      time: text,
      ending: fc.constantFrom("folded" as const, "capped" as const),
    });
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 1, maxLength: 12 }),
        fc.record({ title: long, actor: long }),
        (members, { title, actor }) => {
          const { subject, sms, email } = summaryNotice(closingWindow({ title, actor }), totalsOf(...members), ACCOUNT);
          const own = email.replace(title, "T").replace(actor, "A");
          const lines = own.split("\n").filter((line) => line !== "");

          expect(subject).toMatch(/^\[LOW\] [\x20-\x7e]{1,93}$/);
          expect(sms).toMatch(/^LOW [\x20-\x7e]{1,136}$/);
          expect(sms).toContain(` ${ACCOUNT} `);
          expect(new Set(lines).size).toBe(lines.length);
        },
      ),
    );
  });
});

describe("Totals", () => {
  test("takes the first and the last by time, however times are written", () => {
    const times = ["2026-11-20T02:00:09Z", "odd", "2026-11-20T03:30:00+02:00", "2026-11-20T02:00:00Z", ""];
    const { firstTime, lastTime, count } = totalsOf(...times.flatMap((time) => folded(1, { time })));

    expect([firstTime, lastTime, count]).toEqual(["2026-11-20T01:30:00Z", "2026-11-20T02:00:09Z", 5]);
  });

  test("knows calls named like what every object has", () => {
    const { calls } = totalsOf(...folded(2, { eventName: "__proto__" }), ...folded(1, { eventName: "constructor" }));

    expect(calls).toEqual([
      { name: "__proto__", count: 2 },
      { name: "constructor", count: 1 },
    ]);
  });
});

test.each([
  [0, ""],
  [1, "a0 ×1"],
  [5, "a0 ×1, a1 ×1, a2 ×1, a3 ×1, a4 ×1"],
  [6, "a0 ×1, a1 ×1, a2 ×1, a3 ×1, a4 ×1 and 1 other"],
  [8, "a0 ×1, a1 ×1, a2 ×1, a3 ×1, a4 ×1 and 3 others"],
])("most of %d", (length, text) => {
  expect(most(Array.from({ length }, (_, i) => ({ name: `a${i}`, count: 1 })))).toBe(text);
});

test.each([
  [["low", "critical", "high"], "critical"],
  [["low", "medium"], "medium"],
  [["odd"], "low"],
  [[], "low"],
])("gravest of %j is %s", (severities, severity) => {
  expect(gravest(severities)).toBe(severity);
});
