import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { wrapRecord } from "../../../detection/events/envelope";
import { suppressionProblems } from "../../../detection/suppressions/check-suppression";
import { enableSuppressions, rulingsOn } from "../../../detection/suppressions/enabled-suppressions";
import { propertyRuns } from "../../property-runs";
import { unauthorizedDescribe } from "../events/records";

const SOUND = {
  id: "known-scan",
  detections: ["unauthorized-calls"],
  pattern: { detail: { eventName: ["DescribeInstances"] } },
  owner: "security@example.com",
  reason: "The scanner of every Monday",
  expires: "2026-12-31",
};

const problemsOf = (value: unknown) =>
  suppressionProblems(value, catalogue, NAMES).map(({ path, problem }) => `${path}: ${problem}`);

describe("suppressionProblems", () => {
  test("has nothing to say of a sound one, with or without placeholders and a last day", () => {
    const { expires: _, ...lasting } = SOUND;

    expect(problemsOf(SOUND)).toEqual([]);
    expect(problemsOf(lasting)).toEqual([]);
    expect(problemsOf({ ...SOUND, detections: "*" })).toEqual([]);
    expect(
      problemsOf({ ...SOUND, pattern: { detail: { requestParameters: { bucketName: ["{{bucket}}"] } } } }),
    ).toEqual([]);
  });

  test("tells everything at once", () => {
    expect(problemsOf({ detections: ["no-such"], pattern: [], owner: " ", expires: "2026-02-30" })).toEqual([
      "id: must be lower-case words joined by -, such as nightly-clean-up",
      expect.stringMatching(/^detections\[0\]: unknown detection "no-such"/),
      "pattern: must be an event pattern, and is an array",
      "owner: must be a non-empty line: who is responsible, such as platform-team@example.com",
      "reason: must be a non-empty line: why no alert is needed",
      "expires: must be the last day on which it suppresses, such as 2026-12-31",
    ]);
  });

  test("says why a detection that EventBridge tells of can't be suppressed", () => {
    expect(problemsOf({ ...SOUND, detections: ["unauthorized-calls", "root-get-caller-identity"] })).toEqual([
      "detections[1]: root-get-caller-identity can't be suppressed: EventBridge alerts on it directly; leave it out, or add it to disabledDetections",
    ]);
  });

  test.each([
    [{ detail: { eventName: [{ regex: "x" }] } }, /^pattern\.detail\.eventName\[0\].*: .*regex/],
    [{ detail: { bucket: ["{{bukket}}"] } }, /^pattern: unknown placeholder \{\{bukket\}\}; allowed: /],
    [{}, /^pattern: /],
  ])("names what is wrong in the pattern %j", (pattern, problem) => {
    expect(problemsOf({ ...SOUND, pattern })).toEqual([expect.stringMatching(problem)]);
  });

  test.each([[null], ["x"], [[]], [undefined]])("refuses %j", (value) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining("must be an object, and is ")]);
  });
});

/** Mostly one of the values, which are sound or nearly so; else any JSON. */
const mostly = (...values: readonly unknown[]) =>
  fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 9 }, { arbitrary: fc.jsonValue(), weight: 1 });

/** JSON of all shapes, and suppressions that are sound or nearly so. */
const anything = fc.oneof(
  { arbitrary: fc.jsonValue(), weight: 1 },
  {
    arbitrary: fc.record({
      id: mostly("a", "a-b", "a1", "__proto__"),
      detections: mostly(
        "*",
        ["unauthorized-calls"],
        ["trail-stopped", "data-destroyed"],
        ["root-get-caller-identity"],
      ),
      pattern: mostly(SOUND.pattern, { source: ["aws.ec2"] }, { a: ["{{bucket}}"] }, { a: ["{{x}}"] }, { $or: [] }),
      owner: mostly("o"),
      reason: mostly("r"),
      expires: mostly("2026-12-31", "2024-02-29", "2026-02-30"),
    }),
    weight: 4,
  },
);

test("any JSON has problems or works", () => {
  let worked = 0;
  fc.assert(
    fc.property(anything, (value) => {
      const problems = suppressionProblems(value, catalogue, NAMES);
      const refused: string[] = [];

      const enabled = enableSuppressions([value], catalogue, NAMES, (id) => refused.push(id));
      const ruling = rulingsOn(enabled, wrapRecord(unauthorizedDescribe()));

      expect(refused).toHaveLength(problems.length > 0 ? 1 : 0);
      expect(enabled.suppressions).toEqual(problems.length > 0 ? [] : [value]);
      for (const detection of catalogue) expect(() => ruling(detection)).not.toThrow();
      worked += enabled.suppressions.length;
    }),
    { numRuns: propertyRuns(500) },
  );
  expect(worked).toBeGreaterThan(0);
});
