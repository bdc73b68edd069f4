import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { PatternError } from "../../../detection/pattern/pattern";
import { type HandWritten, readCases } from "../../conformance/cases";
import { DELIBERATE } from "../../conformance/deliberate";

/** Answers recorded from AWS's event-ruler (`npm run conformance -- --record`), never from the engine. */
const cases = readCases(join(__dirname, "..", "..", "fixtures", "engine", "conformance.jsonl"));

function answerTo({ pattern, event }: HandWritten): boolean | "refused" {
  try {
    return matches(compilePattern(JSON.parse(pattern)), JSON.parse(event));
  } catch (error) {
    if (error instanceof PatternError) return "refused";
    throw error;
  }
}

describe.each([...new Set(cases.map(({ rule }) => rule))])("rule %i of decision 12", (rule) => {
  const ofRule = cases.filter((one) => one.rule === rule && one.deliberate === undefined);

  test.each(ofRule.map((one) => [one.name, one] as const))("%s", (_, one) => {
    expect({ ...one, expected: answerTo(one) }).toEqual(one);
  });
});

describe("hand-written cases", () => {
  test("are many, each under a name of its own, each with event-ruler's answer", () => {
    expect(cases.length).toBeGreaterThanOrEqual(250);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ expected }) => expected === undefined)).toEqual([]);
  });

  test("that the engine answers otherwise are of a kind that is argued for, and no others are", () => {
    const meant = cases.filter(({ deliberate }) => deliberate !== undefined);
    const kinds = new Set(meant.flatMap(({ deliberate }) => deliberate ?? []));

    expect(meant.filter((one) => answerTo(one) === one.expected).map(({ name }) => name)).toEqual([]);
    expect(DELIBERATE.map(({ id }) => id)).toEqual(expect.arrayContaining([...kinds]));
  });
});
