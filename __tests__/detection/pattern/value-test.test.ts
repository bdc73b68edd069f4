import { describe, expect, test } from "@jest/globals";
import { judge } from "./judge";

describe("a value", () => {
  test.each([
    ["the same string", "x", "x", true],
    ["another string", "x", "y", false],
    ["a longer string", "x", "xx", false],
    ["the string in another case", "x", "X", false],
    ["an empty string", "", "", true],
    ["null instead of an empty string", "", null, false],
    ["the same number", 300, 300, true],
    ["another number", 300, 301, false],
    ["the number as a string", 300, "300", false],
    ["the string as a number", "300", 300, false],
    ["zero with a sign", 0, -0, true],
    ["true", true, true, true],
    ["false instead of true", true, false, false],
    ["true as a string", true, "true", false],
    ["false", false, false, true],
    ["zero instead of false", false, 0, false],
    ["null", null, null, true],
    ["null as a string", null, "null", false],
    ["false instead of null", null, false, false],
  ])("compares with %s", (_what, wanted, found, expected) => {
    expect(judge({ a: [wanted] }, { a: found })).toBe(expected);
  });

  test("written another way is the same number", () => {
    const pattern = JSON.parse('{ "a": [3e2] }');
    const event = JSON.parse('{ "a": 300.0 }');

    expect(judge(pattern, event)).toBe(true);
  });

  test("is not there when the field is absent", () => {
    expect(judge({ a: [null] }, { b: 1 })).toBe(false);
  });

  test("may be any one of several", () => {
    expect(judge({ a: ["x", 1, null] }, { a: 1 })).toBe(true);
    expect(judge({ a: ["x", 1, null] }, { a: "y" })).toBe(false);
  });
});

describe("prefix", () => {
  test.each([
    ["a string that starts so", "aws.ec2", true],
    ["the prefix itself", "aws.", true],
    ["a string that contains it later", "not.aws.ec2", false],
    ["a string in another case", "AWS.ec2", false],
    ["a shorter string", "aws", false],
    ["a number", 5, false],
    ["true", true, false],
    ["null", null, false],
  ])("judges %s", (_what, found, expected) => {
    expect(judge({ a: [{ prefix: "aws." }] }, { a: found })).toBe(expected);
  });

  test("does not match an absent field", () => {
    expect(judge({ a: [{ prefix: "aws." }] }, {})).toBe(false);
  });
});

describe("suffix", () => {
  test.each([
    ["a string that ends so", "p5.48xlarge", true],
    ["the suffix itself", ".48xlarge", true],
    ["a string that contains it earlier", "p5.48xlarge.x", false],
    ["a string in another case", "p5.48XLARGE", false],
    ["a shorter string", "xlarge", false],
    ["a number", 48, false],
    ["true", true, false],
    ["null", null, false],
  ])("judges %s", (_what, found, expected) => {
    expect(judge({ a: [{ suffix: ".48xlarge" }] }, { a: found })).toBe(expected);
  });

  test("does not match an absent field", () => {
    expect(judge({ a: [{ suffix: ".48xlarge" }] }, {})).toBe(false);
  });
});

describe("anything-but", () => {
  test.each([
    ["another string", "y", true],
    ["the string in another case", "X", true],
    ["an empty string", "", true],
    ["a number", 5, true],
    ["true", true, true],
    ["null", null, true],
    ["the string itself", "x", false],
  ])("rules out one string and nothing else: %s", (_what, found, expected) => {
    expect(judge({ a: [{ "anything-but": "x" }] }, { a: found })).toBe(expected);
  });

  test.each([
    ["another number", 2, true],
    ["the number as a string", "1", true],
    ["null", null, true],
    ["the number itself", 1, false],
  ])("rules out one number and nothing else: %s", (_what, found, expected) => {
    expect(judge({ a: [{ "anything-but": 1 }] }, { a: found })).toBe(expected);
  });

  test("rules out an empty string", () => {
    expect(judge({ a: [{ "anything-but": "" }] }, { a: "" })).toBe(false);
    expect(judge({ a: [{ "anything-but": "" }] }, { a: "x" })).toBe(true);
  });

  test("rules out every string of a list", () => {
    const pattern = { a: [{ "anything-but": ["x", "y"] }] };

    expect(judge(pattern, { a: "x" })).toBe(false);
    expect(judge(pattern, { a: "y" })).toBe(false);
    expect(judge(pattern, { a: "z" })).toBe(true);
  });

  test("rules out every number of a list", () => {
    const pattern = { a: [{ "anything-but": [1, 2] }] };

    expect(judge(pattern, { a: 2 })).toBe(false);
    expect(judge(pattern, { a: 3 })).toBe(true);
  });

  test.each([
    ["an absent field", {}],
    ["an empty array", { a: [] }],
    ["an object", { a: { b: "y" } }],
  ])("needs a value: %s", (_what, event) => {
    expect(judge({ a: [{ "anything-but": "x" }] }, event)).toBe(false);
  });

  test("matches an array if any element differs", () => {
    const pattern = { a: [{ "anything-but": ["x", "y"] }] };

    expect(judge(pattern, { a: ["x", "z"] })).toBe(true);
    expect(judge(pattern, { a: ["x", "y"] })).toBe(false);
  });

  test("with exists false means another value or nothing", () => {
    const pattern = { a: [{ "anything-but": "x" }, { exists: false }] };

    expect(judge(pattern, { a: "y" })).toBe(true);
    expect(judge(pattern, {})).toBe(true);
    expect(judge(pattern, { a: "x" })).toBe(false);
  });
});
