import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { addLockFile } from "../../../constructs/program/lock-file";

let project: string;
let outdir: string;
let beside: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "trailwarden-lock-"));
  outdir = join(project, "cdktf.out");
  mkdirSync(join(outdir, "stacks", "trailwarden"), { recursive: true });
  beside = join(outdir, "stacks", "trailwarden", ".terraform.lock.hcl");
});
afterEach(() => rmSync(project, { recursive: true }));

test("the project's lock file lies beside the stack, in the place of an older one", () => {
  writeFileSync(beside, "older");
  writeFileSync(join(project, ".terraform.lock.hcl"), "pinned");

  addLockFile(project, outdir, "trailwarden");

  expect(readFileSync(beside, "utf8")).toBe("pinned");
});

test("without one in the project, the one that terraform init wrote stays", () => {
  addLockFile(project, outdir, "trailwarden");
  expect(existsSync(beside)).toBe(false);

  writeFileSync(beside, "by init");
  addLockFile(project, outdir, "trailwarden");
  expect(readFileSync(beside, "utf8")).toBe("by init");
});
