import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { theAttributes } from "../../../assertions/resources";
import { type FunctionZip, zipFunction } from "../../../constructs/function/function-zip";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { alwaysOn } from "../../../detection/suppressions/always-on";
import { bundleFunction, bundleFunctionSync } from "../../../tools/packaging/bundle";
import { REPOSITORY } from "../../repository";
import { synthesizeStack } from "../synthesize-stack";

/** 1980-01-01 00:00:00 as a zip file has it. */
const FIRST_DATE = 0x0021_0000;
const STORED = 0;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly date: number;
}

/** The central directory of a zip file without a comment. */
function entries(bytes: Buffer): readonly Entry[] {
  const end = bytes.length - 22;
  let offset = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const nameLength = bytes.readUInt16LE(offset + 28);
    const entry = {
      name: bytes.toString("utf8", offset + 46, offset + 46 + nameLength),
      method: bytes.readUInt16LE(offset + 10),
      date: bytes.readUInt32LE(offset + 12),
    };
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
    return entry;
  });
}

const SUPPRESSIONS = alwaysOn(catalogue, []);

const built: FunctionZip[] = [];
let zip: FunctionZip;
let bytes: Buffer;

async function build(sourceRoot: string): Promise<FunctionZip> {
  const made = zipFunction(await bundleFunction(sourceRoot), catalogue, SUPPRESSIONS);
  built.push(made);
  return made;
}

beforeAll(async () => {
  zip = await build(REPOSITORY);
  bytes = readFileSync(zip.path);
});
afterAll(() => {
  for (const { path } of built) rmSync(dirname(path), { recursive: true });
});

describe("the zip", () => {
  test("holds the function, the catalogue and the suppressions, sorted, stored and dated 1980", () => {
    expect(entries(bytes)).toEqual([
      { name: "account-alias.js", method: STORED, date: FIRST_DATE },
      { name: "alerting.js", method: STORED, date: FIRST_DATE },
      { name: "catalogue.json", method: STORED, date: FIRST_DATE },
      { name: "index.js", method: STORED, date: FIRST_DATE },
      { name: "log-file-scanner.js", method: STORED, date: FIRST_DATE },
      { name: "organization.js", method: STORED, date: FIRST_DATE },
      { name: "reach.js", method: STORED, date: FIRST_DATE },
      { name: "scheduled-tasks.js", method: STORED, date: FIRST_DATE },
      { name: "sqs-sender.js", method: STORED, date: FIRST_DATE },
      { name: "suppressions.json", method: STORED, date: FIRST_DATE },
    ]);
  });

  test.each([
    ["catalogue.json", catalogue],
    ["suppressions.json", SUPPRESSIONS],
  ])("holds %s as data", (file, data) => {
    expect(JSON.parse(strFromU8(unzipSync(bytes)[file] ?? new Uint8Array()))).toEqual(data);
  });

  test("holds a function that exports a handler, and whatever its files load", () => {
    const files = unzipSync(bytes);
    const sourceOf = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    const names = [
      "account-alias.js",
      "alerting.js",
      "index.js",
      "log-file-scanner.js",
      "reach.js",
      "scheduled-tasks.js",
      "sqs-sender.js",
    ];
    const loaded = names.flatMap((file) =>
      [...sourceOf(file).matchAll(/\b(?:require|import)\("(\.[^"]+)"\)/g)].map(([, name]) => `${file} ${name}`),
    );

    expect(sourceOf("index.js")).toContain("handler");
    expect(sourceOf("sqs-sender.js")).toContain("sendToQueue");
    expect(sourceOf("log-file-scanner.js")).toContain("logFileScanner");
    expect(sourceOf("alerting.js")).toContain("alertRenderer");
    expect(sourceOf("alerting.js")).toContain("DynamoDbIncidentState");
    expect(sourceOf("scheduled-tasks.js")).toContain("performTask");
    expect(sourceOf("account-alias.js")).toContain("askAlias");
    expect(sourceOf("organization.js")).toContain("renewOrganization");
    expect(sourceOf("reach.js")).toContain("DynamoDbReachState");
    expect(loaded.sort()).toEqual([
      "index.js ./account-alias.js",
      "index.js ./alerting.js",
      "index.js ./log-file-scanner.js",
      "index.js ./organization.js",
      "index.js ./reach.js",
      "index.js ./scheduled-tasks.js",
      "index.js ./sqs-sender.js",
    ]);
  });

  test("says nothing of the machine that built it", () => {
    expect(bytes.includes(REPOSITORY)).toBe(false);
    expect(bytes.includes(tmpdir())).toBe(false);
  });

  test("has its SHA-256 in base64 as hash", () => {
    expect(zip.hash).toBe(createHash("sha256").update(bytes).digest("base64"));
  });
});

describe("the same sources give the same bytes", () => {
  test("a second time", async () => {
    expect(readFileSync((await build(REPOSITORY)).path).equals(bytes)).toBe(true);
  });

  test("bundled while others wait", () => {
    const made = zipFunction(bundleFunctionSync(REPOSITORY), catalogue, SUPPRESSIONS);

    expect(made.hash).toBe(zip.hash);
  });

  test("in another time zone", () => {
    const script = [
      'const { functionCode } = require("./constructs/function/function-code.ts");',
      'const { zipFunction } = require("./constructs/function/function-zip.ts");',
      'const { catalogue } = require("./detection/catalogue/catalogue.ts");',
      'const { alwaysOn } = require("./detection/suppressions/always-on.ts");',
      "const suppressions = alwaysOn(catalogue, []);",
      "console.log(zipFunction(functionCode(), catalogue, suppressions).hash);",
    ].join("\n");

    const hash = execFileSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
      cwd: REPOSITORY,
      env: { ...process.env, TZ: "Pacific/Kiritimati" },
      encoding: "utf8",
    });

    expect(hash.trim()).toBe(zip.hash);
  });

  test("in another folder, whose name has a space", async () => {
    const folder = mkdtempSync(join(tmpdir(), "trailwarden sources "));
    try {
      for (const source of ["alerting", "config/function-environment", "detection", "lambda-src"]) {
        cpSync(join(REPOSITORY, source), join(folder, source), { recursive: true });
      }
      symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "dir");

      expect((await build(folder)).hash).toBe(zip.hash);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("other suppressions give another hash", async () => {
  const other = zipFunction(await bundleFunction(REPOSITORY), catalogue, SUPPRESSIONS.slice(1));
  built.push(other);

  expect(other.hash).not.toBe(zip.hash);
});

test("another catalogue gives another hash", async () => {
  const other = zipFunction(await bundleFunction(REPOSITORY), catalogue.slice(1), SUPPRESSIONS);
  built.push(other);

  expect(other.hash).not.toBe(zip.hash);
});

describe("the stack", () => {
  test("hands the zip over as a file of its own and tells Lambda its hash", () => {
    const { filename, source_code_hash } = theAttributes(synthesizeStack({}, { zip }), "aws_lambda_function");

    expect(filename).toMatch(/^assets\/.+\/function\.zip$/);
    expect(source_code_hash).toBe(zip.hash);
  });
});
