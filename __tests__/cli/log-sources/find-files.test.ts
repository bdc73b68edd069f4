// Over 250 lines: one table of folders and what is found in them.
import fs, { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import { type FoundSources, findSources } from "../../../cli/log-sources/find-sources";
import { nameOf } from "../../../cli/log-sources/log-source";
import type { Scope } from "../../../cli/log-sources/scope";
import { EVERYTHING, layouts, scopes } from "./layouts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-find-"));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function lay(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "{}");
  }
}

/** Names below the folder. */
function names({ sources }: FoundSources): readonly string[] {
  return sources.map((source) => relative(folder, nameOf(source)));
}

function find(scope: Partial<Scope> = {}, ...paths: readonly string[]): Promise<FoundSources> {
  return findSources(paths.length > 0 ? paths.map((path) => join(folder, path)) : [folder], {
    ...EVERYTHING,
    ...scope,
  });
}

const TRAIL = "AWSLogs/111122223333/CloudTrail";
const LOG = "111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz";

test("a folder is read with all that is in it, in the order of names, with sizes", async () => {
  lay("b/2.ndjson", "b/1.jsonl.gz", "a.json", "c/d/e/3.json.gz", "c/notes.txt", "c/archive.zip", "c/x.gz");
  const readdir = fs.readdirSync;
  // No file system owes us an order.
  jest
    .spyOn(fs, "readdirSync")
    .mockImplementation(((path: string, options: object) => readdir(path, options as never).reverse()) as never);

  const found = await find();

  expect(names(found)).toEqual(["a.json", "b/1.jsonl.gz", "b/2.ndjson", "c/d/e/3.json.gz"]);
  expect(found.sources[0]).toEqual({ kind: "file", path: join(folder, "a.json"), bytes: 2 });
  expect(found).toMatchObject({ leftOut: 3, unreadable: [] });
});

test("digests, Insights files and other services' logs are left out, by folder and by name", async () => {
  lay(
    `${TRAIL}/us-east-1/2026/11/20/${LOG}`,
    "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/a.json.gz",
    "AWSLogs/111122223333/CloudTrail-Insight/us-east-1/2026/11/20/a.json.gz",
    "AWSLogs/o-abc/111122223333/GuardDuty/us-east-1/2026/11/20/a.jsonl.gz",
    "flat/111122223333_CloudTrail-Digest_us-east-1_trail_us-east-1_20261120T022000Z.json.gz",
    "flat/111122223333_CloudTrail-Insight_us-east-1_20261120T0220Z_abc.json.gz",
    "flat/111122223333_Config_us-east-1_ConfigHistory_AWS::EC2::VPC_20261120T022000Z_a.json.gz",
    "flat/111122223333_merged_us-east-1.json.gz",
  );

  const found = await find();

  expect(names(found)).toEqual([`${TRAIL}/us-east-1/2026/11/20/${LOG}`, "flat/111122223333_merged_us-east-1.json.gz"]);
  expect(found.leftOut).toBe(6);
});

test("what is named is read whatever its name", async () => {
  lay("records", "notes.txt", "flat/111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261120T022000Z.json.gz");
  const paths = [
    "records",
    "notes.txt",
    "flat/111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261120T022000Z.json.gz",
  ];

  expect(names(await find({}, ...paths))).toEqual(paths);
});

test("a pipe that is named is read; one that lies in a folder would keep us waiting", async () => {
  lay("a.json");
  symlinkSync("/dev/null", join(folder, "device.json"));

  expect(names(await find({}, "device.json"))).toEqual(["device.json"]);
  expect(names(await find())).toEqual(["a.json"]);
});

test("standard input is one of the paths", async () => {
  expect((await findSources(["-"], EVERYTHING)).sources).toEqual([{ kind: "stdin" }]);
});

test("a file that two paths lead to is read once", async () => {
  lay("a/1.json", "a/2.json");
  symlinkSync(join(folder, "a", "1.json"), join(folder, "one.json"));
  symlinkSync(join(folder, "a"), join(folder, "b"));

  expect(names(await find({}, "a", "a/2.json", "one.json", "b", "."))).toEqual(["a/1.json", "a/2.json"]);
});

test("a path that is given twice is complained of once", async () => {
  expect((await find({}, "nowhere", "nowhere")).unreadable).toHaveLength(1);
});

test("symbolic links that lead round in a circle come to an end", async () => {
  lay("a/b/1.json");
  symlinkSync(join(folder, "a"), join(folder, "a", "b", "up"));
  symlinkSync(join(folder, "self.json"), join(folder, "self.json"));

  const found = await find();

  expect(names(found)).toEqual(["a/b/1.json"]);
  // At forty rounds the system would have enough, and the link be none.
  expect(found.leftOut).toBe(0);
  expect(found.unreadable).toEqual([{ file: join(folder, "self.json"), reason: "its symbolic links form a loop" }]);
});

test("a link to a log file that is gone is named; to something else it is left out", async () => {
  lay("a.json");
  symlinkSync(join(folder, "gone"), join(folder, "b.json"));
  symlinkSync(join(folder, "gone"), join(folder, "current"));

  expect(await find()).toMatchObject({
    sources: [{}],
    leftOut: 1,
    unreadable: [{ file: join(folder, "b.json"), reason: "no such file or folder" }],
  });
});

