import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readCases, record, writeCases } from "../../conformance/cases";
import { fakeReferee } from "./fake-referee";

const CASES = [
  { rule: 1, name: "hit", pattern: '{"a":["x"]}', event: '{"a":"x"}', expected: false },
  { rule: 2, name: "miss", pattern: '{"a":["x"]}', event: '{"a":"y\u2028"}' },
  { rule: 3, name: "refused", pattern: '{"a":"x"}', event: "{}" },
  { rule: 4, name: "digits", pattern: '{"a":["x"]}', event: '{"a":9007199254740993}' },
] as const;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-cases-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the referee's answers replace what was recorded", async () => {
  const recorded = await record(CASES, fakeReferee());

  expect(recorded.map(({ expected }) => expected)).toEqual([true, false, "refused", false]);
  expect(recorded.map(({ deliberate }) => deliberate)).toEqual([undefined, undefined, undefined, "digits"]);
});

test("cases are one a line, and come back as they were written", () => {
  const file = join(folder, "cases.jsonl");

  writeCases(file, CASES);

  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(CASES.length + 1);
  expect(readCases(file)).toEqual(CASES);
});

test("an answer that changes is no answer to record", async () => {
  const moody = fakeReferee(() => ({ matches: [true], unstable: true }));

  await expect(record(CASES, moody)).rejects.toThrow("hit: event-ruler doesn't stick to its answer");
});
