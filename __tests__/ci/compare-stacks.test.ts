import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { compareFolders, differences, reasonFor } from "../../.ci/compare-stacks";
import { REPOSITORY } from "../repository";

const STACK = {
  "//": { metadata: { version: "0.21.0" } },
  resource: { aws_sqs_queue: { Queue: { "//": { metadata: { path: "a/Queue" } }, name: "q", tags: ["a", "b"] } } },
  terraform: { required_providers: { aws: { source: "aws", version: ">= 6.25.0, < 7.0.0" } } },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-compare-"));
  mkdirSync(join(folder, "ours", "stack"), { recursive: true });
  writeFileSync(join(folder, "ours", "stack", "cdk.tf.json"), JSON.stringify(STACK));
  writeFileSync(join(folder, "ours", "stack", "function.zip"), "zip");
  cpSync(join(folder, "ours"), join(folder, "theirs"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function compare() {
  return compareFolders(join(folder, "ours"), join(folder, "theirs"));
}

function theirs(file: string, content: unknown): void {
  writeFileSync(join(folder, "theirs", "stack", file), typeof content === "string" ? content : JSON.stringify(content));
}

function run() {
  const script = join(REPOSITORY, ".ci", "compare-stacks.ts");
  return spawnSync(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), script, join(folder, "ours"), join(folder, "theirs")],
    { encoding: "utf8" },
  );
}

describe("two documents", () => {
  test.each([
    ["a value", { a: { b: 1 } }, { a: { b: 2 } }, "a.b"],
    ["a missing key", { a: 1, b: 2 }, { a: 1 }, "b"],
    ["another key", { a: 1 }, { a: 1, b: null }, "b"],
    ["an element", ["x", "y"], ["x", "z"], "1"],
    ["a longer list", ["x"], ["x", "y"], "1"],
    ["a list for an object", { a: ["x"] }, { a: { 0: "x" } }, "a"],
    ["a number for its text", { a: 1 }, { a: "1" }, "a"],
    ["null for nothing", { a: null }, { a: {} }, "a"],
  ])("differ by %s", (_, ours, other, place) => {
    expect(differences(ours, other, "stack/cdk.tf.json ")).toMatchObject([{ place: `stack/cdk.tf.json ${place}` }]);
  });

  test("do not differ by the order of their keys", () => {
    expect(differences({ a: 1, b: [2] }, { b: [2], a: 1 }, "")).toEqual([]);
  });
});

describe("two folders", () => {
  test("are the same file by file", () => {
    expect(compare()).toEqual([]);
  });

  test("differ by a file's bytes, and by a file that only one has", () => {
    theirs("function.zip", "another zip");
    theirs("more.tf.json", {});

    expect(compare().map(({ place }) => place)).toEqual(["stack/function.zip ", "stack/more.tf.json "]);
  });

  test("must hold something: nothing equals nothing is no parity", () => {
    rmSync(join(folder, "ours", "stack"), { recursive: true });
    rmSync(join(folder, "theirs", "stack"), { recursive: true });

    expect(compare).toThrow("hold no stacks");
  });
});

describe("what is allowed", () => {
  const place = (path: string) => `stack/cdk.tf.json ${path}`;
  const version = place("terraform.required_providers.aws.version");
  const source = place("terraform.required_providers.aws.source");

  test.each([
    [place("//.metadata.version"), "0.21.0", "0.24.0"],
    [place("resource.aws_sqs_queue.Queue.//.metadata.path"), "a", "b"],
    [source, "aws", "hashicorp/aws"],
  ])("has a reason: %s", (where, ours, other) => {
    expect(reasonFor({ place: where, ours, theirs: other })).toMatch(/\w/);
  });

  test.each([
    [version, ">= 6.25.0, < 7.0.0", "6.64.0"],
    [version, ">= 6.25.0, < 7.0.0", undefined],
    [source, "aws", "somebody/aws"],
    [place("terraform.required_providers.random.version"), "1.0.0", "1.0.1"],
    [place("resource.aws_sqs_queue.Queue.name"), "q", "r"],
    [place("resource.aws_sqs_queue.Queue.tags.https://a.b"), "x", "y"],
  ])("is not this: %s %s %s", (where, ours, other) => {
    expect(reasonFor({ place: where, ours, theirs: other })).toBeUndefined();
  });
});

describe("the command", () => {
  test("ends well over what is allowed, which it shows", () => {
    theirs("cdk.tf.json", {
      ...STACK,
      "//": { metadata: { version: "0.24.0" } },
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.25.0, < 7.0.0" } } },
    });
    const { status, stdout } = run();

    expect(stdout).toContain('stack/cdk.tf.json terraform.required_providers.aws.source: "aws" → "hashicorp/aws"\n');
    expect(stdout).toMatch(/\nthe same Terraform JSON, in 2 files\n$/);
    expect(status).toBe(0);
  });

  test("ends with 1 over anything else, and shows both sides", () => {
    theirs("cdk.tf.json", { ...STACK, resource: { aws_sqs_queue: {} } });
    const { status, stdout } = run();

    expect(stdout).toMatch(
      /^DIFFERENT stack\/cdk\.tf\.json resource\.aws_sqs_queue\.Queue\n +CDKTF +\{.*\n +CDK Terrain undefined\n$/,
    );
    expect(status).toBe(1);
  });
});
