import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { narrowing } from "../../../../detection/pattern/analysis/subset";
import { compilePattern } from "../../../../detection/pattern/compile";
import { matches } from "../../../../detection/pattern/match";
import { Random } from "../../../../tools/random";
import { nextRound } from "../../../conformance/generate/pairs";
import { type Tree, write } from "../../../conformance/tree/tree";

const toValue = (tree: Tree): unknown => JSON.parse(write(tree));

const field = (...conditions: readonly unknown[]) => ({ detail: { a: conditions } });

describe("a pattern that surely matches what it did", () => {
  test.each<[string, unknown, unknown]>([
    ["nothing changed", field("x"), field("x")],
    ["another order", { source: ["a", "b"], detail: { a: ["x"] } }, { detail: { a: ["x"] }, source: ["b", "a"] }],
    ["one more text", field("x"), field("x", "y")],
    ["a text for its prefix", field("Put", "PutAll"), field({ prefix: "Put" })],
    ["a shorter prefix", field({ prefix: "PutBucket" }), field({ prefix: "Put" })],
    ["a shorter suffix", field({ suffix: ".example.com" }), field({ suffix: ".com" })],
    ["a prefix as a wildcard", field({ prefix: "Put" }), field({ wildcard: "P*" })],
    ["a wider wildcard", field({ wildcard: "a*b*c" }), field({ wildcard: "a*c" })],
    ["a wildcard for its prefix", field({ wildcard: "Put*Policy" }), field({ prefix: "Put" })],
    ["anything for something", field("x", 1, null, { numeric: ["<", 5] }), field({ exists: true })],
    ["a field that is asked no more", { source: ["a"], ...field("x") }, { source: ["a"] }],
    ["less refused", field({ "anything-but": ["x", "y"] }), field({ "anything-but": ["y"] })],
    ["less refused by prefix", field({ "anything-but": { prefix: "a" } }), field({ "anything-but": { prefix: "ab" } })],
    ["a text that is not refused", field("z"), field({ "anything-but": ["x", "y"] })],
    ["a prefix that is not refused", field({ prefix: "aws." }), field({ "anything-but": { prefix: "com." } })],
    ["a wider range", field({ numeric: [">", 1, "<", 2] }), field({ numeric: [">=", 1] })],
    ["a number within a range", field(5), field({ numeric: [">=", 5] })],
    ["a wider block", field({ cidr: "10.1.0.0/16" }), field({ cidr: "10.0.0.0/8" })],
    ["an address within a block", field("10.1.2.3"), field({ cidr: "10.0.0.0/8" })],
    ["absence still taken", field("x", { exists: false }), field({ exists: false }, { prefix: "" })],
    ["one list as two alternatives", field("x", "y"), { detail: { $or: [{ a: ["y"] }, { a: ["x"] }] } }],
    [
      "alternatives that cover it together",
      { detail: { a: ["x", "y"], b: [1, 2] } },
      { detail: { $or: [{ a: ["x"] }, { a: ["y"], b: [1] }, { b: [2] }] } },
    ],
    ["a new alternative", field("x"), { detail: { $or: [{ a: ["x"] }, { b: ["y"] }] } }],
  ])("by %s", (_what, before, after) => {
    expect(narrowing(before, after)).toEqual({ narrows: "no" });
  });
});

describe("a pattern that misses what it matched", () => {
  test.each<[string, unknown, unknown, unknown]>([
    ["a text gone", field("x", "y"), field("x"), { detail: { a: "y" } }],
    ["a longer prefix", field({ prefix: "Put" }), field({ prefix: "PutBucket" }), { detail: { a: "Put" } }],
    ["one more refused", field({ exists: true }), field({ "anything-but": ["x"] }), { detail: { a: "x" } }],
    ["a field more", field("x"), { detail: { a: ["x"], b: ["y"] } }, { detail: { a: "x" } }],
    [
      "a field that must be absent",
      field("x"),
      { detail: { a: ["x"], b: [{ exists: false }] } },
      { detail: { a: "x", b: "something-else" } },
    ],
    [
      "a field that refuses something",
      field("x"),
      { detail: { a: ["x"], b: [{ "anything-but": "n" }, { exists: false }] } },
      { detail: { a: "x", b: "n" } },
    ],
    ["a narrower range", field({ numeric: [">", 1] }), field({ numeric: [">", 1, "<", 9] }), { detail: { a: 9 } }],
    ["a smaller block", field({ cidr: "10.0.0.0/8" }), field({ cidr: "10.1.0.0/16" }), { detail: { a: "10.0.0.0" } }],
    ["a bound that is no longer in", field({ numeric: [">=", 1] }), field({ numeric: [">", 1] }), { detail: { a: 1 } }],
    [
      "a prefix that ends in a quotation mark, which a whole text passes, as a wildcard",
      field({ prefix: 'x"' }),
      field({ wildcard: 'x"*' }),
      { detail: { a: "x" } },
    ],
    ["absence no longer taken", field("x", { exists: false }), field("x"), {}],
    ["an alternative gone", { $or: [{ a: ["x"] }, { b: ["y"] }] }, { a: ["x"] }, { b: "y" }],
    ["another source", { source: ["aws.iam"] }, { source: ["aws.ec2"] }, { source: "aws.iam" }],
    [
      "one case of several",
      { a: ["x", "y"], b: ["1", "2"] },
      { $or: [{ a: ["x"] }, { b: ["1"] }] },
      { a: "y", b: "2" },
    ],
  ])("by %s", (_what, before, after, lost) => {
    expect(narrowing(before, after)).toEqual({ narrows: "yes", lost });
  });

  test("is told of by an event that it really misses", () => {
    for (const { pattern } of catalogue) {
      const other = JSON.parse(JSON.stringify(pattern).replaceAll('"aws.', '"not.'));
      const found = narrowing(pattern, other);
      if (found.narrows !== "yes") throw new Error(`${JSON.stringify(pattern)}: ${JSON.stringify(found)}`);
      expect(matches(compilePattern(pattern), found.lost)).toBe(true);
    }
  });
});

