import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { given } from "../cli/command/given";
import { findJava, NoJava } from "./java";
import { readOptions, USAGE } from "./options";

const ROOT = join(__dirname, "..", "..");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-java-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** @returns the environment with a Java of our own that prints this when asked for its modules */
function withJava(name: string, script: string): NodeJS.ProcessEnv {
  const bin = join(folder, name, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "java"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "java"), 0o755);
  return { ...process.env, JAVA_HOME: join(folder, name) };
}

function conformance(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(process.execPath, ["--require", "tsx/cjs", "__tests__/conformance/main.ts", ...args], {
    cwd: ROOT,
    env,
    encoding: "utf8",
  });
}

describe("npm run conformance", () => {
  test("exits 2 with its usage when the arguments are wrong", () => {
    const { status, stderr } = conformance(["--pairs", "many"]);

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /--pairs is "many": must be a whole number from 1 to 9007199254740991\nusage: npm run conformance/,
    );
  });

  test("exits 1 without Java, and says what to install", () => {
    const { status, stderr } = conformance([], { ...process.env, JAVA_HOME: join(folder, "nothing") });

    expect(status).toBe(1);
    expect(stderr).toMatch(/error: .*nothing\/bin\/java can't be started/);
    expect(stderr).toContain("apt-get install openjdk-17-jdk-headless");
  });
});

describe("findJava", () => {
  test("takes a JDK 17 or later", () => {
    const env = withJava("21", "echo java.base@21.0.2; echo jdk.compiler@21.0.2");

    expect(findJava(env)).toBe(join(folder, "21", "bin", "java"));
  });

  test.each([
    ["11", "echo java.base@11.0.2; echo jdk.compiler@11.0.2", "is Java 11"],
    ["runtime", "echo java.base@17.0.2", "is Java 17 without its compiler"],
    ["8", "echo 'Unrecognized option: --list-modules' >&2; exit 1", "is too old, or no Java: Unrecognized option"],
  ])("refuses %s", (name, script, problem) => {
    expect(() => findJava(withJava(name, script))).toThrow(NoJava);
    expect(() => findJava(withJava(name, script))).toThrow(problem);
  });
});

describe("readOptions", () => {
  test("takes what stands there, and chooses a seed where none does", () => {
    expect(readOptions(given(USAGE, ["--pairs", "7", "--events", "9", "--seed", "0", "--format", "json"]))).toEqual({
      pairs: 7,
      events: 9,
      seed: 0,
      format: "json",
      record: false,
    });
    expect(readOptions(given(USAGE, []))).toMatchObject({
      pairs: 20_000,
      events: 300_000,
      format: "text",
      seed: expect.any(Number),
    });
    expect(readOptions(given(USAGE, ["--record"]))).toMatchObject({ record: true });
  });

  test.each([
    [["--pairs", "0"], '--pairs is "0"'],
    [["--seed", "-1"], "--seed"],
    [["--seed", "1.5"], '--seed is "1.5"'],
    [["--seed", "9007199254740993"], '--seed is "9007199254740993"'],
    [["--format", "xml"], '--format is "xml"'],
    [["--what"], "--what"],
    [["file"], "file"],
  ])("refuses %j", (args, problem) => {
    expect(() => readOptions(given(USAGE, args))).toThrow(problem);
  });
});
