import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { logRecords, type Recipe } from "./records";

/** As CloudTrail compresses, give or take a per cent. */
const LEVEL = 6;
/** A log file, not compressed. */
export function logText(recipe: Recipe): Buffer {
  return Buffer.from(JSON.stringify({ Records: [...logRecords(recipe)] }));
}

/** A log file as CloudTrail delivers it. */
export function logFile(recipe: Recipe): Buffer {
  return gzipSync(logText(recipe), { level: LEVEL });
}

/**
 * Log files as CloudTrail delivers them, as many as it takes.
 *
 * @param recordsPerFile 20 or so in most of CloudTrail's own files
 */
export function logFiles(recipe: Recipe, recordsPerFile: number): readonly Buffer[] {
  const files: Buffer[] = [];
  let Records: unknown[] = [];
  const close = () => {
    files.push(gzipSync(JSON.stringify({ Records }), { level: LEVEL }));
    Records = [];
  };
  for (const record of logRecords(recipe)) {
    if (Records.push(record) === recordsPerFile) close();
  }
  if (Records.length > 0) close();
  return files;
}

/**
 * Writes a log file that need not fit into memory.
 *
 * @returns its size, not compressed
 */
export async function writeLogFile(path: string, recipe: Recipe): Promise<number> {
  let bytes = 0;
  const text = function* () {
    for (const chunk of chunksOf(recipe)) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(Readable.from(text()), createGzip({ level: LEVEL }), createWriteStream(path));
  return bytes;
}

/** A log file's text, a few hundred records at a time. */
function* chunksOf(recipe: Recipe): Generator<Buffer> {
  let pending = '{"Records":[';
  let first = true;
  for (const record of logRecords(recipe)) {
    pending += (first ? "" : ",") + JSON.stringify(record);
    first = false;
    if (pending.length < 500_000) continue;
    yield Buffer.from(pending);
    pending = "";
  }
  yield Buffer.from(`${pending}]}`);
}
