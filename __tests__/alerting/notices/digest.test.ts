import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type DigestEntry, digestNotice } from "../../../alerting/notices/digest";
import type { DigestNotification } from "../../../alerting/notification/notification";
import type { ClosingWindow } from "../../../alerting/windows/alert-state";
import { anyCharacter } from "../../any-character";
import { closingWindow, detectionNamed, grouped, totalsOf } from "./notices";

const ACCOUNT = "111122223333";
const REGION = "us-east-1";

function entry(
  actor: string,
  count: number,
  overrides: Partial<ClosingWindow> = {},
  id = "unauthorized-calls",
): DigestEntry {
  return {
    window: closingWindow({ actor, ...overrides }, "digest", detectionNamed(id)),
    totals: totalsOf(...grouped(count, { ending: "digested", actor, outcome: "succeeded" })),
  };
}

const digest = (...entries: readonly DigestEntry[]) => digestNotice(entries, ACCOUNT, REGION);

describe("digestNotice", () => {
  test("says what, how many, who and where, the gravest first", () => {
    const entries = [entry("role ci", 5), entry("IAM user bob", 1, {}, "data-destroyed"), entry("role deploy", 8)];
    const title = detectionNamed("data-destroyed").title;
    const calls = [{ name: "ListUsers", count: 13 }];

    expect(digest(...entries)).toEqual({
      subject: "[DIGEST] 14 events on 2026-11-20 in 111122223333",
      email: `DIGEST: 14 events on 2026-11-20 (UTC) in account 111122223333

Low urgency: nothing here was alerted on at once.

HIGH: ${title} ×1
Who      IAM user bob ×1
Outcome  1 succeeded
Calls    ListUsers ×1
Regions  eu-west-1 ×1
Detection data-destroyed

LOW: Access denied ×13
Who      role deploy ×8, role ci ×5
Outcome  13 succeeded
Calls    ListUsers ×13
Regions  eu-west-1 ×13
Detection unauthorized-calls

What to do
1. Look for callers and calls that you did not expect. CloudTrail's event history shows them for 90 days (management events only, 5 to 15 minutes after the call).
2. The log archive has every event.
`,
      sms: expect.stringMatching(/^DIGEST 14 events: .*Access denied x13 111122223333 2026-11-20$/),
      json: {
        version: "1.0",
        kind: "digest",
        id: expect.stringMatching(`^digest/${ACCOUNT}/${REGION}/2026-11-20/[0-9a-f]{16}$`),
        day: "2026-11-20",
        account: { id: ACCOUNT },
        region: REGION,
        unacknowledged: [],
        severity: "high",
        count: 14,
        detections: [
          expect.objectContaining({ id: "data-destroyed", count: 1 }),
          {
            id: "unauthorized-calls",
            title: "Access denied",
            severity: "low",
            count: 13,
            actors: [
              { actor: "role deploy", count: 8, outcomes: { succeeded: 8 } },
              { actor: "role ci", count: 5, outcomes: { succeeded: 5 } },
            ],
            outcomes: { succeeded: 13 },
            calls,
            regions: ["eu-west-1"],
          },
        ],
      },
      attributes: { kind: "digest", severity: "high", detection: "digest", account: ACCOUNT, region: REGION },
    });
  });

  test("speaks of one as of one", () => {
    expect(digest(entry("role ci", 1)).subject).toBe("[DIGEST] 1 event on 2026-11-20 in 111122223333");
    expect(digest(entry("role ci", 1)).email).toMatch(/^DIGEST: 1 event on /);
  });

  test("counts what an earlier digest has not reported, and says what it has", () => {
    const { subject, email, json } = digest(entry("role ci", 5, { reported: 4 }), entry("role deploy", 2));

    expect(subject).toContain("3 events on");
    expect(email).toContain(
      "An earlier digest covered 4 more; callers, outcomes, calls and regions below count those too.\n",
    );
    expect(email).toContain("Who      role ci ×5, role deploy ×2\n");
    expect(json).toMatchObject({ count: 3, detections: [{ count: 3 }] });
    expect(digest(entry("role ci", 5)).email).not.toContain("earlier");
  });

  test("names the days where there are several", () => {
    const { start, end } = closingWindow({}, "digest");
    const before = entry("role ci", 1, { start: start - 86_400_000, end: end - 86_400_000 });

    expect(digest(entry("role ci", 2), before).subject).toBe(
      "[DIGEST] 3 events on 2026-11-19 to 2026-11-20 in 111122223333",
    );
    expect(digest(entry("role ci", 2), before).email).toContain("Who      role ci ×3\n");
  });

  test("stays readable for fifty thousand actors", () => {
    const window = closingWindow({}, "digest");
    const entries = Array.from({ length: 50_000 }, (_, i) => ({
      window,
      totals: totalsOf(...grouped(2, { actor: `user ${i}`, outcome: "succeeded" })),
    }));
    const { email, json } = digest(...entries);

    expect(email).toContain("Access denied ×100000\n");
    expect(email).toMatch(/Who {6}user 0 ×2, user 1 ×2, .* and 49995 others\n/);
    expect(email.length).toBeLessThan(1_000);
    expect(json).toMatchObject({ detections: [{ otherActors: { actors: 49_900, count: 99_800 } }] });
    expect(JSON.stringify(json).length).toBeLessThan(20_000);
  });

  test("has a short text for every channel, whatever it tells of, and its numbers add up", () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 200 });
    const entries = fc.array(
      fc
        .record({
          actor: text,
          title: text,
          count: fc.integer({ min: 1, max: 20 }),
          detection: fc.constantFrom("a", "b", "c"),
        })
        .map(({ count, ...window }) => entry(window.actor, count, window)),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(entries, (some) => {
        const { subject, sms, json } = digest(...some);
        const total = some.reduce((sum, { totals }) => sum + totals.count, 0);
        const { detections } = json as DigestNotification;
        const sum = (counts: readonly { count: number }[]) => counts.reduce((all, { count }) => all + count, 0);

        expect(subject).toMatch(/^\[DIGEST\] [\x20-\x7e]{1,90}$/);
        expect(sms).toMatch(/^DIGEST [\x20-\x7e]{1,133}$/);
        expect(sms).toMatch(/ 111122223333 2026-11-20$/);
        expect(sum(detections)).toBe(total);
        for (const { count, actors } of detections) expect(sum(actors)).toBe(count);
      }),
    );
  });
});
