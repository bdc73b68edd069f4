import { describe, expect, test } from "@jest/globals";
import { fieldAt } from "../../../detection/refinements/field";

describe("a field", () => {
  test("is there with whatever it holds", () => {
    expect(fieldAt({ a: { b: [1] } }, ["a", "b"])).toEqual({ is: "there", value: [1] });
    expect(fieldAt({ a: { b: "" } }, ["a", "b"])).toEqual({ is: "there", value: "" });
    expect(fieldAt({ a: { b: false } }, ["a", "b"])).toEqual({ is: "there", value: false });
  });

  test.each([
    ["itself is absent", { a: {} }],
    ["itself is null", { a: { b: null } }],
    ["has an absent parent", {}],
    ["has null for a parent", { a: null }],
  ])("that %s is absent", (_, record) => {
    expect(fieldAt(record, ["a", "b"])).toEqual({ is: "absent" });
  });

  test.each([
    ["a text", { a: "x" }],
    ["a number", { a: 1 }],
    ["a list", { a: [{ b: 1 }] }],
    ["an object that CloudTrail has emptied", { a: { omitted: true, originalSize: 102_401, reason: "too large" } }],
  ])("below %s is unreadable", (_, record) => {
    expect(fieldAt(record, ["a", "b"])).toEqual({ is: "unreadable" });
  });

  test("is not found in what every object inherits", () => {
    expect(fieldAt({}, ["constructor"])).toEqual({ is: "absent" });
    expect(fieldAt({}, ["__proto__", "constructor"])).toEqual({ is: "absent" });
  });
});
