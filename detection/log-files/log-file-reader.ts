import { gunzipSync } from "node:zlib";
import { isObject, parseJson } from "../events/json";
import type { ReadLogFile } from "./log-file";

/** Compressed bytes of a log file that is parsed sooner than a scanner is loaded and knows its detections. */
const SMALL = 64 * 1024;
/** What such a file is at most, decompressed. */
const MAX_SMALL = 4 * 1024 * 1024;

/**
 * Reads log files with a scanner, but a first small one, on which a cold start waits, without.
 *
 * @param load is asked for the scanner when it is needed
 */
export function logFileReader(load: () => Promise<ReadLogFile>): ReadLogFile {
  let isFirst = true;
  let scanner: ReadLogFile | undefined;
  return async (bytes, onRecord) => {
    const records = isFirst ? small(bytes) : undefined;
    isFirst = false;
    if (records) {
      records.forEach(onRecord);
      return { records: records.length, passed: records.length };
    }
    scanner ??= await load();
    return scanner(bytes, onRecord);
  };
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** @returns undefined where it takes a scanner to read the file, or to say what is wrong with it */
function small(bytes: Uint8Array): readonly unknown[] | undefined {
  if (bytes.length > SMALL) return undefined;
  try {
    // With `info` it says how much of the bytes it has taken, which the types leave out.
    const { buffer, engine } = gunzipSync(bytes, { maxOutputLength: MAX_SMALL, info: true }) as unknown as Inflated;
    if (engine.bytesWritten < bytes.length) return undefined;
    const content = parseJson(buffer.toString("utf8"));
    const records = "value" in content && isObject(content.value) ? content.value.Records : undefined;
    return Array.isArray(records) ? records : undefined;
  } catch {
    return undefined;
  }
}
