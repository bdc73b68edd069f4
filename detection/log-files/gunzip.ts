import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { UnreadableLogFile } from "./log-file";
import { type Place, StepwiseGunzip } from "./stepwise-gunzip";

/** Where damage is known to be, pieces that are taken at the most: each costs some microseconds. */
const MAX_PIECES = 64 * 1024;

/** What zlib says of a member that is none. Whoever calls has looked at the first. */
const NO_HEADER = "incorrect header check";

type Source = Uint8Array | AsyncIterable<Uint8Array>;
type Write = (piece: Uint8Array) => void;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses, and writes each piece as it comes.
 *
 * @param write is given what is overwritten once it returns
 * @param place where to make the next piece, so that it need not be copied there
 * @throws UnreadableLogFile when what is compressed is damaged; and whatever `source` and `write` throw
 */
export async function gunzipTo(source: Source, write: Write, place?: Place): Promise<void> {
  let written = 0;
  const count = (piece: Uint8Array): void => {
    written += piece.length;
    write(piece);
  };
  try {
    await decompress(source, count, place);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new UnreadableLogFile("its gzip data is truncated");
    if (!code?.startsWith("Z_")) throw error;
    if (source instanceof Uint8Array) await writeUpToDamage(source, written, write);
    const what = message === NO_HEADER ? "bytes that are not gzip data follow it" : message;
    throw new UnreadableLogFile(`its gzip data is damaged: ${what}`);
  }
}

/**
 * zlib keeps back what it has made of the piece in which it comes upon damage: once more, taking little at a time, and what
 * has not been written is.
 */
async function writeUpToDamage(bytes: Uint8Array, written: number, write: Write): Promise<void> {
  let place = 0;
  try {
    await decompress(inPieces(bytes, Math.ceil(bytes.length / MAX_PIECES)), (piece) => {
      const known = Math.min(piece.length, Math.max(0, written - place));
      place += piece.length;
      if (known < piece.length) write(piece.subarray(known));
    });
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
  }
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Between files that are there as a whole: nobody else can come between. */
let spare: StepwiseGunzip | undefined;

async function decompress(source: Source, write: Write, place?: Place): Promise<void> {
  const isWhole = source instanceof Uint8Array;
  const gunzip = (isWhole && spare) || StepwiseGunzip.create();
  if (isWhole) spare = undefined;
  if (!gunzip) return decompressByStream(source, write);
  try {
    if (isWhole) gunzip.feed(source, write, place);
    else for await (const chunk of source) gunzip.feed(chunk, write, place);
    gunzip.end(write);
  } catch (error) {
    gunzip.close();
    throw error;
  }
  if (!isWhole || spare) {
    gunzip.close();
  } else {
    gunzip.reset();
    spare = gunzip;
  }
}

/** Slower, and in the open. */
export async function decompressByStream(source: Source, write: Write): Promise<void> {
  const sink = new Writable({
    write: (chunk, _, done) => {
      try {
        write(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let given = 0;
  /** Where the last byte lies that is no padding. */
  let last = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      const place = chunk.findLastIndex((byte) => byte !== 0);
      if (place >= 0) last = given + place;
      given += chunk.length;
      yield chunk;
    }
  }
  const chunks = counted();
  // The stream ends with the first padding, and must not end what it reads.
  await pipeline({ [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) }, gunzip, sink);
  for await (const _ of chunks);
  if (last >= gunzip.bytesWritten) throw new UnreadableLogFile("its gzip data is followed by zeros and more bytes");
}
