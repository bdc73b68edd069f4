import { describe, expect, test } from "@jest/globals";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { judge } from "./judge";

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

describe("field names that JavaScript has a meaning for", () => {
  test.each(["__proto__", "constructor", "toString", "length"])("are plain names: %s", (field) => {
    const pattern = JSON.parse(`{ "${field}": ["x"] }`);

    expect(judge(pattern, JSON.parse(`{ "${field}": "x" }`))).toBe(true);
    expect(judge(pattern, {})).toBe(false);
    expect(judge(JSON.parse(`{ "${field}": [{ "exists": false }] }`), {})).toBe(true);
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
