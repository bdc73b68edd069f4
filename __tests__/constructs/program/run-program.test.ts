import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { App } from "cdktf";
import { ConfigurationError } from "../../../config/errors";
import { SynthError } from "../../../constructs/deployment/synth-error";
import { runProgram } from "../../../constructs/program/run-program";

let printed: string[];
let exitCode: typeof process.exitCode;

beforeEach(() => {
  printed = [];
  exitCode = process.exitCode;
  process.exitCode = 0;
  jest.spyOn(console, "error").mockImplementation((line: string) => {
    printed.push(line);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = exitCode;
});

test.each([
  ["a configuration's problems, a line each", new ConfigurationError(["one", "two"]), ["error: one", "error: two"]],
  ["what can't be deployed", new SynthError("too long"), ["error: too long"]],
])("prints %s and ends with 1", async (_, error, lines) => {
  await runProgram(() => {
    throw error;
  });

  expect(printed).toEqual(lines);
  expect(process.exitCode).toBe(1);
});

test("waits for a program that takes its time", async () => {
  await runProgram(() => Promise.reject(new SynthError("late")));

  expect(printed).toEqual(["error: late"]);
});

test("prints the stack of what is a mistake of ours, and ends with another exit code", async () => {
  const mistake = new TypeError("undefined is not a function");

  await runProgram(() => Promise.reject(mistake));

  expect(printed).toEqual([`error: ${mistake.stack}`, expect.stringMatching(/^This is a bug in trailwarden /)]);
  expect(process.exitCode).toBe(70);
});

test("leaves a program that ends well alone", async () => {
  await runProgram(() => {});

  expect(process.exitCode).toBe(0);
});

describe("where the Terraform JSON can't be written", () => {
  const kept = process.env.CDKTF_OUTDIR;
  afterEach(() => {
    if (kept === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = kept;
  });

  test("says so in one line, how to fix it, and ends with 1", async () => {
    process.env.CDKTF_OUTDIR = join(__filename, "out");

    await runProgram(() => {
      new App();
    });

    expect(printed).toEqual([
      expect.stringMatching(/^error: ".*out" can't be written: ENOTDIR: .*; set CDKTF_OUTDIR to a folder/),
    ]);
    expect(process.exitCode).toBe(1);
  });

  test("any other file that can't be read is a defect", async () => {
    await runProgram(() => {
      readFileSync(join(__filename, "other"));
    });

    expect(process.exitCode).toBe(70);
  });
});
