import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, gunzipSync } from "node:zlib";
import { UnreadableLogFile } from "../read/log-file";

/** Bytes decompressed at a time: they stay in the processor's cache until they have been read. */
const CHUNK = 256 * 1024;
/** … and, where damage is known to be, pieces that are taken at the most: each costs some microseconds. */
const MAX_PIECES = 64 * 1024;
/** Up to so many bytes, decompressing all at once is faster than a stream. */
const AT_ONCE = 1024 * 1024;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses, and writes each piece as it comes.
 *
 * @throws UnreadableLogFile when what is compressed is damaged; and whatever `source` and `write` throw
 */
export async function gunzipTo(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  write: (chunk: Uint8Array) => void,
): Promise<void> {
  const whole = source instanceof Uint8Array ? atOnce(source) : undefined;
  if (whole) {
    write(whole);
    return;
  }
  let written = 0;
  try {
    await piped(source, CHUNK, (chunk) => {
      written += chunk.length;
      write(chunk);
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new UnreadableLogFile("its gzip data is truncated");
    if (!code?.startsWith("Z_")) throw error;
    if (source instanceof Uint8Array) await writeUpToDamage(source, written, write);
    throw new UnreadableLogFile(`its gzip data is damaged: ${message}`);
  }
}

/**
 * zlib keeps back what it has made of the piece in which it comes upon damage: once more, taking little at a time, and what
 * has not been written is.
 */
async function writeUpToDamage(bytes: Uint8Array, written: number, write: (chunk: Uint8Array) => void): Promise<void> {
  const little = Math.ceil(bytes.length / MAX_PIECES);
  let place = 0;
  try {
    await piped(inPieces(bytes, little), CHUNK, (chunk) => {
      const known = Math.min(chunk.length, Math.max(0, written - place));
      place += chunk.length;
      if (known < chunk.length) write(chunk.subarray(known));
    });
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw error;
  }
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function piped(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  chunkSize: number,
  write: (chunk: Uint8Array) => void,
): Promise<void> {
  // What it takes is done with as soon as it has it, so the mark only keeps the pipe from waiting in between.
  const sink = new Writable({
    highWaterMark: 4 * CHUNK,
    write: (chunk, _, done) => {
      try {
        write(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await pipeline(source instanceof Uint8Array ? [source] : source, createGunzip({ chunkSize }), sink);
}

/** @returns undefined where it is large, or damaged: a stream hands over what comes before the damage */
function atOnce(bytes: Uint8Array): Uint8Array | undefined {
  const size = sizeOf(bytes);
  if (size > AT_ONCE) return undefined;
  try {
    // One byte more, or zlib asks for more room to find that it needs none.
    return gunzipSync(bytes, { chunkSize: Math.max(64, size + 1), maxOutputLength: AT_ONCE });
  } catch {
    return undefined;
  }
}

/** How large it says it is, decompressed, at its end. */
function sizeOf(bytes: Uint8Array): number {
  const { buffer, byteOffset, length } = bytes;
  return length < 18 ? 0 : new DataView(buffer, byteOffset, length).getUint32(length - 4, true);
}
