import { describe, expect, test } from "@jest/globals";
import { COLORS, PLAIN, paintFor } from "../../../../cli/replay/output/paint";
import { textLines } from "../../../../cli/replay/output/text";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { alert, outcome, result } from "../results";

const DAY = { day: "2026-11-20" };
const lines = (of: ReplayResult, paint = PLAIN) => [...textLines(of, paint)];

describe("a replay's text", () => {
  test("has two lines for each alert, by day", () => {
    const alerts = [
      alert({ outcome: "denied", errorCode: "AccessDenied", errorMessage: "a long story" }),
      alert({ eventTime: "2026-11-21T23:00:00Z", eventName: "DeleteTrail" }),
    ];

    expect(lines(result({ alerts })).slice(0, 7)).toEqual([
      "2026-11-20",
      "  02:14:05  CRITICAL  CloudTrail stopped: StopLogging (denied: AccessDenied)  trail-stopped",
      "            IAM user alice (account 111122223333), from 203.0.113.77, in 111122223333 eu-west-1  a.json.gz",
      "",
      "2026-11-21",
      "  23:00:00  CRITICAL  CloudTrail stopped: DeleteTrail  trail-stopped",
      "            IAM user alice (account 111122223333), from 203.0.113.77, in 111122223333 eu-west-1  a.json.gz",
    ]);
  });

  test("names the detections of one alert, and says which alerts are updates of an incident", () => {
    const place = (role: "opens" | "rises" | "update", number: number) => ({ id: "a-1", role, number });
    const alerts = [
      alert({ severity: "high", incident: place("opens", 1), alsoMatched: ["root-used", "calls"] }),
      alert({ severity: "low", incident: place("update", 2) }),
      alert({ incident: place("rises", 3) }),
    ];
    const incidents = [
      {
        ...{ id: "a-1", severity: "critical" as const, actor: "alice", alerts: 3 },
        ...{ firstTime: "2026-11-20T02:14:05Z", lastTime: "2026-11-20T02:14:05Z" },
      } as const,
    ];
    const text = lines(result({ alerts, incidents, detections: [outcome({}, { ...DAY, matches: 3, alerts: 3 })] }));

    expect(text.filter((line) => line.includes("02:14:05"))).toEqual([
      "  02:14:05  HIGH      CloudTrail stopped: StopLogging  trail-stopped, root-used, calls",
      "  02:14:05  LOW       update 2: CloudTrail stopped: StopLogging  trail-stopped",
      "  02:14:05  CRITICAL  CloudTrail stopped: StopLogging  trail-stopped",
    ]);
    expect(text.at(-1)).toContain(": 3 alerts (1 incident, 1 more severe later, 1 update), 0 summaries, 1 timeline, ");
  });

  test("says how many alerts succeeded after attempts, and how many incidents get a timeline", () => {
    const place = (id: string, role: "opens" | "rises" | "update", number: number) => ({ id, role, number });
    const alerts = [
      alert({ incident: place("a-1", "opens", 1), outcome: "denied" }),
      alert({ incident: { ...place("a-1", "rises", 2), nowSucceeded: true } }),
      alert({ incident: place("a-1", "update", 3) }),
      alert({ incident: place("b-1", "opens", 1) }),
    ];
    const common = { severity: "critical", actor: "alice", firstTime: "unknown", lastTime: "unknown" } as const;
    const incidents = [
      { ...common, id: "a-1", alerts: 3 },
      { ...common, id: "b-1", alerts: 1 },
    ];
    const text = lines(result({ alerts, incidents, detections: [outcome({}, { ...DAY, matches: 4, alerts: 4 })] }));

    expect(text.at(-1)).toContain(
      ": 4 alerts (2 incidents, 1 succeeded after attempts, 1 update), 0 summaries, 1 timeline, 0 events in digests",
    );
  });

  test("counts what alerted, as the lead or beneath another", () => {
    const detections = [
      outcome({ technique: "T1562" }, { ...DAY, alerts: 1 }),
      outcome({ detection: "b", technique: "T1562" }, { ...DAY, merged: 1 }),
      outcome({ detection: "c" }, { ...DAY, alerts: 1 }, { day: "2026-11-21", grouped: 1 }),
      outcome({ detection: "too-few", technique: "T1" }, { ...DAY, counted: 9 }),
      outcome({ detection: "signal", tier: "signal", technique: "T2" }, { ...DAY, counted: 9 }),
      outcome({ detection: "suppressed", technique: "T3" }, { ...DAY, suppressed: 9 }),
    ];

    expect(lines(result({ detections })).at(-2)).toBe("3 detections alerted, of 1 ATT&CK technique.");
    expect(lines(result({})).join("")).not.toContain("ATT&CK");
  });

  test("has fifty alerts of a detection and day, and says how many more there are", () => {
    const many = Array.from({ length: 1_052 }, (_, index) => alert({ eventName: `Call${index}` }));
    const other = alert({ detection: "other" });
    const next = alert({ eventTime: "2026-11-21T00:00:00Z", eventName: "NextDay" });
    const text = lines(result({ alerts: [...many, other, next] }));

    expect(text.slice(99, 107)).toEqual([
      expect.stringContaining(": Call49  "),
      expect.anything(),
      expect.stringMatching(/ other$/),
      expect.anything(),
      "            and 1,002 more of trail-stopped",
      expect.stringContaining("all of them: --format json or html"),
      "",
      "2026-11-21",
    ]);
    expect(text[107]).toContain("NextDay");
  });

  test("has one entry for what the day's digest tells of a detection and actor", () => {
    const digest = { tier: "digest", severity: "low", detection: "policy-changed", title: "Policy changed" } as const;
    const alerts = [alert(digest), alert(), alert({ ...digest, actor: "bob" }), alert(digest)];

    expect(lines(result({ alerts })).slice(3, 7)).toEqual([
      "  digest    LOW       Policy changed ×2  policy-changed",
      "            IAM user alice (account 111122223333)",
      "  digest    LOW       Policy changed ×1  policy-changed",
      "            bob",
    ]);
  });

  test("has alerts per detection and day, ten days beside each other, and nothing of quiet ones", () => {
    const days = Array.from({ length: 11 }, (_, index) => ({ day: `2026-11-${10 + index}`, matches: 2, alerts: 1 }));
    const text = lines(
      result({
        detections: [
          outcome({}, ...days),
          outcome({ detection: "late", severity: "low", tier: "digest" }, { day: "2026-11-20", digested: 7 }),
          outcome({ detection: "quiet" }, { day: "2026-11-20", matches: 5, counted: 5 }),
        ],
      }),
    );
    const first = text.indexOf("Alerts per detection and day (in parentheses: events in the daily digest)");

    expect(text[first + 1]).toMatch(/^severity {2}detection +2026-11-10 .* 2026-11-19$/);
    expect(text[first + 2]).toMatch(/^critical {2}trail-stopped( +1){10}$/);
    expect(text.slice(first + 3, first + 9)).toEqual([
      "",
      text[first],
      "severity  detection      2026-11-20",
      "critical  trail-stopped           1",
      "low       late                  (7)",
      "",
    ]);
  });

  test("has what became of all matches, with sums", () => {
    const text = lines(
      result({
        detections: [
          outcome({ summaries: 1 }, { day: "2026-11-20", matches: 5, alerts: 1, merged: 1, grouped: 2, duplicates: 1 }),
          outcome({ detection: "other" }, { day: "2026-11-20", matches: 3, counted: 1, digested: 1, suppressed: 1 }),
        ],
      }),
    );
    const first = text.indexOf("Match outcomes (2 of 80 detections matched)");

    expect(text.slice(first + 1, first + 5).map((line) => line.trim().split(/ {2,}/))).toEqual([
      [
        "severity",
        "detection",
        ..."matches alerts merged summaries grouped counted digest suppressed duplicates".split(" "),
      ],
      ["critical", "trail-stopped", "5", "1", "1", "1", "2", "1"],
      ["critical", "other", "3", "1", "1", "1"],
      ["all", "8", "1", "1", "1", "2", "1", "1", "1", "1"],
    ]);
  });

  test("names suppressions, files that can't be read and records that can't be judged", () => {
    const text = lines(
      result({
        suppressions: [{ id: "nightly", reason: "Known clean-up", matches: 1_200 }],
        files: { read: 2, bytes: 1_000, leftOut: 3, unreadable: [{ file: "b.json.gz", reason: "it is empty" }] },
        records: {
          read: 12_345,
          processingErrors: 11,
          firstProcessingErrors: [{ file: "c.json.gz", reason: "no name" }],
        },
      }),
    );

    expect(text).toEqual([
      "Suppressed",
      "  nightly  1,200  Known clean-up",
      "",
      "can't be read: b.json.gz: it is empty",
      "processing error: a record in c.json.gz: no name",
      "10 more processing errors",
      "12,345 records in 3 files (1 unreadable, 3 skipped, 11 processing errors): 0 alerts, 0 summaries, 0 events in digests, 0 suppressed.",
    ]);
  });
});

