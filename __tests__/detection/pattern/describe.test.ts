import { expect, describe as suite, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { describe, outline } from "../../../detection/pattern/describe";
import { PatternError } from "../../../detection/pattern/pattern";

suite("describe", () => {
  test.each([
    [{ source: ["aws.iam"] }, 'source is "aws.iam"'],
    [{ detail: { eventName: ["StopLogging", "DeleteTrail"] } }, 'eventName is "StopLogging" or "DeleteTrail"'],
    [
      { source: ["aws.iam"], detail: { eventName: ["CreateUser"], errorCode: [{ exists: false }] } },
      'source is "aws.iam", eventName is "CreateUser" and errorCode is absent',
    ],
    [{ source: ["a"], detail: { source: ["b"] } }, 'source is "a" and detail.source is "b"'],
    [{ "detail.userIdentity.type": ["Root"] }, 'userIdentity.type is "Root"'],
    [{ detail: { a: [null, true, 5] } }, "a is null, true or 5"],
    [{ a: ["x", { prefix: "y" }, { exists: false }] }, 'a is "x", begins with "y" or is absent'],
    [{ a: [{ prefix: "x" }, { suffix: "z" }, { prefix: "y" }] }, 'a begins with "x" or "y" or ends with "z"'],
    [
      { a: [{ prefix: "x" }, { prefix: { "equals-ignore-case": "y" } }] },
      'a begins with "x" or begins with "y" (case-insensitive)',
    ],
    [{ a: [{ suffix: { "equals-ignore-case": "y" } }] }, 'a ends with "y" (case-insensitive)'],
    [{ a: [{ "equals-ignore-case": "y" }] }, 'a is "y" (case-insensitive)'],
    [{ a: [{ wildcard: "y*" }] }, 'a matches "y*"'],
    [{ a: [{ exists: true }] }, "a is present"],
    [{ a: [{ numeric: ["=", 5] }] }, "a is 5"],
    [{ a: [{ numeric: [">=", 1024, "<", 2048] }] }, "a is at least 1024 and less than 2048"],
    [{ a: [{ numeric: [">", 5] }] }, "a is more than 5"],
    [{ a: [{ numeric: ["<=", 5] }] }, "a is at most 5"],
    [{ a: ["203.0.113.7", { cidr: "10.0.0.0/8" }] }, "a is the address 203.0.113.7 or is an address in 10.0.0.0/8"],
    [{ a: [{ "anything-but": ["x", "y"] }] }, 'a is present but not "x" or "y"'],
    [{ a: [{ "anything-but": 5 }] }, "a is present but not 5"],
    [{ a: [{ "anything-but": { prefix: "x" } }] }, 'a is present but does not begin with "x"'],
    [{ a: [{ "anything-but": { suffix: ["x", "y"] } }] }, 'a is present but does not end with "x" or "y"'],
    [{ a: [{ "anything-but": { "equals-ignore-case": "x" } }] }, 'a is present but not "x" (case-insensitive)'],
    [{ a: [{ "anything-but": { wildcard: "x*" } }] }, 'a is present but does not match "x*"'],
    [
      { source: ["s"], $or: [{ a: ["x"] }, { b: ["y"], c: ["z"] }] },
      'source is "s" and either a is "x" or (b is "y" and c is "z")',
    ],
    [
      { detail: { $or: [{ a: ["x"] }, { b: ["y"] }, { c: ["z"] }] } },
      'one of these: a is "x"; or b is "y"; or c is "z"',
    ],
  ])("says %j as a sentence", (pattern, sentence) => {
    expect(describe(pattern)).toBe(sentence);
  });

  test("says the same a line each, with the alternatives below", () => {
    expect(outline({ source: ["s"], detail: { $or: [{ a: ["x"], b: [1] }, { c: ["z"] }], d: [null] } })).toEqual([
      { depth: 0, text: 'source is "s"' },
      { depth: 0, text: "one of these:" },
      { depth: 1, text: 'a is "x" and b is 1' },
      { depth: 1, text: 'c is "z"' },
      { depth: 0, text: "d is null" },
    ]);
    expect(() => outline({ source: [] })).toThrow(PatternError);
  });

  test("names every value that a shipped pattern asks for", () => {
    for (const { pattern } of catalogue) {
      const sentence = describe(pattern);
      const asked = JSON.stringify(pattern).matchAll(/"(?:eventName|errorCode|source)":\[("[^"]*")/g);
      for (const [, value] of asked) expect(sentence).toContain(value);
    }
  });

  test("refuses what EventBridge refuses", () => {
    expect(() => describe({ source: [] })).toThrow(PatternError);
  });
});
