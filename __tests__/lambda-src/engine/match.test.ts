import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compilePattern } from "../../../lambda-src/engine/compile";
import { matches } from "../../../lambda-src/engine/match";

function judge(pattern: unknown, event: unknown): boolean {
  return matches(compilePattern(pattern), event);
}

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

describe("a pattern", () => {
  test("matches when all its fields do", () => {
    const pattern = { source: ["aws.ec2"], detail: { eventName: ["RunInstances"] } };

    expect(judge(pattern, { source: "aws.ec2", detail: { eventName: "RunInstances", awsRegion: "eu-west-1" } })).toBe(
      true,
    );
    expect(judge(pattern, { source: "aws.ec2", detail: { eventName: "StopInstances" } })).toBe(false);
    expect(judge(pattern, { source: "aws.s3", detail: { eventName: "RunInstances" } })).toBe(false);
  });

  test("looks for a field at its own place only", () => {
    expect(judge({ a: { b: ["x"] } }, { b: "x" })).toBe(false);
    expect(judge({ b: ["x"] }, { a: { b: "x" } })).toBe(false);
  });

  test("changes neither itself nor the event", () => {
    const event = { a: [{ b: "x" }, { b: "y" }] };
    const before = structuredClone(event);
    const compiled = compilePattern({ a: { b: ["y"], c: [{ exists: false }] } });

    const first = matches(compiled, event);
    const second = matches(compiled, event);

    expect([first, second]).toEqual([true, true]);
    expect(event).toEqual(before);
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

describe("exists", () => {
  test.each([
    ["a string", { a: "x" }, true],
    ["an empty string", { a: "" }, true],
    ["a number", { a: 0 }, true],
    ["false", { a: false }, true],
    ["null", { a: null }, true],
    ["an array of a value", { a: ["x"] }, true],
    ["an array with an array of a value", { a: [[], ["x"]] }, true],
    ["an object", { a: { b: "x" } }, false],
    ["an empty object", { a: {} }, false],
    ["an empty array", { a: [] }, false],
    ["an array of objects", { a: [{ b: "x" }] }, false],
    ["an array of empty arrays", { a: [[], []] }, false],
    ["nothing", {}, false],
  ])("says whether there is a value: %s", (_what, event, present) => {
    expect(judge({ a: [{ exists: true }] }, event)).toBe(present);
    expect(judge({ a: [{ exists: false }] }, event)).toBe(!present);
  });

  test.each([
    ["null", { a: null }],
    ["a string", { a: "x" }],
    ["an empty object", { a: {} }],
    ["an empty array", { a: [] }],
    ["absent", {}],
  ])("finds nothing below a parent that is %s", (_what, event) => {
    expect(judge({ a: { b: [{ exists: false }] } }, event)).toBe(true);
    expect(judge({ a: { b: [{ exists: true }] } }, event)).toBe(false);
  });

  test("finds a field absent only if no element of an array has it", () => {
    const pattern = { a: { b: [{ exists: false }] } };

    expect(judge(pattern, { a: [{ c: 1 }, { c: 2 }] })).toBe(true);
    expect(judge(pattern, { a: [{ c: 1 }, { b: 2 }] })).toBe(false);
  });

  test("finds a field present if any element of an array has it", () => {
    expect(judge({ a: { b: [{ exists: true }] } }, { a: [{ c: 1 }, { b: 2 }] })).toBe(true);
  });

  test("false beside a value means the value or nothing", () => {
    const pattern = { a: ["x", { exists: false }] };

    expect(judge(pattern, { a: "x" })).toBe(true);
    expect(judge(pattern, { b: "x" })).toBe(true);
    expect(judge(pattern, { a: "y" })).toBe(false);
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

describe("an array", () => {
  test("matches if one of its elements does", () => {
    expect(judge({ a: ["x"] }, { a: ["y", "x"] })).toBe(true);
    expect(judge({ a: ["x"] }, { a: ["y", "z"] })).toBe(false);
    expect(judge({ a: ["x"] }, { a: [] })).toBe(false);
  });

  test("is flattened however deep it is nested", () => {
    expect(judge({ a: ["x"] }, { a: ["y", [["z"], [["x"]]]] })).toBe(true);
  });

  test("of objects matches if a field of one of them does", () => {
    expect(judge({ a: { b: ["x"] } }, { a: [{ b: "y" }, { b: "x" }] })).toBe(true);
    expect(judge({ a: { b: ["x"] } }, { a: [[{ b: "y" }], [[{ b: "x" }]]] })).toBe(true);
  });

  test("with values and objects matches either", () => {
    const event = { a: ["x", { b: "y" }] };

    expect(judge({ a: ["x"] }, event)).toBe(true);
    expect(judge({ a: { b: ["y"] } }, event)).toBe(true);
  });

  test("of objects lets two fields match in the same element only", () => {
    const pattern = { a: { b: ["x"], c: ["y"] } };

    expect(judge(pattern, { a: [{ b: "x", c: "y" }] })).toBe(true);
    expect(judge(pattern, { a: [{ b: "x" }, { c: "y" }] })).toBe(false);
    expect(
      judge(pattern, {
        a: [
          { b: "x", c: "z" },
          { b: "z", c: "y" },
        ],
      }),
    ).toBe(false);
  });

  test("of objects finds the one element in which both fields match, wherever it stands", () => {
    const pattern = { a: { b: ["x", "z"], c: ["y"] } };

    expect(judge(pattern, { a: [{ b: "x" }, { c: "y" }, { b: "z", c: "y" }] })).toBe(true);
  });

  test("nested in another keeps two fields to the same innermost element", () => {
    const pattern = { a: { b: ["x"], c: ["y"] } };

    expect(judge(pattern, { a: [[{ b: "z" }], [{ b: "x", c: "y" }]] })).toBe(true);
    expect(judge(pattern, { a: [[{ b: "x" }, { c: "y" }]] })).toBe(false);
    expect(judge(pattern, { a: [[{ b: "x" }], [{ c: "y" }]] })).toBe(false);
  });

  test("below an element of another keeps two fields to the same outer element", () => {
    const pattern = { a: { b: { c: ["x"] }, d: ["y"] } };

    expect(judge(pattern, { a: [{ b: [{ c: "z" }, { c: "x" }], d: "y" }] })).toBe(true);
    expect(
      judge(pattern, {
        a: [
          { b: [{ c: "x" }], d: "z" },
          { b: [{ c: "z" }], d: "y" },
        ],
      }),
    ).toBe(false);
  });

  test("below an element of another keeps two fields to the same inner element", () => {
    const pattern = { a: { b: { c: ["x"], d: ["y"] } } };

    expect(judge(pattern, { a: [{ b: [{ c: "x" }, { d: "y" }] }] })).toBe(false);
    expect(judge(pattern, { a: [{ b: [{ c: "x" }] }, { b: [{ d: "y" }] }] })).toBe(false);
    expect(judge(pattern, { a: [{ b: [{ c: "x" }] }, { b: [{ c: "x", d: "y" }] }] })).toBe(true);
  });

  test("does not bind a field of another array", () => {
    const pattern = { a: { b: ["x"] }, c: { d: ["y"] } };

    expect(judge(pattern, { a: [{ b: "x" }, { b: "z" }], c: [{ d: "z" }, { d: "y" }] })).toBe(true);
  });

  test("does not bind a field outside it", () => {
    expect(judge({ a: { b: ["x"] }, c: ["y"] }, { a: [{ b: "z" }, { b: "x" }], c: "y" })).toBe(true);
  });

  test("of values does not bind two fields of the object that holds it", () => {
    expect(judge({ a: { b: ["x"], c: ["y"] } }, { a: { b: ["z", "x"], c: ["y", "z"] } })).toBe(true);
  });
});

describe("a dotted key", () => {
  test("in the pattern is the nested path", () => {
    const event = { detail: { userIdentity: { type: "Root" } } };

    expect(judge({ "detail.userIdentity.type": ["Root"] }, event)).toBe(true);
    expect(judge({ detail: { "userIdentity.type": ["Root"] } }, event)).toBe(true);
    expect(judge({ "detail.userIdentity": { type: ["Root"] } }, event)).toBe(true);
    expect(judge({ "detail.userIdentity.type": ["IAMUser"] }, event)).toBe(false);
  });

  test("in the event is the nested path", () => {
    const pattern = { detail: { userIdentity: { type: ["Root"] } } };

    expect(judge(pattern, { "detail.userIdentity.type": "Root" })).toBe(true);
    expect(judge(pattern, { detail: { "userIdentity.type": "Root" } })).toBe(true);
    expect(judge(pattern, { "detail.userIdentity": { type: "Root" } })).toBe(true);
  });

  test("in the event counts as presence of the field", () => {
    expect(judge({ a: { b: [{ exists: false }] } }, { "a.b": "x" })).toBe(false);
  });
});

describe("$or", () => {
  test("matches when one alternative does", () => {
    const pattern = { $or: [{ a: ["x"] }, { b: ["y"] }] };

    expect(judge(pattern, { a: "x" })).toBe(true);
    expect(judge(pattern, { b: "y" })).toBe(true);
    expect(judge(pattern, { a: "x", b: "y" })).toBe(true);
    expect(judge(pattern, { a: "y", b: "x" })).toBe(false);
  });

  test("adds to the fields around it", () => {
    const pattern = { s: ["1"], $or: [{ a: ["x"] }, { b: ["y"] }] };

    expect(judge(pattern, { s: "1", b: "y" })).toBe(true);
    expect(judge(pattern, { s: "2", b: "y" })).toBe(false);
    expect(judge(pattern, { s: "1", b: "x" })).toBe(false);
  });

  test("asks all fields of an alternative", () => {
    const pattern = { $or: [{ a: ["x"], b: ["x"] }, { c: ["x"] }] };

    expect(judge(pattern, { a: "x", b: "x" })).toBe(true);
    expect(judge(pattern, { a: "x", b: "y" })).toBe(false);
  });

  test("below a field means the fields there", () => {
    const pattern = { detail: { $or: [{ a: ["x"] }, { b: { c: ["y"] } }] } };

    expect(judge(pattern, { detail: { b: { c: "y" } } })).toBe(true);
    expect(judge(pattern, { b: { c: "y" } })).toBe(false);
  });

  test("beside another asks one alternative of each", () => {
    const pattern = { a: { $or: [{ b: ["x"] }, { c: ["x"] }] }, $or: [{ d: ["x"] }, { e: ["x"] }] };

    expect(judge(pattern, { a: { c: "x" }, d: "x" })).toBe(true);
    expect(judge(pattern, { a: { b: "x", c: "x" } })).toBe(false);
    expect(judge(pattern, { d: "x", e: "x" })).toBe(false);
  });

  test("may hold another", () => {
    const pattern = { $or: [{ a: ["x"], $or: [{ b: ["x"] }, { c: ["x"] }] }, { d: ["x"] }] };

    expect(judge(pattern, { a: "x", c: "x" })).toBe(true);
    expect(judge(pattern, { d: "x" })).toBe(true);
    expect(judge(pattern, { a: "x" })).toBe(false);
  });

  test("may ask one field for different things", () => {
    const pattern = { $or: [{ a: [{ prefix: "x" }] }, { a: [{ suffix: "z" }] }] };

    expect(judge(pattern, { a: "xy" })).toBe(true);
    expect(judge(pattern, { a: "yz" })).toBe(true);
    expect(judge(pattern, { a: "y" })).toBe(false);
  });

  test("keeps the fields of an alternative to one element of an array", () => {
    const pattern = { a: { b: ["x"], $or: [{ c: ["y"] }, { d: ["z"] }] } };

    expect(judge(pattern, { a: [{ b: "x", d: "z" }] })).toBe(true);
    expect(judge(pattern, { a: [{ b: "x" }, { d: "z" }] })).toBe(false);
  });
});

describe("field names that JavaScript has a meaning for", () => {
  test.each(["__proto__", "constructor", "toString", "length"])("are plain names: %s", (field) => {
    const pattern = JSON.parse(`{ "${field}": ["x"] }`);

    expect(judge(pattern, JSON.parse(`{ "${field}": "x" }`))).toBe(true);
    expect(judge(pattern, {})).toBe(false);
    expect(judge(JSON.parse(`{ "${field}": [{ "exists": false }] }`), {})).toBe(true);
  });
});

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
      { numRuns: 1_000 },
    );
  });

  test("either has a field or lacks it", () => {
    const present = compilePattern({ a: { b: [{ exists: true }] } });
    const absent = compilePattern({ a: { b: [{ exists: false }] } });

    fc.assert(
      fc.property(fc.dictionary(field, nearEvent), (event) => {
        expect(matches(present, event)).toBe(!matches(absent, event));
      }),
      { numRuns: 1_000 },
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
      { numRuns: 1_000 },
    );
  });
});

describe("what EventBridge does and nobody expects", () => {
  test("fields are asked in alphabetical order, whatever order they are written in", () => {
    const event = { c: [{ a: "x" }, { c: "y", d: "x" }] };

    expect(matches(compilePattern({ c: { c: [{ exists: false }], a: ["x"] } }), event)).toBe(true);
    expect(matches(compilePattern({ c: { d: ["x"], c: [{ exists: false }] } }), event)).toBe(false);
  });

  test("a number is read as the digits of an address, unless the field is compared with numbers too", () => {
    expect(matches(compilePattern({ a: [{ cidr: "16.0.0.0/4" }] }), { a: 17 })).toBe(true);
    expect(matches(compilePattern({ a: [{ cidr: "16.0.0.0/4" }, 5] }), { a: 17 })).toBe(false);
  });

  test("a field that an index leads to by being there is found there, whatever it holds", () => {
    const pattern = compilePattern({ detail: { errorCode: [{ suffix: "UnauthorizedOperation" }] } });

    expect(matches(pattern, { detail: { errorCode: "Client.UnauthorizedOperation" } })).toBe(true);
    expect(matches(pattern, { detail: { errorCode: "Throttling" } })).toBe(false);
    expect(matches(pattern, { detail: {} })).toBe(false);
  });
});
