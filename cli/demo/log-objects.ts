import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { CommandError } from "../command-error";
import { DEMO_ACCOUNT } from "./synthesized-stack";

/** A log file as it would lie in the archive. */
export interface LogObject {
  readonly file: string;
  readonly key: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a user's own log file; one that is not compressed is compressed as CloudTrail does.
 *
 * @throws CommandError when it can't be opened
 */
export function readLogObject(file: string): LogObject {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const hint =
      code === "EISDIR" ? "it is a folder: name its files, such as FOLDER/*.json.gz" : `it can't be opened (${code})`;
    throw new CommandError(`${file}: ${hint}`);
  }
  const text = bytes[0] !== 0x1f && bytes.length > 0;
  return { file, key: keyOf(file), bytes: text ? gzipSync(bytes) : bytes };
}

function keyOf(file: string): string {
  const inArchive = /AWSLogs\/.+\.json\.gz$/.exec(file.replaceAll("\\", "/"));
  const name = basename(file).replace(/(\.json)?(\.gz)?$/, ".json.gz");
  return inArchive?.[0] ?? `AWSLogs/${DEMO_ACCOUNT}/CloudTrail/demo/${name}`;
}
