import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Tally } from "../../../alerting/tally";
import { embeddedMetrics } from "../../../lambda-src/alert/metrics";

interface Line {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [metric: string]: unknown;
}

const NOW = Date.parse("2026-11-20T02:20:00Z");
const OUTCOMES = [
  "suppressed",
  "published",
  "merged",
  "duplicate",
  "grouped",
  "counted",
  "digested",
  "rateLimited",
  "failed",
] as const;

function tallied(change: (tally: Tally) => void): Tally {
  const tally = new Tally();
  change(tally);
  return tally;
}

const anyTally = fc
  .record({
    read: fc.nat(500),
    evaluated: fc.nat(5_000),
    processingErrors: fc.nat(50),
    ends: fc.tuple(...OUTCOMES.map(() => fc.nat(300))),
  })
  .map(({ read, evaluated, processingErrors, ends }) =>
    tallied((tally) => {
      tally.objects.read = read;
      Object.assign(tally.records, { read: evaluated + processingErrors, evaluated, processingErrors });
      for (const [i, outcome] of OUTCOMES.entries()) tally.matches[outcome] = ends[i] as number;
      tally.matches.made = ends.reduce((sum, end) => sum + end, 0);
    }),
  );

describe("embeddedMetrics", () => {
  test("is a line that CloudWatch reads", () => {
    const tally = tallied(({ objects, records, matches }) => {
      objects.read = 2;
      records.read = records.evaluated = 7;
      matches.made = 3;
      matches.published = 1;
      matches.grouped = 2;
    });

    expect(embeddedMetrics("acme", tally, [61_000], NOW)).toEqual({
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: "acme",
            Dimensions: [[]],
            Metrics: [
              { Name: "Objects", Unit: "Count" },
              { Name: "Records", Unit: "Count" },
              { Name: "RecordsEvaluated", Unit: "Count" },
              { Name: "MatchesMade", Unit: "Count" },
              { Name: "MatchesPublished", Unit: "Count" },
              { Name: "MatchesGrouped", Unit: "Count" },
              { Name: "AlertLag", Unit: "Seconds" },
            ],
          },
        ],
      },
      Objects: 2,
      Records: 7,
      RecordsEvaluated: 7,
      MatchesMade: 3,
      MatchesPublished: 1,
      MatchesGrouped: 2,
      AlertLag: [61],
    });
  });

  test("has a metric for every outcome that a match can have", () => {
    const { made: _, ...outcomes } = new Tally().matches;

    expect(Object.keys(outcomes)).toEqual(OUTCOMES);
  });

  test("has a metric for what the event path missed, one for what of it only reads, and one for silent accounts", () => {
    const tally = tallied(({ reach }) => Object.assign(reach, { missed: 3, missedReadOnly: 2, silent: 1 }));

    expect(embeddedMetrics("acme", tally, [], NOW)).toMatchObject({
      EventPathMissed: 3,
      EventPathMissedReadOnly: 2,
      AccountsSilent: 1,
      _aws: { CloudWatchMetrics: [{ Dimensions: [[]] }] },
    });
  });

  test("adds nothing to the line where nothing happened", () => {
    expect(embeddedMetrics("acme", new Tally(), [], NOW)).toEqual({});
  });

  test("keeps each alert's lag apart, and of too many for a line the longest", () => {
    const lags = Array.from({ length: 250 }, (_, i) => i * 1_000);
    const { AlertLag } = embeddedMetrics("acme", new Tally(), lags, NOW) as Line;

    expect(AlertLag).toEqual(Array.from({ length: 100 }, (_, i) => 249 - i));
  });

  test("takes an event from the future for one of now", () => {
    expect(embeddedMetrics("acme", new Tally(), [-5_000], NOW)).toMatchObject({ AlertLag: [0] });
  });

  test("names every metric it holds and holds every metric it names, as numbers that add up to the tally", () => {
    fc.assert(
      fc.property(anyTally, fc.array(fc.integer({ min: -1_000, max: 1e9 }), { maxLength: 300 }), (tally, lags) => {
        const line = embeddedMetrics("acme", tally, lags, NOW) as Line;
        const { _aws, ...root } = line;
        const names = _aws?.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name)) ?? [];
        const of = (name: string) => (root[name] ?? 0) as number;

        expect(names).toEqual(Object.keys(root));
        expect(names.length).toBeLessThanOrEqual(100);
        for (const value of Object.values(root)) {
          const values = Array.isArray(value) ? value : [value];
          expect(values.length).toBeLessThanOrEqual(100);
          for (const one of values) expect(Number.isFinite(one)).toBe(true);
        }
        expect(((root.AlertLag ?? []) as number[]).length).toBe(Math.min(100, lags.length));
        expect(of("Objects")).toBe(tally.objects.read);
        expect(of("Records")).toBe(of("RecordsEvaluated") + of("RecordProcessingErrors"));
        expect(of("MatchesMade")).toBe(
          OUTCOMES.reduce((sum, outcome) => sum + of(`Matches${outcome[0]?.toUpperCase()}${outcome.slice(1)}`), 0),
        );
        expect(JSON.parse(JSON.stringify(line))).toEqual(line);
      }),
    );
  });
});
