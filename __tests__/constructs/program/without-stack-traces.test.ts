import { describe, expect, test } from "@jest/globals";
import { withoutStackTraces } from "../../../constructs/program/without-stack-traces";

function traceNow(): string | undefined {
  const object: { stack?: string } = {};
  Error.captureStackTrace(object);
  return object.stack;
}

describe("without stack traces", () => {
  test("none is made while it builds, and the value is handed back", () => {
    expect(withoutStackTraces(() => ["built", traceNow()])).toEqual(["built", ""]);
    expect(traceNow()).toContain("traceNow");
  });

  test("an error that is thrown keeps its own", () => {
    function failing(): never {
      throw new TypeError("broken");
    }

    let caught: unknown;
    try {
      withoutStackTraces(failing);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(TypeError);
    expect((caught as Error).stack).toMatch(/broken[\s\S]*at failing/);
    expect(traceNow()).toContain("traceNow");
  });
});
