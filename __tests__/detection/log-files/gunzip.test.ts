import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decompressByStream, gunzipTo } from "../../../detection/log-files/gunzip";
import { StepwiseGunzip } from "../../../detection/log-files/stepwise-gunzip";

const MB = 1024 * 1024;

type Decompress = (source: Uint8Array | AsyncIterable<Uint8Array>, write: (piece: Uint8Array) => void) => Promise<void>;

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function text(decompress: Decompress, source: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Buffer[] = [];
  await decompress(source, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces).toString();
}

test("there is what the stepwise way needs, in this version of Node", () => {
  const gunzip = StepwiseGunzip.create();

  expect(gunzip).toBeDefined();
  gunzip?.close();
});

describe.each<[string, Decompress]>([
  ["step by step", gunzipTo],
  ["by a stream", decompressByStream],
])("decompressing %s", (_, decompress) => {
  test("gives what was compressed, in however many members and pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.nat(3_000).map((length) => "ab".repeat(length)),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(0, 1, 30),
        async (texts, size, padding) => {
          const bytes = Buffer.concat([...texts.map((each) => gzipSync(each)), Buffer.alloc(padding)]);

          expect(await text(decompress, bytes)).toBe(texts.join(""));
          expect(await text(decompress, inPieces(bytes, size))).toBe(texts.join(""));
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each([
    ["junk", Buffer.from("JUNK")],
    ["junk that begins as gzip does", Buffer.from([0x1f, 0x8b, 0x42, 0, 0, 1])],
    ["one byte", Buffer.from([1])],
    ["a member without its end", gzipSync("more").subarray(0, -6)],
  ])("says so where behind a member and zeros comes %s", async (_, junk) => {
    for (const zeros of [0, 1, 40]) {
      for (const end of [0, 7]) {
        const bytes = Buffer.concat([gzipSync("some text"), Buffer.alloc(zeros), junk, Buffer.alloc(end)]);

        await expect(text(decompress, bytes)).rejects.toThrow();
        for (const size of [1, 5, bytes.length - end - 1]) {
          await expect(text(decompress, inPieces(bytes, size))).rejects.toThrow();
        }
        expect(await text(decompress, gzipSync("y"))).toBe("y");
      }
    }
  });

  test("gives what is larger than a step", async () => {
    const large = Array.from({ length: MB / 4 }, (_, index) => String(index)).join();

    expect(await text(decompress, gzipSync(large))).toBe(large);
    expect(await text(decompress, inPieces(gzipSync(large), 1_000))).toBe(large);
  });

  test("says when something is missing, and begins anew", async () => {
    const bytes = gzipSync("some text that goes on");
    for (const end of [1, 9, 12, bytes.length - 1]) {
      await expect(text(decompress, bytes.subarray(0, end))).rejects.toThrow(/truncated|unexpected end/);
      await expect(text(decompress, inPieces(bytes.subarray(0, end), 5))).rejects.toThrow(/truncated|unexpected end/);
      expect(await text(decompress, bytes)).toBe("some text that goes on");
    }
  });

  test("passes on what is thrown where it writes, and begins anew", async () => {
    const stop = async () =>
      decompress(gzipSync("x"), () => {
        throw new RangeError("enough");
      });

    await expect(stop()).rejects.toThrow("enough");
    expect(await text(decompress, gzipSync("y"))).toBe("y");
  });
});

test("the stepwise way reads the members behind zeros, however long they are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.string(), fc.constantFrom(0, 1, 30, 300)), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 200 }),
      async (members, size) => {
        const bytes = Buffer.concat(members.flatMap(([each, zeros]) => [gzipSync(each), Buffer.alloc(zeros)]));
        const all = members.map(([each]) => each).join("");

        expect(await text(gunzipTo, bytes)).toBe(all);
        expect(await text(gunzipTo, inPieces(bytes, size))).toBe(all);
      },
    ),
  );
  const large = "0123456789".repeat(MB / 20);
  const bytes = Buffer.concat([gzipSync(large), Buffer.alloc(MB), gzipSync(large, { level: 0 }), Buffer.alloc(3)]);
  expect(await text(gunzipTo, bytes)).toBe(large + large);
  expect(await text(gunzipTo, inPieces(bytes, 70_000))).toBe(large + large);
});

test("two that take turns don't get in each other's way", async () => {
  const texts = ["a", "b"].map((letter) => letter.repeat(MB));
  const both = texts.map((each) => text(gunzipTo, inPieces(gzipSync(each), 7)));

  expect(await Promise.all(both)).toEqual(texts);
});
