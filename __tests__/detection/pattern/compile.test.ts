import { describe, expect, test } from "@jest/globals";
import { compilePattern } from "../../../detection/pattern/compile";
import { parsePattern } from "../../../detection/pattern/conjunctions";

describe("compilePattern", () => {
  test("leaves the pattern as it was", () => {
    const pattern = {
      a: ["x", { prefix: "y" }],
      $or: [{ b: [{ exists: false }] }, { c: [{ "anything-but": [1, 2] }] }],
    };
    const before = structuredClone(pattern);

    compilePattern(pattern);

    expect(pattern).toEqual(before);
  });

  test.each([
    ["an empty string", ""],
    ["a string", "x"],
    ["zero", 0],
    ["a negative whole number", -42],
    ["a fraction", 1.5],
    ["the largest whole number that is exact", Number.MAX_SAFE_INTEGER],
    ["true", true],
    ["false", false],
    ["null", null],
    ["an IP address", "203.0.113.7"],
    ["a text compared as it is", { exactly: "203.0.113.7" }],
    ["a prefix", { prefix: "x" }],
    ["an empty prefix", { prefix: "" }],
    ["a prefix regardless of case", { prefix: { "equals-ignore-case": "x" } }],
    ["a suffix", { suffix: "x" }],
    ["an empty suffix", { suffix: "" }],
    ["a suffix regardless of case", { suffix: { "equals-ignore-case": "x" } }],
    ["a text regardless of case", { "equals-ignore-case": "x" }],
    ["a wildcard", { wildcard: "a*b\\\\*" }],
    ["one bound", { numeric: [">", 0] }],
    ["two bounds", { numeric: [">=", 0, "<", 1.5] }],
    ["a number to be equal to", { numeric: ["=", 5] }],
    ["a block of addresses", { cidr: "10.0.0.1/8" }],
    ["a block of addresses of version 6", { cidr: "2001:db8::/127" }],
    ["presence", { exists: true }],
    ["absence", { exists: false }],
    ["anything but a string", { "anything-but": "x" }],
    ["anything but an empty string", { "anything-but": "" }],
    ["anything but a number", { "anything-but": 1 }],
    ["anything but some strings", { "anything-but": ["x", "y"] }],
    ["anything but some numbers", { "anything-but": [1, 2] }],
    ["anything but a prefix", { "anything-but": { prefix: "x" } }],
    ["anything but some suffixes", { "anything-but": { suffix: ["x", "y"] } }],
    ["anything but some texts regardless of case", { "anything-but": { "equals-ignore-case": ["x", ""] } }],
    ["anything but a wildcard", { "anything-but": { wildcard: "x*" } }],
  ])("takes %s as a condition", (_what, condition) => {
    expect(parsePattern({ a: [condition] })).toHaveLength(1);
  });
});
