// Over 250 lines: one bucket, whose tests share its setup.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sdkEnvironment } from "../../../cli/demo/function-process";
import { type FoundSources, findSources } from "../../../cli/log-sources/find-sources";
import { nameOf } from "../../../cli/log-sources/log-source";
import { openSource, UnreadableSource } from "../../../cli/log-sources/open-source";
import type { Scope } from "../../../cli/log-sources/scope";
import { EVERYTHING, layouts, scopes } from "./layouts";
import { S3Server } from "./s3-server";

const before = { ...process.env };
let server: S3Server;

beforeAll(async () => {
  server = await S3Server.start();
  Object.assign(process.env, sdkEnvironment("us-east-1", server.endpoint));
});

afterEach(() => server.clear());

afterAll(async () => {
  process.env = before;
  await server.stop();
});

function find(path = "s3://logs", scope: Partial<Scope> = {}): Promise<FoundSources> {
  return findSources([path], { ...EVERYTHING, ...scope });
}

function names({ sources }: FoundSources): readonly string[] {
  return sources.map(nameOf);
}

async function read(key: string, bucket = "logs"): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openSource({ kind: "s3", bucket, key, bytes: 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const DAY = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20";

describe("finding", () => {
  test("lists page after page, in the order of keys, with sizes, and leaves out what is no log file", async () => {
    for (const name of "gfedcba") server.put(`${DAY}/${name}.json.gz`, Buffer.alloc(7));
    server.put(`${DAY}/`, Buffer.alloc(0));
    server.put(`${DAY}/notes.txt`);
    server.put("AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/a.json.gz");
    server.put("AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/11/20/a.json.gz");

    const found = await find("s3://logs/AWSLogs/");

    expect(names(found)).toEqual([..."abcdefg"].map((name) => `s3://logs/${DAY}/${name}.json.gz`));
    expect(found.sources[0]).toEqual({ kind: "s3", bucket: "logs", key: `${DAY}/a.json.gz`, bytes: 7 });
    expect(found).toMatchObject({ leftOut: 3, unreadable: [] });
    expect(server.requests.join()).not.toMatch(/Digest|vpcflowlogs/);
  });

  test("lists a region flat where every date is asked for", async () => {
    for (const day of ["01", "02", "03"])
      server.put(`AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/${day}/a.json.gz`);

    expect((await find()).sources).toHaveLength(3);
    expect(server.requests).toEqual([
      "list  /",
      "list AWSLogs/ /",
      "list AWSLogs/111122223333/ /",
      "list AWSLogs/111122223333/CloudTrail/ /",
      "list AWSLogs/111122223333/CloudTrail/us-east-1/",
    ]);
  });

  test("lists no prefix outside of the scope, and months within it flat", async () => {
    for (const date of [
      "2024/01/01",
      "2026/09/30",
      "2026/10/01",
      "2026/10/31",
      "2026/11/02",
      "2026/11/03",
      "2026/12/01",
    ]) {
      server.put(`AWSLogs/111122223333/CloudTrail/us-east-1/${date}/a.json.gz`);
      server.put(`AWSLogs/111122223333/CloudTrail/eu-west-1/${date}/a.json.gz`);
      server.put(`AWSLogs/444455556666/CloudTrail/us-east-1/${date}/a.json.gz`);
    }

    const found = await find("s3://logs/AWSLogs/", {
      from: Date.UTC(2026, 9, 1),
      to: Date.UTC(2026, 10, 2),
      regions: ["us-east-1"],
      accounts: ["111122223333"],
    });

    const region = "AWSLogs/111122223333/CloudTrail/us-east-1";
    expect(names(found)).toEqual(
      ["2026/10/01", "2026/10/31", "2026/11/02"].map((date) => `s3://logs/${region}/${date}/a.json.gz`),
    );
    expect([...new Set(server.requests)]).toEqual([
      "list AWSLogs/ /",
      "list AWSLogs/111122223333/ /",
      "list AWSLogs/111122223333/CloudTrail/ /",
      `list ${region}/ /`,
      `list ${region}/2026/ /`,
      `list ${region}/2026/10/`,
      `list ${region}/2026/11/ /`,
      `list ${region}/2026/11/02/`,
    ]);
  });

  test("finds what somebody who knows the layouts would pick from a list of all keys", async () => {
    await fc.assert(
      fc.asyncProperty(layouts, scopes, async (files, scope) => {
        server.clear();
        for (const { path } of files) server.put(path);

        const found = await find("s3://logs", scope);

        const wanted = files.filter((file) => file.wanted(scope)).map(({ path }) => `s3://logs/${path}`);
        expect(names(found)).toEqual(wanted.sort());
      }),
      { numRuns: 25 },
    );
  });

  test("a prefix is the beginning of keys, as S3 takes it", async () => {
    server.put("logs/2026-a.json");
    server.put("logs/2026/b.json");
    server.put("logs/2027.json");

    expect(names(await find("s3://logs/logs/2026"))).toEqual([
      "s3://logs/logs/2026-a.json",
      "s3://logs/logs/2026/b.json",
    ]);
  });

  test("an object that is named is read whatever its name, and alone", async () => {
    server.put("logs/records");
    server.put("logs/records.json");

    expect(names(await find("s3://logs/logs/records"))).toEqual(["s3://logs/logs/records"]);
    expect(server.requests).toEqual(["list logs/records /"]);
  });

  test("an object that is named, and tells by its name that it is outside of the scope, is left out", async () => {
    const key = "flat/111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz";
    server.put(key);

    expect((await find(`s3://logs/${key}`, { regions: ["us-east-1"] })).sources).toHaveLength(1);
    expect(await find(`s3://logs/${key}`, { regions: ["eu-west-1"] })).toMatchObject({ sources: [], leftOut: 1 });
  });

  test("keys may hold what XML and addresses don't", async () => {
    const keys = ["a b+c%20&<é>\u0001.json", "x?y#z/é & b.json"];
    for (const key of keys) server.put(key, Buffer.from(key));

    expect(names(await find())).toEqual(keys.map((key) => `s3://logs/${key}`));
    expect(String(await read(keys[0] as string))).toBe(keys[0]);
  });

  test("a prefix outside of the scope is not asked for", async () => {
    const found = await find("s3://logs/AWSLogs/111122223333/CloudTrail/us-east-1/2024/", {
      from: Date.UTC(2026, 0, 1),
    });

    expect(found.unreadable).toEqual([
      {
        file: "s3://logs/AWSLogs/111122223333/CloudTrail/us-east-1/2024/",
        reason: "nothing to read: 1 file or folder, all outside of --from 2026-01-01T00:00:00Z",
      },
    ]);
    expect(server.requests).toEqual([]);
  });

  test("what comes after the last slash may be the beginning of a name, which tells nothing yet", async () => {
    server.put(`${DAY}/a.json.gz`);

    const found = await find("s3://logs/AWSLogs/111122223333/CloudTrail/us-east-1/2026/1", {
      from: Date.UTC(2026, 10, 20),
    });

    expect(names(found)).toEqual([`s3://logs/${DAY}/a.json.gz`]);
  });

  test("a bucket in another region is found there", async () => {
    server.put("a.json");
    server.region = "eu-central-1";

    expect(names(await find())).toEqual(["s3://logs/a.json"]);
    expect(String(await read("a.json"))).toBe("{}");
  });

  test.each([
    ["s3://nowhere/a/", 'there is no bucket "nowhere"'],
    ["s3://denied/a/", "access denied: these credentials need s3:ListBucket on bucket denied"],
    ["s3://expired/a/", "the AWS credentials have expired: log in again (aws sso login)"],
    ["s3://unknown/a/", "AWS rejected these credentials: are they complete, and of the right account?"],
    ["s3://", "not a path in S3: s3://BUCKET or s3://BUCKET/PREFIX"],
    ["s3:///a", "not a path in S3: s3://BUCKET or s3://BUCKET/PREFIX"],
    ["s3://logs/empty/", "nothing to read: there is nothing in it"],
  ])("%s: %s", async (path, reason) => {
    expect(await find(path)).toEqual({ sources: [], leftOut: 0, unreadable: [{ file: path, reason }] });
  });

  test("what ends every request is told once, and what was found before is kept", async () => {
    server.put("a.json");
    for (const folder of "bcdefg") server.put(`${folder}/1.json`);
    server.expiresAfter = 3;

    const found = await find();

    expect(names(found)).toEqual(["s3://logs/a.json"]);
    expect(found.unreadable).toHaveLength(1);
    expect(found.unreadable[0]?.reason).toMatch(/^the AWS credentials have expired/);
  });

  test("a path that can't be read leaves the others to be", async () => {
    server.put("a.json");

    const found = await findSources(["s3://denied", "s3://logs"], EVERYTHING);

    expect(names(found)).toEqual(["s3://logs/a.json"]);
    expect(found.unreadable).toMatchObject([{ file: "s3://denied/" }]);
  });
});

describe("reading", () => {
  test("an object's bytes arrive as they lie there", async () => {
    const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7919) % 251));
    server.put("a.json.gz", bytes);

    expect((await read("a.json.gz")).equals(bytes)).toBe(true);
  });

  test.each([
    ["gone.json", "logs", "it is no longer there"],
    ["archived.json", "logs", "it is archived in Glacier: restore it first (aws s3api restore-object)"],
    ["broken.json", "logs", "the connection to S3 broke off (ECONNRESET): try once more"],
    [
      "a.json",
      "denied",
      "access denied: these credentials need s3:GetObject on objects of bucket denied, and kms:Decrypt on the key where log files are encrypted with one",
    ],
  ])("%s in %s: %s", async (key, bucket, reason) => {
    if (key !== "gone.json") server.put(key, Buffer.alloc(100_000));
    server.archived.add("archived.json");
    server.broken.add("broken.json");

    const error = await read(key, bucket).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(UnreadableSource);
    expect((error as Error).message).toBe(reason);
  });
});
