import { describe, expect, test } from "@jest/globals";
import { parseArguments } from "../../../cli/command/arguments";
import { helpText, type Usage } from "../../../cli/command/usage";
import { UsageError } from "../../../cli/command/usage-error";
import { given } from "./given";

const USAGE = {
  command: "trailwarden sort",
  summary: "Sorts.",
  operands: ["FILE", "[OTHER]"],
  about: ["FILE   what to sort"],
  options: {
    order: { value: "ORDER", help: "up or down [up]" },
    only: { value: "NAME", help: "only these", multiple: true },
    most: { value: "N", help: "at most so many" },
    quiet: { help: "no output" },
  },
  exitCodes: "0.",
  example: "trailwarden sort a",
} as const satisfies Usage;

test("operands and options come in any order, values with = or without", () => {
  const args = given(USAGE, ["a", "--only=x", "--quiet", "--order", "down", "--only", "-", "b"]);

  expect(args.operands).toEqual(["a", "b"]);
  expect(args.all("only")).toEqual(["x", "-"]);
  expect(args.isGiven("quiet")).toBe(true);
  expect(args.isGiven("most")).toBe(false);
  expect(args.oneOf("order", ["up", "down"])).toBe("down");
  expect(args.options.map(({ name }) => name)).toEqual(["only", "quiet", "order", "only"]);
});

test("what stands after -- is an operand", () => {
  expect(given(USAGE, ["--", "--help"]).operands).toEqual(["--help"]);
});

test.each([[["--help"]], [["a", "-h"]], [["--quiet", "--help", "a", "b", "c"]]])("help: %j", (args) => {
  expect(parseArguments(USAGE, args)).toBe("help");
});

test("a value that asks for help is none: a check must not pass by it", () => {
  for (const args of [
    ["a", "--only", "--help"],
    ["a", "--order", "-h"],
  ]) {
    expect(() => parseArguments(USAGE, args)).toThrow("has no value");
  }
  expect(given(USAGE, ["a", "--only=--help"]).all("only")).toEqual(["--help"]);
});

test("version", () => {
  expect(parseArguments(USAGE, ["--version"])).toBe("version");
});

describe("refuses", () => {
  test.each([
    [[], "missing argument FILE"],
    [["a", "b", "c", "d"], 'unexpected argument "c"'],
    [["a", "--ordr", "up"], "unknown option --ordr; did you mean --order?"],
    [
      ["a", "--colour"],
      "unknown option --colour; allowed options: --order, --only, --most, --quiet, --help, --version",
    ],
    [["a", "--no-quiet"], "unknown option --no-quiet; did you mean --quiet?"],
    [["a", "-q"], "unknown option -q; allowed options: "],
    [["a", "--__proto__"], "unknown option --__proto__; allowed options: "],
    [["a", "--toString"], "unknown option --toString; allowed options: "],
    [["a", "--order"], "--order has no value: must be --order ORDER"],
    [["a", "--order", "--quiet"], "; a value that begins with - is written --order=ORDER"],
    [["a", "--order", "up", "--order", "up"], "--order is given more than once: up, up"],
    [["a", "--quiet=yes"], '--quiet is "--quiet=yes": must not have a value'],
  ])("%j", (args, problem) => {
    expect(() => parseArguments(USAGE, args)).toThrow(UsageError);
    expect(() => parseArguments(USAGE, args)).toThrow(problem);
  });

  test.each([
    ["0", "must be a whole number from 1 to 9"],
    ["10", "must be a whole number from 1 to 9"],
    ["1e0", "must be a whole number from 1 to 9"],
    ["", "must be a whole number from 1 to 9"],
    ["2.5", "must be a whole number from 1 to 9"],
  ])("%j as a number", (value, problem) => {
    const args = given(USAGE, ["a", `--most=${value}`]);

    expect(() => args.wholeNumber("most", 1, 9)).toThrow(`--most is ${JSON.stringify(value)}: ${problem}`);
  });

  test("values that are none of those allowed, or empty", () => {
    const args = given(USAGE, ["a", "--order=", "--only", " "]);

    expect(() => args.oneOf("order", ["up", "down", "none"])).toThrow('--order is ""; allowed: up, down, none');
    expect(() => args.text("only")).toThrow('--only is " ": must be a non-empty string');
  });
});

test("an error has the synopsis below it, and exit code 2 unless the command needs that for something else", () => {
  const error = new UsageError(USAGE, "FILE is missing");

  expect(error).toMatchObject({
    message: "FILE is missing",
    detail: "usage: trailwarden sort FILE [OTHER] [OPTION]...\ntrailwarden sort --help lists what it takes.",
    exitCode: 2,
  });
  expect(new UsageError({ ...USAGE, usageExitCode: 1 }, "FILE is missing").exitCode).toBe(1);
});

test("the help has a line for each option, and an example", () => {
  expect(helpText(USAGE)).toBe(`usage: trailwarden sort FILE [OTHER] [OPTION]...

Sorts.

  FILE   what to sort

Options
  --order ORDER  up or down [up]
  --only NAME    only these
  --most N       at most so many
  --quiet        no output
  -h, --help     this help
  --version      trailwarden's version

Exit code: 0.

Example
  trailwarden sort a
`);
});

test("an empty operand is refused", () => {
  expect(() => parseArguments(USAGE, [""])).toThrow(/an argument is "": must be a non-empty string/);
});
