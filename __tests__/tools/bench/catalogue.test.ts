import { expect, test } from "@jest/globals";
import type { DayOutcome, DetectionOutcome } from "../../../cli/replay/result/replay-result";
import { table } from "../../../tools/bench/catalogue";

const day: DayOutcome = {
  ...{
    day: "2026-11-20",
    matches: 0,
    alerts: 0,
    merged: 0,
    digested: 0,
    grouped: 0,
    counted: 0,
    suppressed: 0,
    duplicates: 0,
  },
};

function outcome(detection: string, summaries: number, ...days: readonly Partial<DayOutcome>[]): DetectionOutcome {
  return {
    ...{ detection, title: "Title", severity: "low", tier: "alert", summaries },
    days: days.map((each) => ({ ...day, ...each })),
  };
}

test("the catalogue's table has the most told first, with sums over days", () => {
  const detections = [
    outcome("quiet", 0, { matches: 9, counted: 9 }),
    outcome("digested", 0, { matches: 3, digested: 3 }, { matches: 2, digested: 1, duplicates: 1 }),
    outcome("loud", 1, { matches: 4, alerts: 2, grouped: 1, suppressed: 1 }),
  ];
  const lines = table({
    detections,
    asked: 80,
    records: { read: 100, processingErrors: 1, firstProcessingErrors: [] },
  }).split("\n");

  expect(lines[0]).toBe("100 records, 1 of which can't be processed; 3 of 80 detections match.");
  expect(lines.slice(2)).toEqual([
    "| detection | severity | matches | suppressed | duplicates | alerts | merged | grouped | summaries | counted | digested | digests |",
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    "| `loud` | low | 4 | 1 |  | 2 |  | 1 | 1 |  |  |  |",
    "| `digested` | low | 5 |  | 1 |  |  |  |  |  | 4 | 2 |",
    "| `quiet` | low | 9 |  |  |  |  |  |  | 9 |  |  |",
    "| all |  | 18 | 1 | 1 | 2 | 0 | 1 | 1 | 9 | 4 | 2 |",
  ]);
});
