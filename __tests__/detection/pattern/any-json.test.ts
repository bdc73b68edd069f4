import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { PatternError } from "../../../detection/pattern/pattern";
import { propertyRuns } from "../../property-runs";
import { judge } from "./judge";

describe("any JSON as an event", () => {
  const patterns = [
    { a: ["x"] },
    { a: { b: [{ exists: false }], c: [{ "anything-but": "x" }] } },
    { "a.b": [{ prefix: "x" }], $or: [{ b: [1, null] }, { c: { a: [{ exists: true }] } }] },
  ].map(compilePattern);

  test("is matched or not", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...patterns), (event, pattern) => {
        expect(typeof matches(pattern, event)).toBe("boolean");
      }),
    );
  });

  const field = fc.constantFrom("a", "b", "c", "a.b", "__proto__", "");
  const nearEvent = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>("x", "", 0, 1, true, null),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(field, tie("node"), { maxKeys: 3 }),
    ),
  })).node;

  test("is matched or not, however close to the pattern it is", () => {
    fc.assert(
      fc.property(nearEvent, fc.constantFrom(...patterns), (event, pattern) => {
        expect(typeof matches(pattern, event)).toBe("boolean");
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("either has a field or lacks it", () => {
    const present = compilePattern({ a: { b: [{ exists: true }] } });
    const absent = compilePattern({ a: { b: [{ exists: false }] } });

    fc.assert(
      fc.property(fc.dictionary(field, nearEvent), (event) => {
        expect(matches(present, event)).toBe(!matches(absent, event));
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("matches $or when it matches one of the alternatives", () => {
    const left = { a: { b: ["x"] } };
    const right = { c: [{ "anything-but": 1 }] };
    const both = compilePattern({ $or: [left, right] });

    fc.assert(
      fc.property(fc.dictionary(field, nearEvent), (event) => {
        expect(matches(both, event)).toBe(judge(left, event) || judge(right, event));
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });
});

describe("any JSON as a pattern", () => {
  const probes: readonly unknown[] = [{}, { a: 1 }, { a: ["x", { b: null }], b: { a: "x" } }, [], null, "x", 5];

  /** A PatternError, or a matcher that says yes or no to everything; whatever else is thrown fails the property. */
  function outcome(pattern: unknown): "refused" | "compiled" {
    let compiled: ReturnType<typeof compilePattern>;
    try {
      compiled = compilePattern(pattern);
    } catch (error) {
      expect(error).toBeInstanceOf(PatternError);
      expect((error as PatternError).path).toMatch(/^\$/);
      return "refused";
    }
    for (const event of probes) expect(typeof matches(compiled, event)).toBe("boolean");
    return "compiled";
  }

  test("is refused or gives a matcher", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (pattern) => {
        outcome(pattern);
      }),
    );
  });

  test("is refused or gives a matcher, however close to a pattern it is", () => {
    const word = fc.constantFrom(
      ...["a", "b", "a.b", "$or", "prefix", "suffix", "exists", "anything-but", "__proto__", "", "exactly"],
      ...["equals-ignore-case", "wildcard", "numeric", "cidr"],
    );
    const nearPattern = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>("x", "", "*", "\\", "203.0.113.7", "::/0", ">", "<", 1, 1.5, true, false, null),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(word, tie("node"), { maxKeys: 3 }),
      ),
    })).node;

    fc.assert(
      fc.property(fc.dictionary(word, nearPattern, { maxKeys: 3 }), (pattern) => {
        outcome(pattern);
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("is a pattern when it is made of what the engine knows", () => {
    const text = fc.constantFrom("x", "y", "aws.ec2");
    const condition = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.record({ prefix: text }),
      fc.record({ suffix: text }),
      fc.record({ exists: fc.boolean() }),
      fc.record({ "anything-but": fc.oneof(text, fc.integer(), fc.array(text, { minLength: 1 })) }),
    );
    const leaf = fc.array(condition, { minLength: 1, maxLength: 3 });
    const object = fc.dictionary(fc.constantFrom("a", "b", "c"), leaf, { minKeys: 1 });
    const pattern = fc.record({ fields: object, $or: fc.array(object, { minLength: 2, maxLength: 4 }) });

    fc.assert(
      fc.property(pattern, (candidate) => {
        expect(outcome(candidate)).toBe("compiled");
      }),
    );
  });
});
