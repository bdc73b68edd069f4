import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readCases, record, writeCases } from "./cases";
import { DELIBERATE } from "./deliberate";
import { ownEngine } from "./engine";
import { fakeReferee } from "./fake-referee";

const CASES = [
  { rule: 1, name: "hit", pattern: '{"a":["x"]}', event: '{"a":"x"}', expected: false },
  { rule: 2, name: "miss", pattern: '{"a":["x"]}', event: '{"a":"y\u2028"}' },
  { rule: 3, name: "refused", pattern: '{"a":"x"}', event: "{}" },
  { rule: 4, name: "digits", pattern: '{"a":[9007199254740992]}', event: '{"a":9007199254740993}' },
  { rule: 5, name: "digits elsewhere", pattern: '{"a":["x"]}', event: '{"a":9007199254740993}' },
] as const;

const judges = { engine: ownEngine, deliberate: DELIBERATE };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-cases-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the referee's answers replace what was recorded", async () => {
  const keepsDigits = fakeReferee((same, { events }) =>
    String(events).includes("9007199254740993") ? { matches: [false] } : same,
  );

  const recorded = await record(CASES, { ...judges, referee: keepsDigits });

  expect(recorded.map(({ expected }) => expected)).toEqual([true, false, "refused", false, false]);
  expect(recorded.map(({ deliberate }) => deliberate)).toEqual([...Array(3), "digits", undefined]);
});

test("cases are one a line, and come back as they were written", () => {
  const file = join(folder, "cases.jsonl");

  writeCases(file, CASES);

  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(CASES.length + 1);
  expect(readCases(file)).toEqual(CASES);
});

test("an answer that changes is no answer to record", async () => {
  const moody = fakeReferee(() => ({ matches: [true], unstable: true }));

  await expect(record(CASES, { ...judges, referee: moody })).rejects.toThrow(
    "hit: event-ruler doesn't stick to its answer",
  );
});
