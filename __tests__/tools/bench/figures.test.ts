import { describe, expect, test } from "@jest/globals";
import { sharesOf } from "../../../tools/bench/bundle";
import { judge, median } from "../../../tools/bench/figures";

/** Figures that meet every target, just. */
const AT_THE_LIMIT = {
  stackMs: [1_000, 900, 9_000],
  emptyAppMs: [500, 400, 700],
  allRegionsMs: [2_500, 9_000, 2_000],
  peakBytes: 249_999_999,
  bundle: { functionBytes: 120, clientsBytes: 100, clientsAsPublishedBytes: 200, contents: [] },
};

describe("a median", () => {
  test("is the value in the middle, whatever the order", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([7])).toBe(7);
  });

  test("of no values, or of an even number, is refused", () => {
    expect(() => median([])).toThrow("0 values have no middle one");
    expect(() => median([1, 2])).toThrow("2 values have no middle one");
  });
});

describe("the targets", () => {
  test("are met at their limits", () => {
    expect(judge(AT_THE_LIMIT).map(({ value, met }) => [value, met])).toEqual([
      [2, true],
      [2.5, true],
      [249.999999, true],
      [1.2, true],
    ]);
  });

  test.each([
    ["synth / empty app", { stackMs: [1_001, 1_001, 1_001], allRegionsMs: [1_001, 1_001, 1_001] }],
    ["synth with all default regions / home alone", { allRegionsMs: [2_501, 2_501, 2_501] }],
    ["peak memory of Node, MB", { peakBytes: 250_000_000 }],
    ["function / SDK clients", { bundle: { ...AT_THE_LIMIT.bundle, functionBytes: 121 } }],
  ])("are missed beyond: %s", (figure, beyond) => {
    const missed = judge({ ...AT_THE_LIMIT, ...beyond }).filter(({ met }) => !met);

    expect(missed.map((verdict) => verdict.figure)).toEqual([figure]);
  });
});

test("a bundle's bytes are added up by package, the most first, what was left out left out", () => {
  const shares = sharesOf({
    "lambda-src/alert/handler.ts": { bytesInOutput: 20 },
    "alerting/log.ts": { bytesInOutput: 10 },
    "node_modules/@smithy/core/dist-es/a.js": { bytesInOutput: 100 },
    "node_modules/@smithy/core/dist-es/b.js": { bytesInOutput: 50 },
    "node_modules/@aws-sdk/client-s3/node_modules/bowser/c.js": { bytesInOutput: 40 },
    "node_modules/unused/d.js": { bytesInOutput: 0 },
  });

  expect(shares).toEqual([
    { source: "@smithy/core", bytes: 150 },
    { source: "bowser", bytes: 40 },
    { source: "lambda-src", bytes: 30 },
  ]);
});
