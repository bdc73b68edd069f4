import { describe, expect, test } from "@jest/globals";
import { judge } from "./judge";

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
