import { describe, expect, test } from "@jest/globals";
import { ownEngine } from "./engine";
import type { Judges } from "./excuses";
import { fakeReferee } from "./fake-referee";
import { exitCode, report } from "./report";
import { run } from "./run";
import { parseTree } from "./tree/parse-tree";

function judges(referee: Judges["referee"]): Judges {
  return { referee, engine: ownEngine, deliberate: [] };
}

describe("run", () => {
  test("finds nothing where both agree, and says so", async () => {
    const outcome = await run(judges(fakeReferee()), 501, 5);

    expect(outcome).toMatchObject({ seed: 5, pairs: 501, disagreements: 0, unstable: 0, findings: [] });
    expect(Object.values(outcome.answers).reduce((sum, part) => sum + part)).toBe(501);
    expect(exitCode(outcome, 0)).toBe(0);
    expect(report(outcome, [])).toContain("seed 5: 501 pairs");
    expect(report(outcome, [])).toMatch(/no disagreement$/);
  });

  test("shrinks a planted disagreement to one small finding", async () => {
    const lovesNull = fakeReferee((ruling, { events }) =>
      "refused" in ruling ? ruling : { matches: ruling.matches.map((one, i) => one || /null/.test(String(events[i]))) },
    );

    const outcome = await run(judges(lovesNull), 40, 5);

    expect(outcome.disagreements).toBeGreaterThan(0);
    expect(outcome.findings.length).toBeGreaterThan(0);
    expect(outcome.findings[0]).toMatchObject({ event: '{"a":null}', ruler: "true", engine: "false" });
    expect(exitCode(outcome, 0)).toBe(1);
    expect(report(outcome, [])).toMatch(
      /DISAGREEMENTS: \d+.*--pairs 40 --seed 5\n1\. event-ruler: true, engine: false/,
    );
  });

  test("compares what is refused, too", async () => {
    const refusesNumeric = fakeReferee((ruling, { pattern }) =>
      pattern.includes('"numeric"') ? { refused: "no numbers" } : ruling,
    );

    const { findings } = await run(judges(refusesNumeric), 30, 5);

    expect(findings).toContainEqual(expect.objectContaining({ ruler: "refused", words: ["no numbers"] }));
  });

  test("counts deliberate disagreements under their names and shrinks none", async () => {
    const agreed = { pattern: parseTree('{"a":["x"]}'), event: parseTree("{}") };
    const always = { id: "meant", reason: "it is", record: "docs", without: () => agreed };
    const contrary = fakeReferee((ruling) => ("refused" in ruling ? { matches: [true, true, true, true] } : ruling));

    const outcome = await run({ ...judges(contrary), deliberate: [always] }, 200, 5);

    expect(outcome).toMatchObject({ disagreements: 0, findings: [] });
    expect(outcome.deliberate.meant).toBeGreaterThan(10);
    expect(report(outcome, [always])).toContain("meant: it is (docs)");
  });

  test("calls what event-ruler doesn't stick to unstable, not a disagreement", async () => {
    const moody = fakeReferee((ruling, _, times) => {
      if ("refused" in ruling) return ruling;
      return times === 1 ? { matches: ruling.matches.map((one) => !one) } : { ...ruling, unstable: true };
    });

    const outcome = await run(judges(moody), 40, 5);

    expect(outcome.findings).toEqual([]);
    expect(outcome.unstable).toBeGreaterThan(0);
  });
});

test("an outdated record alone is a failure", () => {
  expect(exitCode({ disagreements: 0 }, 1)).toBe(1);
});
