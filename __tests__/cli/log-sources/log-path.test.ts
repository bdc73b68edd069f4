import { describe, expect, test } from "@jest/globals";
import {
  isFolderInside,
  isFolderOutside,
  isLogName,
  isNameOutside,
  isOtherService,
} from "../../../cli/log-sources/log-path";
import type { Scope } from "../../../cli/log-sources/scope";
import { EVERYTHING } from "./layouts";

function from(time: string): Scope {
  return { ...EVERYTHING, from: Date.parse(time) };
}

function to(time: string): Scope {
  return { ...EVERYTHING, to: Date.parse(time) };
}

const ACCOUNT: Scope = { ...EVERYTHING, accounts: ["111122223333"] };
const REGION: Scope = { ...EVERYTHING, regions: ["us-east-1"] };
const TRAIL = "AWSLogs/111122223333/CloudTrail/us-east-1";

describe("a folder is outside", () => {
  test.each([
    ["AWSLogs", ACCOUNT, false],
    ["AWSLogs/111122223333", ACCOUNT, false],
    ["AWSLogs/444455556666", ACCOUNT, true],
    ["AWSLogs/o-a1b2c3", ACCOUNT, false],
    ["AWSLogs/o-a1b2c3/111122223333", ACCOUNT, false],
    ["AWSLogs/o-a1b2c3/444455556666", ACCOUNT, true],
    ["prefix/AWSLogs/444455556666/CloudTrail", ACCOUNT, true],
    ["synced/444455556666", ACCOUNT, false],
    ["synced/444455556666/CloudTrail", ACCOUNT, true],
    ["synced/CloudTrail", ACCOUNT, false],
    ["AWSLogs/111122223333/CloudTrail/eu-west-1", REGION, true],
    ["AWSLogs/111122223333/CloudTrail/us-east-1", REGION, false],
    ["CloudTrail/eu-west-1", REGION, true],
    ["eu-west-1", REGION, false],
    ["eu-west-1/backups", REGION, false],
    ["eu-west-1/2026", REGION, true],
    ["CloudTrail/AWSLogs/111122223333", REGION, false],
    [`${TRAIL}/2025`, from("2026-01-01T00:00Z"), true],
    [`${TRAIL}/2025`, from("2025-12-31T23:59Z"), false],
    [`${TRAIL}/2026/01`, from("2026-02-01T00:00Z"), true],
    [`${TRAIL}/2026/01`, from("2026-01-31T23:59Z"), false],
    [`${TRAIL}/2026/11/20`, from("2026-11-21T00:00Z"), true],
    [`${TRAIL}/2026/11/20`, from("2026-11-20T23:59Z"), false],
    [`${TRAIL}/2026/11/21`, to("2026-11-20T00:00Z"), true],
    [`${TRAIL}/2026/11/21`, to("2026-11-20T00:01Z"), false],
    [`${TRAIL}/2027`, to("2026-12-31T00:00Z"), true],
    [`${TRAIL}/2027`, to("2026-12-31T00:01Z"), false],
    [`${TRAIL}/2026/13`, from("2027-01-01T00:00Z"), true],
    [`${TRAIL}/2026/13`, from("2026-12-31T00:00Z"), false],
    ["2026/11/20", from("2027-01-01T00:00Z"), false],
    ["cut/us-east-1/2026/11/20", from("2027-01-01T00:00Z"), true],
  ])("%s, of %j: %s", (path, scope, expected) => {
    expect(isFolderOutside(path.split("/"), scope)).toBe(expected);
  });
});

describe("a folder is inside, and may be listed flat", () => {
  test.each([
    ["AWSLogs/111122223333/CloudTrail", EVERYTHING, false],
    [TRAIL, EVERYTHING, true],
    [TRAIL, from("2026-11-20T00:00Z"), false],
    [`${TRAIL}/2026/11`, from("2026-11-01T00:00Z"), true],
    [`${TRAIL}/2026/11`, from("2026-11-01T00:01Z"), false],
    [`${TRAIL}/2026/11/20`, to("2026-11-20T00:00Z"), true],
    [`${TRAIL}/2026/11/20`, to("2026-11-19T23:59Z"), false],
  ])("%s, of %j: %s", (path, scope, expected) => {
    expect(isFolderInside(path.split("/"), scope)).toBe(expected);
  });
});

const NAME = "111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz";

describe("a file is outside by its name", () => {
  test.each([
    [NAME, ACCOUNT, false],
    [NAME, { ...ACCOUNT, accounts: ["444455556666"] }, true],
    [NAME, REGION, false],
    [NAME, { ...REGION, regions: ["eu-west-1"] }, true],
    [NAME, from("2026-11-20T02:20Z"), false],
    [NAME, from("2026-11-20T02:21Z"), true],
    [NAME, to("2026-11-19T02:21Z"), false],
    [NAME, to("2026-11-19T02:20Z"), true],
    ["20241120.json", from("2026-01-01T00:00Z"), false],
    ["444455556666_all.json", ACCOUNT, false],
    ["111122223333_CloudTrail_us-east-1_all.json", from("2027-01-01T00:00Z"), false],
  ])("%s, of %j: %s", (name, scope, expected) => {
    expect(isNameOutside(name, scope)).toBe(expected);
  });
});

test.each([
  ["AWSLogs/111122223333/CloudTrail", false],
  ["AWSLogs/111122223333/CloudTrail-NetworkActivity", false],
  ["AWSLogs/111122223333/CloudTrail-Aggregated", true],
  ["AWSLogs/111122223333/CloudTrail-Digest", true],
  ["AWSLogs/o-a1b2c3/111122223333/CloudTrail-Insight", true],
  ["AWSLogs/111122223333/elasticloadbalancing", true],
  ["AWSLogs/o-a1b2c3/111122223333", false],
  ["notes/111122223333/elasticloadbalancing", false],
  ["elsewhere/o-a1b2c3/111122223333/notes", false],
  ["111122223333/notes", false],
  ["AWSLogs/notes/january", false],
])("%s is another service's: %s", (path, expected) => {
  expect(isOtherService(path.split("/"))).toBe(expected);
});

test.each([
  [NAME, true],
  ["a.json", true],
  ["A.JSON.GZ", true],
  ["a.jsonl", true],
  ["a.ndjson.gz", true],
  ["a.gz", false],
  ["json", false],
  ["a.json.bak", false],
  ["a.xjson", false],
  ["111122223333_CloudTrail-Digest_us-east-1_trail_us-east-1_20261120T022000Z.json.gz", false],
  ["111122223333_CloudTrail-Insight_us-east-1_20261120T0220Z_abc.json.gz", false],
  ["111122223333_CloudTrail-Aggregated_us-east-1_20261120T0220Z_abc.json.gz", false],
  ["111122223333_CloudTrail-NetworkActivity_us-east-1_20261120T0220Z_abc.json.gz", true],
  ["111122223333_Config_us-east-1_ConfigSnapshot_20261120T022000Z_abc.json.gz", false],
  ["111122223333_all_my_logs.json", true],
])("%s is a log file's name: %s", (name, expected) => {
  expect(isLogName(name)).toBe(expected);
});
