import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePattern } from "../../../lambda-src/engine/compile";
import { type AskedField, parsePattern } from "../../../lambda-src/engine/conjunctions";
import { matches } from "../../../lambda-src/engine/match";
import { PatternError } from "../../../lambda-src/engine/pattern";

function refusalOf(pattern: unknown): PatternError {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(pattern)} was not refused`);
}

/** So many objects that each ask the field for another value. */
function alternatives(count: number, field: string): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ [field]: [`value ${index}`] }));
}

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

describe("a refusal", () => {
  test("is a PatternError whose message starts with the path", () => {
    const refusal = refusalOf({ detail: { eventName: [{ "starts-with": "Run" }] } });

    expect(refusal.name).toBe("PatternError");
    expect(refusal.path).toBe("$.detail.eventName[0]");
    expect(refusal.message).toBe(
      '$.detail.eventName[0]: there is no operator "starts-with"; there are exactly, prefix, suffix, equals-ignore-case, wildcard, exists, anything-but, numeric, cidr',
    );
  });

  test.each([
    ["null", null],
    ["a string", "x"],
    ["a number", 5],
    ["true", true],
    ["an array", []],
    ["undefined", undefined],
  ])("meets a pattern that is %s", (_what, pattern) => {
    expect(refusalOf(pattern).path).toBe("$");
  });

  test.each([
    ["at the top", {}, "$"],
    ["below a field", { a: {} }, "$.a"],
    ["beside a good field", { a: ["x"], b: { c: {} } }, "$.b.c"],
    ["in $or", { $or: [{ a: ["x"] }, {}] }, "$.$or[1]"],
  ])("meets an empty object %s", (_where, pattern, path) => {
    expect(refusalOf(pattern).path).toBe(path);
  });

  test.each([
    ["at the top", { a: [] }, "$.a"],
    ["below a field", { a: { b: [] } }, "$.a.b"],
  ])("meets an empty array %s", (_where, pattern, path) => {
    expect(refusalOf(pattern).path).toBe(path);
  });

  test.each([
    ["a string", "x"],
    ["a number", 5],
    ["true", true],
    ["null", null],
  ])("meets a leaf that is %s rather than an array", (_what, leaf) => {
    expect(refusalOf({ detail: { eventName: leaf } }).path).toBe("$.detail.eventName");
  });

  test("names a dotted key as it was written", () => {
    expect(refusalOf({ "detail.eventName": "RunInstances" }).path).toBe("$.detail.eventName");
  });

  test.each([
    ["an array", [["x"]], "$.a[0]"],
    ["an object without an operator", ["x", {}], "$.a[1]"],
    ["an object of two operators", [{ prefix: "x", suffix: "y" }], "$.a[0]"],
    ["an object of a known and an unknown operator", [{ prefix: "x", comment: "y" }], "$.a[0]"],
  ])("meets a condition that is %s", (_what, conditions, path) => {
    expect(refusalOf({ a: conditions }).path).toBe(path);
  });

  test.each(["Prefix", "anything_but", "$or", "", "constructor", "__proto__", "toString"])(
    "meets the operator %j, which there is not",
    (operator) => {
      const refusal = refusalOf({ a: ["x", JSON.parse(`{ ${JSON.stringify(operator)}: "x" }`)] });

      expect(refusal.path).toBe("$.a[1]");
      expect(refusal.message).toContain(`there is no operator ${JSON.stringify(operator)}`);
    },
  );

  test.each([
    ["prefix", 5],
    ["prefix", null],
    ["prefix", ["x"]],
    ["suffix", 5],
    ["suffix", null],
    ["suffix", ["x"]],
    ["prefix", { prefix: "x" }],
    ["prefix", {}],
    ["prefix", { "equals-ignore-case": "x", prefix: "y" }],
    ["exactly", 5],
    ["equals-ignore-case", ["x"]],
    ["wildcard", "a**b"],
    ["wildcard", "a\\b"],
    ["wildcard", "a\\"],
    ["wildcard", ["x"]],
    ["numeric", 5],
    ["numeric", []],
    ["numeric", [">"]],
    ["numeric", ["!=", 5]],
    ["numeric", ["<", 5, ">", 1]],
    ["numeric", ["=", 5, "<", 6]],
    ["numeric", [">", 5, "<", 5]],
    ["numeric", [">", 5, "=", 6]],
    ["numeric", [">", 1, "<", 2, "<", 3]],
    ["cidr", "10.0.0.0"],
    ["cidr", "10.0.0.0/32"],
    ["cidr", "::/128"],
    ["cidr", "10.0.0.0/-1"],
    ["cidr", "10.0.0/8"],
    ["cidr", "host/8"],
    ["cidr", "10.0.0.0/8/8"],
    ["exists", "true"],
    ["exists", 1],
    ["exists", null],
    ["exists", [true]],
    ["anything-but", []],
    ["anything-but", ["x", 1]],
    ["anything-but", [1, "x"]],
    ["anything-but", ["x", null]],
    ["anything-but", [["x"]]],
    ["anything-but", [true]],
    ["anything-but", true],
    ["anything-but", null],
    ["anything-but", { numeric: ["<", 5] }],
    ["anything-but", { cidr: "203.0.113.0/24" }],
  ])("meets %s of %j", (operator, argument) => {
    const refusal = refusalOf({ detail: { a: ["x", { [operator]: argument }] } });

    expect(refusal.path).toBe(`$.detail.a[1].${operator}`);
    expect(refusal.message).toContain(JSON.stringify(argument));
  });

  test.each([
    ["that is a text", [{ numeric: [">", "5"] }], "$.a[0].numeric"],
    ["beyond all numbers", [Number.POSITIVE_INFINITY], "$.a[0]"],
    ["beyond all numbers, ruled out", [{ "anything-but": [Number.NEGATIVE_INFINITY] }], "$.a[0].anything-but"],
  ])("meets a number %s", (_what, conditions, path) => {
    expect(refusalOf({ a: conditions }).path).toBe(path);
  });

  test.each(["prefix", "suffix"])("meets an empty %s that is ruled out", (operator) => {
    expect(refusalOf({ a: [{ "anything-but": { [operator]: ["x", ""] } }] }).path).toBe(
      `$.a[0].anything-but.${operator}`,
    );
  });

  test("meets lists that are empty or mixed within anything-but", () => {
    expect(refusalOf({ a: [{ "anything-but": { prefix: [] } }] }).path).toBe("$.a[0].anything-but.prefix");
    expect(refusalOf({ a: [{ "anything-but": { wildcard: ["x", 5] } }] }).path).toBe("$.a[0].anything-but.wildcard");
  });

  test("meets more fields than EventBridge takes", () => {
    const fields = Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`f${index}`, ["x"]]));

    expect(refusalOf(fields).message).toBe("$: asks for more than 256 fields");
  });

  test("meets a pattern that is nested endlessly", () => {
    let pattern: object = { a: ["x"] };
    for (let depth = 0; depth < 100_000; depth++) pattern = { a: pattern };

    expect(refusalOf(pattern).message).toBe("$: is nested deeper than 1000 levels");
  });

  test.each([
    ["an object", { a: ["x"] }],
    ["a string", "x"],
    ["null", null],
    ["an empty array", []],
    ["an array of one object", [{ a: ["x"] }]],
    ["an array of one string", ["x"]],
  ])("meets $or with %s", (_what, argument) => {
    expect(refusalOf({ detail: { $or: argument } }).path).toBe("$.detail.$or");
  });

  test.each([
    ["a string", "x"],
    ["null", null],
    ["an array", [{ b: ["x"] }]],
  ])("meets %s among the alternatives of $or", (_what, alternative) => {
    expect(refusalOf({ $or: [{ a: ["x"] }, alternative] }).path).toBe("$.$or[1]");
  });

  test("names the alternative in which a condition is wrong", () => {
    expect(refusalOf({ detail: { $or: [{ a: ["x"] }, { b: { c: [{ prefix: 5 }] } }] } }).path).toBe(
      "$.detail.$or[1].b.c[0].prefix",
    );
  });
});

function fieldsOf(pattern: unknown): readonly string[] {
  return parsePattern(pattern).map((conjunction) =>
    conjunction
      .map(({ field }) => field)
      .sort()
      .join(" "),
  );
}

function textsOf({ conditions }: AskedField): readonly unknown[] {
  return conditions.map((condition) => "value" in condition && condition.value);
}

describe("a field that is asked for twice", () => {
  test.each([
    ["as nested path and dotted key", { a: { b: ["x"] }, "a.b": ["y"] }, [{ "a.b": "y" }]],
    ["outside and inside $or", { a: ["x"], $or: [{ b: ["y"] }, { a: ["z"] }] }, [{ a: "x", b: "y" }, { a: "z" }]],
    ["inside $or and after it", { $or: [{ a: ["y"] }, { b: ["z"] }], a: ["x"] }, [{ a: "x" }, { a: "x", b: "z" }]],
  ])("is asked for as it was last, %s", (_how, pattern, expected) => {
    const conjunctions = parsePattern(pattern).map((conjunction) =>
      Object.fromEntries(conjunction.map((asked) => [asked.field, textsOf(asked)[0]])),
    );

    expect(conjunctions).toEqual(expected);
  });
});

describe("$or", () => {
  test("gives one conjunction for each alternative", () => {
    expect(fieldsOf({ source: ["s"], $or: [{ a: ["x"] }, { b: ["y"] }, { a: ["z"], c: ["w"] }] })).toEqual([
      "a source",
      "b source",
      "a c source",
    ]);
  });

  test("multiplies with another $or", () => {
    const pattern = {
      a: { $or: [{ b: ["x"] }, { c: ["x"] }] },
      $or: [{ d: ["x"] }, { e: ["x"] }, { f: ["x"] }],
    };

    expect([...fieldsOf(pattern)].sort()).toEqual(["a.b d", "a.b e", "a.b f", "a.c d", "a.c e", "a.c f"]);
  });

  test("adds up with an $or inside one of its alternatives", () => {
    const pattern = { $or: [{ a: ["x"], $or: [{ b: ["x"] }, { c: ["x"] }] }, { d: ["x"] }] };

    expect(fieldsOf(pattern)).toEqual(["a b", "a c", "d"]);
  });

  test("takes a thousand alternatives", () => {
    expect(parsePattern({ $or: alternatives(1_000, "a") })).toHaveLength(1_000);
  });

  test("refuses more than a thousand alternatives", () => {
    const refusal = refusalOf({ detail: { $or: alternatives(1_001, "a") } });

    expect(refusal.path).toBe("$.detail.$or");
    expect(refusal.message).toContain("more than 1000 combinations");
  });

  test("takes two that multiply to a thousand", () => {
    const conjunctions = parsePattern({ x: { $or: alternatives(40, "a") }, y: { $or: alternatives(25, "b") } });

    expect(conjunctions).toHaveLength(1_000);
  });

  test("refuses two that multiply to more, where the second stands", () => {
    const refusal = refusalOf({ x: { $or: alternatives(40, "a") }, y: { $or: alternatives(26, "b") } });

    expect(refusal.path).toBe("$.y.$or");
  });

  test("refuses nested ones that add up to more", () => {
    const half = (field: string) => ({ [field]: ["x"], $or: alternatives(600, "v") });

    expect(refusalOf({ $or: [half("x"), half("y")] }).path).toBe("$.$or");
  });

  test.each([
    [{ $or: [{ a: { prefix: ["x"] } }, { b: ["x"] }] }, "$.$or[0].a.prefix"],
    [{ $or: [{ b: ["x"] }, { exists: ["x"] }] }, "$.$or[1].exists"],
  ])("refuses a field within it that has an operator's name: %j", (pattern, path) => {
    expect(refusalOf(pattern).path).toBe(path);
  });

  test("takes such a field outside of it", () => {
    expect(matches(compilePattern({ a: { prefix: ["x"] } }), { a: { prefix: "x" } })).toBe(true);
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
      { numRuns: 1_000 },
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
