import { beforeAll, describe, expect, test } from "@jest/globals";
import { type ScanFigures, takeFigures } from "../../../../tools/bench/scan/figures";
import { judgeRatios, ratiosOf } from "../../../../tools/bench/scan/ratios";
import { report } from "../../../../tools/bench/scan/report";
import { REPOSITORY } from "../../../repository";

const PLAN = { records: 100, shares: [0.02], rounds: 1, workersMs: 20, hugeRecords: 200 };

let figures: ScanFigures;
const told: string[] = [];

beforeAll(async () => {
  figures = await takeFigures(REPOSITORY, PLAN, (doing) => told.push(doing));
});

describe("a run over few records", () => {
  test("measures large and small files, every contender, in as many rounds", () => {
    expect(figures.cases.map(({ files, matching, records }) => [files, matching, records])).toEqual([
      ["large", 0.02, 100],
      ["small", 0.02, 100],
    ]);
    for (const { turns } of figures.cases) {
      expect(turns.map(({ name }) => name).slice(-3)).toEqual(["parse", "parse and match", "ours"]);
      expect(turns.map(({ turns: its }) => its.length)).toEqual(turns.map(() => 1));
    }
  });

  test("says what it measures as it goes", () => {
    expect(told).toContain("large files, 2 % matching");
    expect(told.at(-1)).toBe("reading a file of 200 records");
  });

  test("has every ratio", () => {
    for (const value of Object.values(ratiosOf(figures))) expect(value).toBeGreaterThanOrEqual(0);
  });

  test("is reported with a row for each contender, its memory too, and each target", () => {
    const lines = report(figures, judgeRatios(ratiosOf(figures))).split("\n");

    for (const start of ["gunzip alone (", "gunzip + JSON.parse  ", "gunzip + JSON.parse + match ", "ours "]) {
      const rows = lines.filter((line) => line.startsWith(`  ${start}`) && line.endsWith(" MB"));
      expect(rows).toHaveLength(2);
      for (const row of rows) expect(row).toMatch(/ [1-9]\d* MB$/);
    }
    expect(lines.filter((line) => /: (met|MISSED)$/.test(line))).toHaveLength(6);
  });
});
