import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { isObject } from "../../detection/events/json";
import { isGzip } from "../../detection/log-files/gunzip";
import { isLogFileKey, UnreadableLogFile } from "../../detection/log-files/log-file";
import { scanRecords } from "../../detection/log-files/scan/scan-records";
import { CommandError } from "../command/command-error";
import { recordsIn } from "../log-sources/envelopes";
import { findSources } from "../log-sources/find-sources";
import { bytesOf, type LogSource, nameOf } from "../log-sources/log-source";
import { openSource, UnreadableSource } from "../log-sources/open-source";
import { scanAny } from "../log-sources/scan-any";
import type { SourceProblem } from "../log-sources/source-problem";
import { DEMO_ACCOUNT } from "./synthesized-stack";

/** Bytes, as they lie there, beyond which a replay is what is wanted: here everything is kept in memory. */
const MOST_BYTES = 64 * 1024 ** 2;

/** A log file as it would lie in the archive. */
export interface LogObject {
  readonly file: string;
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** Log files as the function will find them, and what could not be made one. */
export interface LogObjects {
  readonly objects: readonly LogObject[];
  readonly problems: readonly SourceProblem[];
}

/**
 * Reads a user's own log files: files, folders, `s3://bucket/prefix` and `-`, in every format that `replay` takes. What is not
 * as CloudTrail writes it is put into that form; a damaged log file stays as it is, for the function to name.
 *
 * @throws CommandError when there is nothing to read, or far too much
 */
export async function readLogObjects(paths: readonly string[]): Promise<LogObjects> {
  const { sources, unreadable } = await findSources(paths, { regions: [], accounts: [] });
  const total = sources.reduce((sum, source) => sum + bytesOf(source), 0);
  if (total > MOST_BYTES) {
    const megabytes = Math.round(total / 1e6).toLocaleString("en-US");
    throw new CommandError(
      `${paths.join(", ")}: ${megabytes} MB of log files, the demo reads at most ${Math.floor(MOST_BYTES / 1e6)} MB: name fewer, or use trailwarden replay, which has no limit`,
    );
  }
  const objects: LogObject[] = [];
  const problems = [...unreadable];
  const keys = new Set<string>();
  for (const source of sources) {
    const { bytes, reasons } = await logFileOf(source);
    const file = nameOf(source);
    problems.push(...reasons.map((reason) => ({ file, reason })));
    if (bytes) objects.push({ file, key: keyOf(file, keys), bytes });
  }
  if (objects.length === 0) throw new CommandError(problems.map(({ file, reason }) => `${file}: ${reason}`));
  return { objects, problems };
}

interface LogFile {
  /** Undefined where no record could be read. */
  readonly bytes?: Uint8Array;
  readonly reasons: readonly string[];
}

async function logFileOf(source: LogSource): Promise<LogFile> {
  let given: Uint8Array;
  try {
    given = await whole(source);
  } catch (error) {
    if (error instanceof UnreadableSource) return { reasons: [error.message] };
    throw error;
  }
  const bytes = isGzip(given) || given.length === 0 ? given : gzipSync(given);
  let hasOthers = false;
  const asLogFile = await problemOf(() =>
    scanRecords(bytes, { form: "log-file" }, (record) => {
      hasOthers ||= isObject(record) && recordsIn(record)[0] !== record;
    }),
  );
  if (asLogFile === undefined && !hasOthers) return { bytes, reasons: [] };
  const records: unknown[] = [];
  const reasons = new Set<string>();
  const problem = await problemOf(() =>
    scanAny(given, undefined, (record) => {
      if (record instanceof Error) reasons.add(record.message);
      else records.push(record);
    }),
  );
  if (problem !== undefined && problem === asLogFile) return { bytes, reasons: [] };
  if (problem !== undefined) reasons.add(problem);
  if (records.length === 0 && reasons.size > 0) return { reasons: [...reasons] };
  return { bytes: gzipSync(JSON.stringify({ Records: records })), reasons: [...reasons] };
}

async function whole(source: LogSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openSource(source)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @returns why it can't be read; undefined where it can */
async function problemOf(read: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableLogFile) return error.message;
    throw error;
  }
}

/** @param keys those that are taken: files of one name may come from several folders */
function keyOf(file: string, keys: Set<string>): string {
  const [inArchive = ""] = /AWSLogs\/.+$/.exec(file.replaceAll("\\", "/")) ?? [];
  const name = basename(file).replace(/(\.(json|jsonl|ndjson))?(\.gz)?$/i, "");
  const made = (number: number) =>
    `AWSLogs/${DEMO_ACCOUNT}/CloudTrail/demo/${name}${number > 1 ? `-${number}` : ""}.json.gz`;
  let key = isLogFileKey(inArchive) ? inArchive : made(1);
  for (let number = 2; keys.has(key); number++) key = made(number);
  keys.add(key);
  return key;
}