describe("what can't be told", () => {
  test.each<[string, unknown, unknown]>([
    [
      "a field dropped before one that must be absent, which arrays may tell apart",
      { a: ["x"], b: [{ exists: false }] },
      { b: [{ exists: false }] },
    ],
    ["texts in any case", field({ "equals-ignore-case": "x" }), field({ wildcard: "*" }, { prefix: "" })],
    ["an address, of which a number has the digits, beside a number", field("0.0.0.1"), field("0.0.0.1", 7)],
  ])("%s", (_what, before, after) => {
    expect(narrowing(before, after)).toMatchObject({ narrows: "indeterminate" });
  });

  test.each<[string, unknown, unknown, string]>([
    ["before", { a: [] }, { a: ["x"] }, "$.a"],
    ["after", { a: ["x"] }, { a: [{ exist: true }] }, 'unknown operator "exist"'],
    ["after", { a: ["x"] }, "no pattern", "an object of fields"],
  ])("a pattern that EventBridge would refuse %s the change", (when, before, after, why) => {
    const found = narrowing(before, after);

    expect(found).toMatchObject({ narrows: "indeterminate", why: expect.stringContaining(why) });
    expect(found).toMatchObject({ why: expect.stringContaining(`${when} the change`) });
  });
});

describe("random changes", () => {
  function isPattern(pattern: unknown): boolean {
    try {
      compilePattern(pattern);
      return true;
    } catch {
      return false;
    }
  }

  /** The pattern with one of its lists of conditions, or fields, changed. */
  function changed(random: Random, node: unknown): unknown {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) {
      if (node.every((each) => typeof each === "object" && each !== null && random.chance(0.5))) {
        return node.map((each) => changed(random, each));
      }
      const more = random.pick<unknown>([
        "x",
        5,
        { prefix: "a" },
        { exists: true },
        { exists: false },
        { wildcard: "a*b" },
      ]);
      const fewer = node.filter(() => random.chance(0.7));
      return random.chance(0.5) || fewer.length === 0 ? [...node, more] : fewer;
    }
    const entries = Object.entries(node);
    const kept = entries.filter(() => entries.length === 1 || random.chance(0.8));
    return Object.fromEntries(kept.map(([key, value]) => [key, random.chance(0.5) ? changed(random, value) : value]));
  }

  test("are never said to lose nothing where an event is lost, nor to lose an event that is not", () => {
    const random = new Random(20_281_121);
    const told = { no: 0, yes: 0, indeterminate: 0 };
    for (let round = 0; round < 1_000; round++) {
      const { pattern, events } = nextRound(random);
      const before = toValue(pattern);
      let after = before;
      for (let tries = 0; tries < 9 && isDeepStrictEqual(after, before); tries++) after = changed(random, before);
      if (!isPattern(before) || !isPattern(after)) continue;
      const found = narrowing(before, after);
      told[found.narrows]++;

      const [was, is] = [compilePattern(before), compilePattern(after)];
      if (found.narrows === "yes") {
        expect([matches(was, found.lost), matches(is, found.lost)]).toEqual([true, false]);
      } else {
        for (const event of events.map(toValue)) {
          if (found.narrows === "no" && matches(was, event) && !matches(is, event)) {
            throw new Error(`${JSON.stringify(before)} to ${JSON.stringify(after)} loses ${JSON.stringify(event)}`);
          }
        }
      }
    }
    // None of the three may be what it always says.
    expect(told.no).toBeGreaterThan(200);
    expect(told.yes).toBeGreaterThan(30);
    expect(told.indeterminate).toBeLessThan(told.no / 4);
  });
});
