import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { logFile, logFiles, writeLogFile } from "../../../../tools/bench/logs/log-file";
import { logRecords } from "../../../../tools/bench/logs/records";

const RECIPE = { seed: 7, records: 50, matching: 0.02 };

function recordsIn(file: Uint8Array): readonly unknown[] {
  return (JSON.parse(gunzipSync(file).toString("utf8")) as { readonly Records: readonly unknown[] }).Records;
}

describe("a log file", () => {
  test("holds the records of its recipe", () => {
    expect(recordsIn(logFile(RECIPE))).toEqual([...logRecords(RECIPE)]);
  });

  test("is the same for the same recipe, and another for another seed", () => {
    expect(logFile(RECIPE).equals(logFile(RECIPE))).toBe(true);
    expect(logFile(RECIPE).equals(logFile({ ...RECIPE, seed: 8 }))).toBe(false);
  });
});

test("many log files hold a few records each, all of the recipe's in their order", () => {
  const files = logFiles(RECIPE, 20).map(recordsIn);

  expect(files.map((records) => records.length)).toEqual([20, 20, 10]);
  expect(files.flat()).toEqual([...logRecords(RECIPE)]);
});

test("a log file that is written bit by bit is the same, and its size is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-logs-"));
  try {
    const recipe = { ...RECIPE, records: 1_000 };
    const path = join(folder, "log.json.gz");
    const bytes = await writeLogFile(path, recipe);

    expect(recordsIn(readFileSync(path))).toEqual([...logRecords(recipe)]);
    expect(bytes).toBe(gunzipSync(readFileSync(path)).length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