describe("the last line", () => {
  test.each([
    [1, 1, "1 record in 1 file: 1 alert, 0 summaries, 0 events in digests, 0 suppressed."],
    [20_000, 1_200, "20,000 records in 1,200 files: 20,000 alerts, 0 summaries, 0 events in digests, 0 suppressed."],
  ])("has numbers as people read them: %d", (count, read, line) => {
    const files = { ...result().files, read };
    const records = { ...result().records, read: count };
    const detections = [outcome({}, { day: "2026-11-20", matches: count, alerts: count })];

    expect(lines(result({ files, records, detections })).at(-1)).toBe(line);
  });
});

describe("colours", () => {
  test("are for terminals that have some", () => {
    expect(paintFor({ isTTY: true, hasColors: () => true })).toBe(COLORS);
    expect(paintFor({ isTTY: true, hasColors: () => false })).toBe(PLAIN);
    // A file or a pipe has no such method.
    expect(paintFor({} as NodeJS.WriteStream)).toBe(PLAIN);
  });

  test("change nothing but colours", () => {
    const of = result({ alerts: [alert()], detections: [outcome({}, { day: "2026-11-20", matches: 1, alerts: 1 })] });
    const coloured = lines(of, COLORS);

    expect(coloured).not.toEqual(lines(of));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours are made of
    expect(coloured.map((line) => line.replace(/\x1b\[[\d;]*m/g, ""))).toEqual(lines(of));
  });
});
