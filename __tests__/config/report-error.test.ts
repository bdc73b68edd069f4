import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { CommandError } from "../../cli/command/command-error";
import { UnreadableSource } from "../../cli/log-sources/open-source";
import { ConfigurationError } from "../../config/errors";
import { reportError } from "../../config/report-error";
import { UserError } from "../../config/user-error";
import { SynthError } from "../../constructs/deployment/synth-error";
import { version } from "../../package.json";
import { PlanError } from "../../plan-review/plan/not-a-plan";

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => {
    printed.push(line);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  new UserError("region is 5"),
  new CommandError("region is 5"),
  new ConfigurationError(["region is 5"]),
  new SynthError("region is 5"),
  new PlanError("region is 5"),
  new UnreadableSource("region is 5"),
])("what the user can fix is one line and ends with 1: $name", (error) => {
  expect(reportError(error)).toBe(1);
  expect(printed).toEqual(["error: region is 5"]);
});

test("each problem has a line of its own, whatever it quotes", () => {
  const error = new ConfigurationError(["trailName is a\n::set-output::\u001b[2J", "region is 5"]);

  expect(error.message).toBe("trailName is a\n::set-output::\u001b[2J\nregion is 5");
  reportError(error);
  expect(printed).toEqual(["error: trailName is a ::set-output:: [2J", "error: region is 5"]);
});

test("detail follows as it is, and the error chooses the exit code", () => {
  const error = new CommandError("unknown option --x", { exitCode: 2, detail: "Usage:\n  replay" });

  expect(reportError(error)).toBe(2);
  expect(printed).toEqual(["error: unknown option --x", "Usage:\n  replay"]);
});

test.each([
  ["an error", new TypeError("x is not a function"), /^error: TypeError: x is not a function\n {4}at /],
  ["an error with its cause", new Error("a", { cause: new RangeError("b") }), /\nCaused by: RangeError: b\n {4}at /],
  ["no error at all", "a text", /^error: a text was thrown$/],
  ["nothing", undefined, /^error: undefined was thrown$/],
  ["what has no text", Object.create(null), /^error: an error that can't be read was thrown$/],
  ["an error that is its own cause", ownCause(), /^error: Error: round\n[\s\S]*Caused by: Error: round/],
  ["text that steers a terminal", new Error("a\u001b[2Jb"), /^error: Error: a \[2Jb\n {4}at /],
  ["a long text", "x".repeat(10_000_000), /^error: x{1000,30000}… was thrown$/],
])("a defect has its stack, the version and another exit code: %s", (_, error, stack) => {
  expect(reportError(error)).toBe(70);
  expect(printed).toEqual([expect.stringMatching(stack), expect.stringContaining(`bug in trailwarden ${version}`)]);
});

function ownCause(): Error {
  const error = new Error("round");
  return Object.assign(error, { cause: error });
}
