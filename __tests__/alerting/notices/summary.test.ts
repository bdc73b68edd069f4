// Over 250 lines: whole texts of a summary, which are long.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { most, summaryNotice } from "../../../alerting/notices/summary";
import type { SummaryNotification } from "../../../alerting/notification/notification";
import type { Member } from "../../../alerting/windows/alert-state";
import { mostSevere, type Severity } from "../../../detection/definition/detection";
import { anyCharacter } from "../../any-character";
import { closingWindow, grouped, HOSTILE, totalsOf } from "./notices";

const ACCOUNT = "111122223333";
const ALICE = "IAM user alice (account 111122223333)";
const [alerted] = grouped(1, { id: "alerted", ending: "published", time: "2026-11-20T01:59:59Z" }) as [Member];
const storm = totalsOf(
  alerted,
  ...grouped(200),
  ...grouped(100, { region: "us-east-1", eventName: "ListRoles" }),
  ...grouped(12, { region: "sa-east-1", time: "2026-11-20T02:14:59Z" }),
);

describe("summaryNotice", () => {
  test("names the incident of the window's alert, to people and machines", () => {
    const incident = "0123456789abcdef-20261120T015959Z";
    const of = (member: Member) => summaryNotice(closingWindow(), totalsOf(member, ...grouped(2)), ACCOUNT);

    expect(of({ ...alerted, incident }).email).toContain(`\nIncident ${incident}\n`);
    expect(of({ ...alerted, incident }).json).toMatchObject({ incident: { id: incident } });
    expect(of(alerted).email).not.toContain("Incident");
    expect(of(alerted).json).not.toHaveProperty("incident");
  });

  test("says how many, who, what, where, when and what to do", () => {
    expect(summaryNotice(closingWindow(), storm, ACCOUNT)).toEqual({
      subject: "[LOW] 312 more in 15 min: Access denied",
      email: `LOW: 312 more in 15 min: Access denied

An alert was sent for the first event (ListUsers, denied, by IAM user alice (account 111122223333)). 312 more followed: 312 denied.

Who      IAM user alice (account 111122223333): 312 denied
Calls    ListUsers ×212, ListRoles ×100
Regions  eu-west-1 ×200, us-east-1 ×100, sa-east-1 ×12
Account  111122223333
First    2026-11-20T02:00:00Z (UTC)
Last     2026-11-20T02:14:59Z (UTC)
Event    e0 (the first)

What to do
1. Follow the steps of the first alert.
2. See the first in CloudTrail (up to 90 days): https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/e0
3. List the most frequent: aws cloudtrail lookup-events --region eu-west-1 --start-time 2026-11-20T02:00:00Z --end-time 2026-11-20T02:15:00Z --lookup-attributes AttributeKey=EventName,AttributeValue=ListUsers
   (Event history shows a call 5 to 15 minutes after it was made, and management events only.)
Detection unauthorized-calls. The log archive has every event.
`,
      sms: "LOW 312 more in 15 min: Access denied by IAM user alice. 111122223333 3 regions 02:14Z",
      json: {
        version: "1.0",
        kind: "summary",
        id: `${closingWindow().id}/0`,
        severity: "low",
        account: { id: ACCOUNT },
        region: "several",
        detection: { id: "unauthorized-calls", title: "Access denied", severity: "low" },
        rateLimited: 0,
        news: "312 more in 15 min",
        links: {
          event: "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/e0",
        },
        actors: [{ actor: ALICE, count: 312, outcomes: { denied: 312 } }],
        outcomes: { denied: 312 },
        count: 312,
        total: 312,
        windowStart: "2026-11-20T02:00:00Z",
        windowEnd: "2026-11-20T02:15:00Z",
        regions: ["eu-west-1", "us-east-1", "sa-east-1"],
        firstTime: "2026-11-20T02:00:00Z",
        lastTime: "2026-11-20T02:14:59Z",
        firstEvent: {
          id: "e0",
          name: "ListUsers",
          region: "eu-west-1",
          actor: ALICE,
          outcome: "denied",
        },
        alerted: {
          id: "alerted",
          name: "ListUsers",
          region: "eu-west-1",
          actor: ALICE,
          outcome: "denied",
        },
        calls: [
          { name: "ListUsers", count: 212 },
          { name: "ListRoles", count: 100 },
        ],
      },
      attributes: {
        kind: "summary",
        severity: "low",
        detection: "unauthorized-calls",
        account: ACCOUNT,
        region: "several",
      },
    });
  });

  test("speaks of one as of one", () => {
    const { subject, email, attributes } = summaryNotice(closingWindow(), totalsOf(alerted, ...grouped(1)), ACCOUNT);

    expect(subject).toBe("[LOW] 1 more in 15 min: Access denied");
    expect(email).toContain(`by ${ALICE}). One more followed: 1 denied.\n`);
    expect(email).toContain("\nWhen     2026-11-20T02:00:00Z (UTC)\n");
    expect(email).not.toMatch(/^(First|Last) /m);
    expect(email).toContain("\n3. List it: aws ");
    expect(attributes.region).toBe("eu-west-1");
  });

  test("says it where nothing was sent before, since the hour's limit had been reached", () => {
    const totals = totalsOf(...grouped(1, { ending: "rateLimited" }), ...grouped(12));
    const { subject, email } = summaryNotice(closingWindow(), totals, ACCOUNT);

    expect(subject).toBe("[LOW] 13 rate-limited in 15 min: Access denied");
    expect(email).toContain(
      "No alert was sent for these 13 events: the rate limit (maxAlertsPerHour) was reached. Outcome: 13 denied.\n",
    );
    expect(email).toContain("1. Look now: no alert was sent before this summary.\n2. See the first in CloudTrail (up");
    expect(email).not.toContain("An alert went out");
  });

  test("claims no alert where none is put down as published: it failed, or its sender died", () => {
    const { subject, email, json } = summaryNotice(
      closingWindow({ severity: "critical" }),
      totalsOf(...grouped(2, { outcome: "succeeded" })),
      ACCOUNT,
    );

    expect(subject).toMatch(/^\[CRITICAL\] 2 more in 15 min, 2 succeeded: /);
    expect(email).toContain("\nAn alert for the first event may not have been sent. 2 more followed: 2 succeeded.\n");
    expect(email).toContain("\n1. Look now: this may be the first message about it.\n");
    expect(email).not.toContain("An alert went out");
    expect(json).not.toHaveProperty("alerted");
  });

  test("doesn't count successes of an earlier summary as new", () => {
    const totals = totalsOf(alerted, ...grouped(3, { outcome: "succeeded" }), ...grouped(1));

    expect(summaryNotice(closingWindow({ reported: 3 }), totals, ACCOUNT).subject).toMatch(
      /^\[LOW\] 1 more came late, 3 of 4 succeeded: /,
    );
  });

  test("speaks of one that was held back as of one", () => {
    const { email } = summaryNotice(closingWindow(), totalsOf(...grouped(1, { ending: "rateLimited" })), ACCOUNT);

    expect(email).toContain("No alert was sent for this event: ");
  });

  test("says what came after an earlier summary", () => {
    const totals = totalsOf(...grouped(1, { ending: "rateLimited" }), ...grouped(311));
    const { subject, email, json } = summaryNotice(closingWindow({ reported: 300 }), totals, ACCOUNT);

    expect(subject).toBe("[LOW] 12 more came late: Access denied");
    expect(email).toContain(
      "An earlier summary covered 300; 12 more came after it. The lines below cover all 312: 312 denied.\n",
    );
    expect(email).toContain("1. Follow the steps of the earlier alert.\n");
    expect(json).toMatchObject({ count: 12, total: 312 });
  });

  test("names each caller and outcome, those whose calls succeeded first, and no one person for several", () => {
    const role = (session: string) => `role ops, session ${session} (account ${ACCOUNT})`;
    const totals = totalsOf(
      ...grouped(1, { ending: "published", id: "e-alert", actor: role("jane"), outcome: "denied" }),
      ...grouped(40, { actor: role("jane") }),
      ...grouped(3, { actor: role("jane"), outcome: "failed" }),
      ...grouped(1, { actor: role("mallory"), outcome: "succeeded" }),
      ...[1, 2, 3, 4, 5].flatMap((number) => grouped(2, { actor: role(`ci${number}`) })),
    );
    const { subject, email, sms, json } = summaryNotice(closingWindow({ actor: role("jane") }), totals, ACCOUNT);

    expect(subject).toBe("[LOW] 54 more in 15 min, 1 succeeded: Access denied");
    expect(email).toContain(
      `An alert was sent for the first event (ListUsers, denied, by ${role("jane")}). 54 more followed: 1 succeeded, 50 denied, 3 failed.\n`,
    );
    expect(email).toContain(
      [
        `Who      ${role("mallory")}: 1 succeeded`,
        `         ${role("jane")}: 40 denied, 3 failed`,
        `         ${role("ci1")}: 2 denied`,
        `         ${role("ci2")}: 2 denied`,
        `         ${role("ci3")}: 2 denied`,
        "         2 others: 4 denied\nCalls ",
      ].join("\n"),
    );
    expect(sms).toMatch(/^LOW 54 more in 15 min, 1 succeeded: .* by 7 callers\. /);
    expect(json).toMatchObject({
      outcomes: { succeeded: 1, denied: 50, failed: 3 },
      alerted: { id: "e-alert", actor: role("jane"), outcome: "denied" },
    });
  });

  test("gives the counts of a thousand callers, the last nine hundred in one sum", () => {
    const members = Array.from({ length: 1_000 }, (_, i) => grouped(1 + (i % 3), { actor: `caller ${i}` })).flat();
    const { json } = summaryNotice(closingWindow(), totalsOf(...members), ACCOUNT);
    const { actors, otherActors, total } = json as {
      actors: readonly { count: number }[];
      otherActors: { actors: number; count: number; outcomes: { denied: number } };
      total: number;
    };

    expect([actors.length, otherActors.actors]).toEqual([100, 900]);
    expect(actors.reduce((sum, { count }) => sum + count, 0) + otherActors.outcomes.denied).toBe(total);
    expect(otherActors.count).toBe(otherActors.outcomes.denied);
  });

  test("says of what an earlier version put down that caller and outcome are not recorded", () => {
    const [old] = grouped(1);
    const { actor, outcome, ...without } = old as Member;
    const { email, json } = summaryNotice(closingWindow(), totalsOf(without, ...grouped(2)), ACCOUNT);

    expect(email).toContain(`Who      ${ALICE}: 2 denied\n         caller not recorded: 1 of unknown outcome\n`);
    expect(json).toMatchObject({ outcomes: { denied: 2, unknown: 1 } });
  });

  test("links the first event, and says so where the record has no id that could be looked up", () => {
    const first = grouped(1, { id: "sha256-0a", time: "2026-11-20T01:59:59Z", region: "unknown" });
    const { email, json } = summaryNotice(closingWindow(), totalsOf(...grouped(2), ...first), ACCOUNT);
    const counted = totalsOf(...grouped(1, { id: "~alert", eventId: "e-25", ending: "rateLimited" }));

    expect(email).toContain("\nEvent    the record has no id (the first)\n");
    expect(email).toContain("https://console.aws.amazon.com/cloudtrailv2/home#/events\n");
    expect((json as SummaryNotification).firstEvent).not.toHaveProperty("id");
    expect(summaryNotice(closingWindow(), counted, ACCOUNT).email).toMatch(/\nEvent {4}e-25\n[\s\S]*#\/events\/e-25\n/);
  });

  test("counts by the longer window of another detection", () => {
    const { start } = closingWindow();
    const window = closingWindow({ end: start + 60 * 60_000 });

    expect(summaryNotice(window, storm, ACCOUNT).subject).toContain("312 more in 60 min");
  });

  test("names the five most frequent calls and says how many others there are", () => {
    const calls = ["A", "B", "C", "D", "E", "F", "G"].flatMap((eventName, i) => grouped(7 - i, { eventName }));
    const { email, json } = summaryNotice(closingWindow(), totalsOf(...calls), ACCOUNT);

    expect(email).toContain("\nCalls    A ×7, B ×6, C ×5, D ×4, E ×3 and 2 others\n");
    expect(json).toHaveProperty("calls.length", 7);
  });

  test("says no time where no record gives one that can be read", () => {
    const window = closingWindow({ start: 0, end: 15 * 60_000 });
    const { email, sms, json } = summaryNotice(window, totalsOf(...grouped(2, { time: "yesterday" })), ACCOUNT);

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
        totalsOf(...grouped(1, { eventName: name, region: name })),
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
    const members = grouped(2, { eventName: HOSTILE, region: HOSTILE, time: HOSTILE });
    const { email } = summaryNotice(window, totalsOf(...members), ACCOUNT);
    const plain = summaryNotice(window, totalsOf(...grouped(2, { time: "" })), ACCOUNT).email;

    expect(email.split("\n")).toHaveLength(plain.split("\n").length);
    expect(email).not.toMatch(/[\r\0\u2028\u202e\u200b]/);
  });

  test("has no line twice, and a short text for every channel, whatever it tells of", () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 300 });
    const long = fc
      .tuple(fc.string({ unit: anyCharacter, minLength: 1 }), fc.constantFrom(1, 50))
      .map(([piece, times]) => piece.repeat(times));
    const member = fc.record({
      eventName: text,
      id: text,
      region: text,
      time: text,
      actor: text,
      outcome: fc.constantFrom("succeeded" as const, "denied" as const, "failed" as const),
      ending: fc.constantFrom("grouped" as const, "rateLimited" as const),
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
    const { firstTime, lastTime, count } = totalsOf(...times.flatMap((time) => grouped(1, { time })));

    expect([firstTime, lastTime, count]).toEqual(["2026-11-20T01:30:00Z", "2026-11-20T02:00:09Z", 5]);
  });

  test("knows calls named like what every object has", () => {
    const { calls } = totalsOf(...grouped(2, { eventName: "__proto__" }), ...grouped(1, { eventName: "constructor" }));

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

test.each<[readonly Severity[], Severity]>([
  [["low", "critical", "high"], "critical"],
  [["low", "medium"], "medium"],
  [["low"], "low"],
  [[], "low"],
])("mostSevere of %j is %s", (severities, severity) => {
  expect(mostSevere(severities)).toBe(severity);
});
