import { describe, expect, test } from "@jest/globals";
import { refusalOf } from "./refusal";

describe("a refusal", () => {
  test("is a PatternError whose message starts with the path", () => {
    const refusal = refusalOf({ detail: { eventName: [{ "starts-with": "Run" }] } });

    expect(refusal.name).toBe("PatternError");
    expect(refusal.path).toBe("$.detail.eventName[0]");
    expect(refusal.message).toBe(
      '$.detail.eventName[0]: unknown operator "starts-with"; allowed operators: exactly, prefix, suffix, equals-ignore-case, wildcard, exists, anything-but, numeric, cidr',
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
      expect(refusal.message).toContain(`unknown operator ${JSON.stringify(operator)}`);
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
