import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { isLogFileKey, readLogFile } from "../../../lambda-src/read/log-file";

const gzip = (text: string) => gzipSync(text);

describe("readLogFile", () => {
  test("gives the records in their order, unchecked", async () => {
    const records = await readLogFile(gzip('{"Records":[{"a":1},7,null]}'));

    expect(records).toEqual([{ a: 1 }, 7, null]);
  });

  test("takes a byte order mark and concatenated gzip members", async () => {
    const bytes = Buffer.concat([gzip('\uFEFF{"Records":'), gzip("[1]}")]);

    expect(await readLogFile(bytes)).toEqual([1]);
  });

  test.each([
    ["an empty file", Buffer.alloc(0), "it is empty"],
    ["a file that isn't gzip", Buffer.from('{"Records":[]}'), "it is not gzip"],
    ["a single byte", Buffer.from([0x1f]), "it is not gzip"],
    ["a truncated gzip", gzip(JSON.stringify({ Records: ["x".repeat(1000)] })).subarray(0, 30), "truncated"],
    ["a gzip with a flipped byte", flipped(gzip('{"Records":["some text to compress"]}')), "damaged"],
    ["compressed text that isn't JSON", gzip("hello"), "it is not JSON"],
    ["no Records", gzip('{"records":[]}'), "Records is absent, not an array"],
    ["Records of another type", gzip('{"Records":{}}'), "Records is an object, not an array"],
    ["an array", gzip("[]"), "it holds an array, not an object"],
    ["null", gzip("null"), "it holds null, not an object"],
  ])("says why it can't read %s", async (_, bytes, reason) => {
    await expect(readLogFile(bytes)).rejects.toMatchObject({
      name: "UnreadableLogFile",
      message: expect.stringContaining(reason),
    });
  });

  test("stops a file that decompresses to more than memory bears", async () => {
    const bomb = gzipSync(Buffer.alloc(100_001));

    await expect(readLogFile(bomb, 100_000)).rejects.toThrow("it decompresses to more than 100000 bytes");
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[14] = (copy[14] ?? 0) ^ 0xff;
  return copy;
}

describe("isLogFileKey", () => {
  test.each([
    "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz",
    "AWSLogs/o-exampleorg/111122223333/CloudTrail/eu-west-1/2026/11/20/x.json.gz",
    "some/prefix/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/x.json.gz",
  ])("takes the log file %s", (key) => {
    expect(isLogFileKey(key)).toBe(true);
  });

  test.each([
    "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/111122223333_CloudTrail-Digest_us-east-1_x.json.gz",
    "AWSLogs/111122223333/CloudTrail-Insight/us-east-1/2026/11/20/x.json.gz",
    "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/x.json",
    "AWSLogs/111122223333/elasticloadbalancing/us-east-1/2026/11/20/x.log.gz",
    "AWSLogs/111122223333/Config/us-east-1/2026/11/20/x.json.gz",
    "",
  ])("passes over %s", (key) => {
    expect(isLogFileKey(key)).toBe(false);
  });
});
