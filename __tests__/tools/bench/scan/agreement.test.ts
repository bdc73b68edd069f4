import { describe, expect, test } from "@jest/globals";
import { requireAgreement, sum } from "../../../../tools/bench/scan/agreement";

describe("agreement", () => {
  test("takes contenders that do not look for everything", () => {
    const outcomes = { gunzip: { bytes: 9 }, parse: { records: 3 }, ours: { records: 3, matching: 1, matches: 2 } };

    expect(() => requireAgreement("files", outcomes)).not.toThrow();
  });

  test.each([
    [{ records: 4, matching: 1, matches: 2 }, "files: parse finds 3 records, ours 4"],
    [{ records: 3, matching: 0, matches: 2 }, "files: parse finds 1 matching, ours 0"],
    [{ records: 3, matching: 1, matches: 1 }, "files: parse finds 2 matches, ours 1"],
  ])("refuses %j", (ours, message) => {
    const outcomes = { gunzip: { bytes: 9 }, parse: { records: 3, matching: 1, matches: 2 }, ours };

    expect(() => requireAgreement("files", outcomes)).toThrow(message);
  });

  test("refuses one that differs in bytes", () => {
    expect(() => requireAgreement("files", { one: { bytes: 9 }, two: {}, three: { bytes: 8 } })).toThrow(
      "files: one finds 9 bytes, three 8",
    );
  });
});

test("what is found in several files is added up", () => {
  expect(sum([{ records: 1, matches: 0 }, { records: 2, matches: 5 }, {}])).toEqual({ records: 3, matches: 5 });
});
