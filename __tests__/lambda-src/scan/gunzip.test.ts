import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decompressByStream, gunzipTo } from "../../../lambda-src/scan/gunzip";
import { StepwiseGunzip } from "../../../lambda-src/scan/stepwise-gunzip";

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

test("two that take turns don't get in each other's way", async () => {
  const texts = ["a", "b"].map((letter) => letter.repeat(MB));
  const both = texts.map((each) => text(gunzipTo, inPieces(gzipSync(each), 7)));

  expect(await Promise.all(both)).toEqual(texts);
});
