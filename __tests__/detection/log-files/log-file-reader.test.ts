import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import type { ReadLogFile } from "../../../detection/log-files/log-file";
import { logFileReader } from "../../../detection/log-files/log-file-reader";

const RECORDS = gzipSync('{"Records":[1,{"a":2}]}');

/** A reader, what it has handed over, and the sizes of the files that it has asked its scanner to read. */
function reader() {
  const scanned: number[] = [];
  const records: unknown[] = [];
  let loads = 0;
  const scan: ReadLogFile = async ({ length }) => {
    scanned.push(length);
    return { records: 7, passed: 0 };
  };
  const read = logFileReader(async () => {
    loads++;
    return scan;
  });
  const readOne = (bytes: Uint8Array) => read(bytes, (record) => records.push(record));
  return { readOne, records, scanned, loads: () => loads };
}

describe("logFileReader", () => {
  test("reads a first small file without loading the scanner, all others with it", async () => {
    const { readOne, records, scanned, loads } = reader();

    expect(await readOne(RECORDS)).toEqual({ records: 2, passed: 2 });
    expect(loads()).toBe(0);
    expect(await readOne(RECORDS)).toEqual({ records: 7, passed: 0 });
    await readOne(RECORDS);

    expect(records).toEqual([1, { a: 2 }]);
    expect(scanned).toEqual([RECORDS.length, RECORDS.length]);
    expect(loads()).toBe(1);
  });

  test.each([
    ["is damaged", RECORDS.subarray(0, 20)],
    ["has more behind its padding", Buffer.concat([RECORDS, Buffer.alloc(4), RECORDS])],
    ["has junk behind its padding", Buffer.concat([RECORDS, Buffer.alloc(4), Buffer.from("x")])],
    ["isn't gzip", Buffer.from("text")],
    ["is no JSON", gzipSync('{"Records":[1,]}')],
    ["has no Records", gzipSync("{}")],
    ["is null", gzipSync("null")],
    ["is large", gzipSync(`{"Records":["${"x".repeat(200_000)}"]}`, { level: 0 })],
    ["becomes large", gzipSync(`{"Records":["${"x".repeat(5_000_000)}"]}`)],
  ])("leaves it to the scanner to read a first file that %s", async (_, bytes) => {
    const { readOne, records, scanned } = reader();

    expect(await readOne(bytes)).toEqual({ records: 7, passed: 0 });

    expect(records).toEqual([]);
    expect(scanned).toEqual([bytes.length]);
  });
});
