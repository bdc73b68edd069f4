// Over 250 lines: one table of files and what is read of them.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { RecordProblem } from "../../../../detection/events/cloudtrail-record";
import { UnreadableLogFile } from "../../../../detection/log-files/log-file";
import { type ScanOptions, scanRecords } from "../../../../detection/log-files/scan/scan-records";

const MB = 1024 * 1024;
const gzip = (text: string) => gzipSync(text);

interface Read {
  readonly records: readonly unknown[];
  readonly error?: unknown;
}

/** Everything that is handed over, and what is thrown at last. */
async function read(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  form: "log-file" | "any",
  options?: Partial<ScanOptions>,
): Promise<Read> {
  const records: unknown[] = [];
  try {
    const scanned = await scanRecords(source, { form, ...options }, (record) => records.push(record));
    expect(scanned).toEqual({ records: records.length, passed: records.length });
    return { records };
  } catch (error) {
    if (error instanceof UnreadableLogFile) expect(error.scanned.records).toBe(records.length);
    return { records, error };
  }
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const unreadable = (reason: string) =>
  expect.objectContaining({ name: "UnreadableLogFile", message: expect.stringContaining(reason) });

describe("a log file", () => {
  test.each([
    [
      "gives its records in their order, unchecked",
      '{"Records":[{"a":1},7,null,"x",[1],true]}',
      [{ a: 1 }, 7, null, "x", [1], true],
    ],
    ["may have none", ' {"Records" : [ ] } \n', []],
    ["may have a byte order mark", '\uFEFF{"Records":[1]}', [1]],
    ["may have other keys", '{"a":{"Records":[2]},"b":-1.5e3,"Records":[1],"c":["]}"],"d":null}', [1]],
    ["may spell its keys with escapes", '{"Re\\u0063ords":[{"\\u0061":"\\ud83d\\ude00"}]}', [{ a: "😀" }]],
    ["may have records twice: both are read", '{"Records":[1],"Records":[2]}', [1, 2]],
  ])("%s", async (_, text, records) => {
    expect(await read(gzip(text), "log-file")).toEqual({ records });
    expect(await read(inPieces(gzip(text), 1), "log-file")).toEqual({ records });
  });

  test("takes concatenated gzip members and what pads them", async () => {
    const bytes = Buffer.concat([gzip('\uFEFF{"Records":'), gzip("[1]}"), Buffer.alloc(10)]);

    expect(await read(bytes, "log-file")).toEqual({ records: [1] });
  });

  test.each([
    ["an empty file", Buffer.alloc(0), "it is empty"],
    ["a file that isn't gzip", Buffer.from('{"Records":[]}'), "it is not gzip"],
    ["a single byte", Buffer.from([0x1f]), "it is not gzip"],
    [
      "a truncated gzip",
      gzip(JSON.stringify({ Records: ["x".repeat(1000)] })).subarray(0, 30),
      "its gzip data is truncated",
    ],
    ["a gzip with a flipped byte", flipped(gzip('{"Records":["some text to compress"]}')), "its gzip data is damaged"],
    ["compressed nothing", gzip(""), "it is not JSON: it ends too early"],
    ["compressed text that isn't JSON", gzip("hello"), "it is not JSON: unexpected h at position 0"],
    ["bytes that aren't text", gzip("\u0001"), "it is not JSON: unexpected byte 0x01 at position 0"],
    ["no Records", gzip('{"records":[]}'), "Records is absent, not an array"],
    ["an object with nothing", gzip("{}"), "Records is absent, not an array"],
    ["Records of another type", gzip('{"Records":{}}'), "Records is an object, not an array"],
    ["Records that are null", gzip('{"Records":null}'), "Records is null, not an array"],
    ["an array", gzip("[]"), "it holds an array, not an object"],
    ["null", gzip("null"), "it holds null, not an object"],
    ["a text", gzip('"a"'), "it holds a string, not an object"],
    ["a key that is none", gzip("{Records:[]}"), "it is not JSON: unexpected R at position 1"],
    ["a key without a colon", gzip('{"Records"[]}'), "it is not JSON: unexpected [ at position 10"],
  ])("says why it can't read %s", async (_, bytes, reason) => {
    expect(await read(bytes, "log-file")).toEqual({ records: [], error: unreadable(reason) });
  });

  test.each([
    ["that ends within a record", '{"Records":[{"a":1},{"b":2},{"c":', "ends too early"],
    ["that ends within a string", '{"Records":[{"a":1},{"b":2},{"c":"d\\', "ends too early"],
    ["that ends behind a record", '{"Records":[{"a":1},{"b":2}', "ends too early"],
    ["that ends behind its records", '{"Records":[{"a":1},{"b":2}]', "ends too early"],
    ["that lacks a comma", '{"Records":[{"a":1},{"b":2} {"c":3}]}', "unexpected { at position 28"],
    ["with a comma too many", '{"Records":[{"a":1},{"b":2},]}', "unexpected ] at position 28"],
    ["with something behind it", '{"Records":[{"a":1},{"b":2}]}{}', "unexpected { at position 29"],
  ])("hands over what comes before the damage in one %s", async (_, text, reason) => {
    expect(await read(gzip(text), "log-file")).toEqual({ records: [{ a: 1 }, { b: 2 }], error: unreadable(reason) });
  });

  test("hands over what comes before the end of truncated gzip data", async () => {
    const records = Array.from({ length: 30_000 }, (_, number) => ({ number, text: `${Math.sin(number)}` }));
    const bytes = gzip(JSON.stringify({ Records: records }));
    const half = bytes.subarray(0, bytes.length / 2);

    const { records: handedOver, error } = await read(half, "log-file");

    expect(error).toEqual(unreadable("its gzip data is truncated"));
    expect(handedOver.length).toBeGreaterThan(10_000);
    expect(handedOver).toEqual(records.slice(0, handedOver.length));
    expect((await read(inPieces(half, 10_000), "log-file")).records).toEqual(handedOver);
  });

  test.each([300, 30_000])("hands over what comes before damage in the gzip data of %i records", async (count) => {
    const records = Array.from({ length: count }, (_, number) => ({ number, text: `${Math.sin(number)}` }));
    const text = JSON.stringify({ Records: records });
    const [first, second] = [text.slice(0, text.length / 2), text.slice(text.length / 2)].map(gzip) as [Buffer, Buffer];
    // A block of a kind that there is not.
    second[10] = 0x07;

    const { records: handedOver, error } = await read(Buffer.concat([first, second]), "log-file");

    expect(error).toEqual(unreadable("its gzip data is damaged"));
    expect(handedOver.length).toBeGreaterThan(count * 0.49);
    expect(handedOver).toEqual(records.slice(0, handedOver.length));
  });

  test("hands over what comes before the damage behind a large record, where more of it was awaited", async () => {
    const large = { text: Array.from({ length: 15_000 }, (_, number) => Math.sin(number)).join() };
    const records = [large, ...Array.from({ length: 2_000 }, (_, number) => ({ number, text: `${Math.sin(number)}` }))];
    const bytes = gzip(JSON.stringify({ Records: records }));
    const truncated = bytes.subarray(0, -200);
    const before = JSON.stringify({ Records: records.slice(0, 1_800) }).length;

    for (const source of [truncated, inPieces(truncated, 70_000)]) {
      const { records: handedOver, error } = await read(source, "log-file");

      expect(error).toEqual(unreadable("its gzip data is truncated"));
      expect(handedOver.length).toBeGreaterThan(1_900);
      expect(handedOver).toEqual(records.slice(0, handedOver.length));
    }
    expect(await read(bytes, "log-file", { maximumBytes: before })).toEqual({
      records: records.slice(0, 1_800),
      error: unreadable(`it decompresses to more than ${before} bytes`),
    });
  });

  test.each([
    ["junk", Buffer.from("junk"), "its gzip data is damaged: bytes that are not gzip data follow it"],
    ["a document of its own", gzip('{"Records":[3]}'), "it is not JSON: unexpected {"],
    ["a truncated one", gzip('{"Records":[3]}').subarray(0, -2), "it is not JSON: unexpected {"],
    ["half a header", gzip("x").subarray(0, 5), "its gzip data is truncated"],
  ])("drops nothing in silence that comes behind a gzip member and its padding: %s", async (_, bytes, reason) => {
    for (const zeros of [0, 1, 600]) {
      const padded = Buffer.concat([gzip('{"Records":[1,2]}'), Buffer.alloc(zeros), bytes]);

      expect(await read(padded, "log-file")).toEqual({ records: [1, 2], error: unreadable(reason) });
      expect(await read(inPieces(padded, 11), "log-file")).toEqual({ records: [1, 2], error: unreadable(reason) });
    }
  });

  test("hands over what comes before a gzip member that is none", async () => {
    const bytes = Buffer.concat([gzip('{"Records":[1,2]}'), gzip("x").subarray(0, 2), Buffer.from("garbage")]);

    expect(await read(bytes, "log-file")).toEqual({ records: [1, 2], error: unreadable("damaged") });
  });

  test.each(['{"a":tru}', '{"a" 1}', '{"a":1,}', "{a:1}", "nul", '{"a":"\u0001"}'])(
    "hands over the neighbours of %s, which is no JSON",
    async (text) => {
      const { records, error } = await read(gzip(`{"Records":[1,${text},2]}`), "log-file");

      expect(error).toBeUndefined();
      expect(records).toEqual([1, expect.any(RecordProblem), 2]);
      expect((records[1] as Error).message).toMatch(/^the record is not JSON: /);
    },
  );

  test.each([
    ["object that is", `{"b":"${"\\\\}".repeat(9 * MB)}","c":[{}]}`],
    ["escaped text that is", `"${`${"x".repeat(998)}\\"`.repeat(17 * 1024)}"`],
    ["endless number that is", "1".repeat(17 * MB)],
  ])("passes over an %s too large for a record, not over its neighbours", async (_, large) => {
    const { records } = await read(inPieces(gzip(`{"Records":[1,${large},2],"a":${large}}`), 5_000), "log-file");

    expect(records).toEqual([1, expect.any(RecordProblem), 2]);
    expect((records[1] as Error).message).toBe("the record is larger than 16777216 bytes");
  });

  test("stops where it decompresses to more than it may", async () => {
    const bomb = gzip(`{"Records":[1,"${"x".repeat(3 * MB)}"]}`);

    expect(await read(bomb, "log-file", { maximumBytes: 2 * MB })).toEqual({
      records: [1],
      error: unreadable("it decompresses to more than 2097152 bytes"),
    });
    expect((await read(bomb, "log-file", { maximumBytes: 4 * MB })).error).toBeUndefined();
    const small = gzip('{"Records":[1,2]}');
    expect((await read(small, "log-file", { maximumBytes: 16 })).error).toEqual(unreadable("more than 16 bytes"));
    expect((await read(small, "log-file", { maximumBytes: 17 })).error).toBeUndefined();
  });

  test("lets through what the reader of records throws, and what the source does", async () => {
    async function* broken() {
      yield gzip('{"Records":[1]}').subarray(0, 20);
      throw new Error("connection lost");
    }
    const failing = scanRecords(gzip('{"Records":[1]}'), { form: "log-file" }, () => {
      throw new Error("no");
    });

    await expect(failing).rejects.toThrow(/^no$/);
    expect((await read(broken(), "log-file")).error).toEqual(new Error("connection lost"));
  });
});

describe("any form", () => {
  test.each([
    ["a log file", '{"Records":[{"a":1},{"a":2}]}'],
    ["a log file with other keys first", '{"b":[{"a":3}],"Records":[{"a":1},{"a":2}]}'],
    ["a list", '[{"a":1},{"a":2}]'],
    ["JSON lines", '{"a":1}\n{"a":2}\n'],
    ["values one after the other", ' {"a":1}{"a":2}'],
    ["log files, lists and records", '\uFEFF{"Records":[{"a":1}]}\n[]\r\n{"a":2}\n{"Records":[]}'],
  ])("may be %s", async (_, text) => {
    const records = [{ a: 1 }, { a: 2 }];

    expect(await read(Buffer.from(text), "any")).toEqual({ records });
    expect(await read(gzip(text), "any")).toEqual({ records });
    expect(await read(inPieces(Buffer.from(text), 1), "any")).toEqual({ records });
  });

  test("may be a log file larger than a record, whatever comes first in it", async () => {
    const records = Array.from({ length: 17 }, (_, number) => ({ number, text: "x".repeat(MB) }));
    const text = Buffer.from(JSON.stringify({ first: ["x"], Records: records }));

    expect((await read(inPieces(text, 100_000), "any")).records).toEqual(records);
  });

  test.each([
    ["nothing", "", "it is empty"],
    ["spaces", "  \n", "it is not JSON: it ends too early"],
    ["other text", "Date,Time\n", "it is not JSON: unexpected D at position 0"],
    ["a number", "17", "it holds a number, not records"],
    ["half a record", '{"a":1', "it is not JSON: it ends too early"],
  ])("is not %s", async (_, text, reason) => {
    expect(await read(Buffer.from(text), "any")).toEqual({ records: [], error: unreadable(reason) });
  });

  test("hands over what comes before something else", async () => {
    expect(await read(Buffer.from('{"a":1}\nlost,connection\n'), "any")).toEqual({
      records: [{ a: 1 }],
      error: unreadable("it is not JSON: unexpected l at position 8"),
    });
  });

  test("makes one record of an object whose Records are no list", async () => {
    expect(await read(Buffer.from('{"Records":7}'), "any")).toEqual({ records: [{ Records: 7 }] });
  });

  test("stops at a limit", async () => {
    expect(await read(Buffer.from("[1,2,3]"), "any", { maximumBytes: 4 })).toEqual({
      records: [1],
      error: unreadable("it has more than 4 bytes"),
    });
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[14] = (copy[14] ?? 0) ^ 0xff;
  return copy;
}