test("a folder that may not be looked into is named, and the others are read", async () => {
  lay("a/1.json", "b/2.json", "c/3.json");
  const readdir = fs.readdirSync;
  jest.spyOn(fs, "readdirSync").mockImplementation(((path: string, options: object) => {
    // Tests that run as root may look into everything.
    if (path === join(folder, "b")) throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    return readdir(path, options as never);
  }) as never);

  const found = await find();

  expect(names(found)).toEqual(["a/1.json", "c/3.json"]);
  expect(found.unreadable).toEqual([
    { file: join(folder, "b"), reason: expect.stringMatching(/^no permission to read it: /) },
  ]);
});

describe("a path with nothing to read says why:", () => {
  test.each([
    ["nowhere", {}, "no such file or folder"],
    ["logs/a.txt/b.json", {}, "no such file or folder"],
    ["empty", {}, "nothing to read: there is nothing in it"],
    [
      "logs",
      {},
      "no log files in it, but 2 files or folders: log files end in .json, .jsonl or .ndjson, with or without .gz; files of other names are read when they are named",
    ],
    [
      "others",
      {},
      "no log files in it, but Insights events and digests: replay the log files in AWSLogs/ACCOUNT/CloudTrail/, which hold the calls",
    ],
    [
      "AWSLogs",
      { from: Date.UTC(2027, 0, 1), accounts: ["111122223333"] },
      "nothing to read: 1 file or folder, all outside of --from 2027-01-01T00:00:00Z --account 111122223333",
    ],
    [
      `${TRAIL}/us-east-1/2026/11/20`,
      { to: Date.UTC(2026, 10, 19) },
      "nothing to read: 1 file or folder, all outside of --to 2026-11-19T00:00:00Z",
    ],
    [
      `${TRAIL}/us-east-1/2026/11/20/${LOG}`,
      { regions: ["eu-west-1"] },
      "nothing to read: 1 file or folder, all outside of --region eu-west-1",
    ],
  ])("%s %j", async (path, scope, reason) => {
    lay("logs/a.txt", "logs/b.csv", `${TRAIL}/us-east-1/2026/11/20/${LOG}`);
    lay(
      "others/AWSLogs/111122223333/CloudTrail-Digest/us-east-1/a.json.gz",
      "others/111122223333_CloudTrail-Insight_us-east-1_20261120T0220Z_abc.json.gz",
    );
    mkdirSync(join(folder, "empty"));

    expect(await find(scope, path)).toMatchObject({ sources: [], unreadable: [{ file: join(folder, path), reason }] });
  });
});

test("folders outside of the scope are never looked into", async () => {
  const day = (account: string, region: string, date: string) => `AWSLogs/${account}/CloudTrail/${region}/${date}`;
  lay(
    `${day("111122223333", "us-east-1", "2024/01/01")}/a.json`,
    `${day("111122223333", "us-east-1", "2026/10/31")}/b.json`,
    `${day("111122223333", "us-east-1", "2026/11/19")}/c.json`,
    `${day("111122223333", "us-east-1", "2026/11/20")}/d.json`,
    `${day("111122223333", "us-east-1", "2026/11/21")}/e.json`,
    `${day("111122223333", "us-east-1", "2026/11/22")}/f.json`,
    `${day("111122223333", "eu-west-1", "2026/11/20")}/g.json`,
    `${day("444455556666", "us-east-1", "2026/11/20")}/h.json`,
    "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/i.json.gz",
  );
  const reads = jest.spyOn(fs, "readdirSync");

  const found = await find({
    from: Date.UTC(2026, 10, 20),
    to: Date.UTC(2026, 10, 21),
    regions: ["us-east-1"],
    accounts: ["111122223333"],
  });

  expect(names(found)).toEqual([
    `${day("111122223333", "us-east-1", "2026/11/20")}/d.json`,
    // Delivered the day after, with what happened late in the evening.
    `${day("111122223333", "us-east-1", "2026/11/21")}/e.json`,
  ]);
  expect(reads.mock.calls.map(([path]) => relative(folder, String(path)))).toEqual([
    "",
    "AWSLogs",
    "AWSLogs/111122223333",
    TRAIL,
    `${TRAIL}/us-east-1`,
    `${TRAIL}/us-east-1/2026`,
    `${TRAIL}/us-east-1/2026/11`,
    `${TRAIL}/us-east-1/2026/11/20`,
    `${TRAIL}/us-east-1/2026/11/21`,
  ]);
  // The digests, 2024, October, the 19th, the 22nd, the other region, the other account.
  expect(found.leftOut).toBe(7);
});

test("an account is told by the folder of network activity, whose files have plain names", async () => {
  const other = "cut/AWSLogs/444455556666/CloudTrail-NetworkActivity/us-east-1/2025/11/28/0.json";
  const own =
    "AWSLogs/111122223333/CloudTrail/us-east-1/2025/11/28/111122223333_CloudTrail_us-east-1_20251128T0000Z_0.json.gz";
  lay(other, own);

  const found = await find({ accounts: ["111122223333"] });

  expect(names(found)).toEqual([own]);
  expect(found.leftOut).toBe(1);
  expect(names(await find({ accounts: ["444455556666"] }))).toEqual([other]);
});

test("finds what somebody who knows the layouts would pick from a list of all files", async () => {
  await fc.assert(
    fc.asyncProperty(layouts, scopes, async (files, scope) => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      lay(...files.map(({ path }) => path));

      const found = await find(scope);

      const wanted = files.filter((file) => file.wanted(scope)).map(({ path }) => path);
      expect([...names(found)].sort()).toEqual(wanted.sort());
    }),
    { numRuns: 60 },
  );
});
