import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isObject, kindOf, parseJson } from "./json";

const unzip = promisify(gunzip);

/** Decompressed bytes that the function's memory bears; CloudTrail's own files stay far below it. */
const MAX_LOG_FILE_BYTES = 256 * 1024 * 1024;

/** The object is not a log file that can be read, and says why. */
export class UnreadableLogFile extends Error {
  override readonly name = "UnreadableLogFile";
}

/**
 * Whether an object key names a log file of CloudTrail, not a digest, an Insights file (whose records are no calls) or
 * something else.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function isLogFileKey(key: string): boolean {
  return /(^|\/)AWSLogs\/.+\/CloudTrail\/.+\.json\.gz$/.test(key);
}

/**
 * The records of a gzip-compressed log file, each still unchecked.
 *
 * @param maximumBytes how large it may be, decompressed
 * @throws UnreadableLogFile
 */
export async function readLogFile(bytes: Uint8Array, maximumBytes = MAX_LOG_FILE_BYTES): Promise<readonly unknown[]> {
  const content = parseJson(await decompress(bytes, maximumBytes));
  if ("problem" in content) throw new UnreadableLogFile(`it is not JSON: ${content.problem}`);
  if (!isObject(content.value)) throw new UnreadableLogFile(`it holds ${kindOf(content.value)}, not an object`);
  const records = content.value.Records;
  if (!Array.isArray(records)) throw new UnreadableLogFile(`Records is ${kindOf(records)}, not an array`);
  return records;
}

async function decompress(bytes: Uint8Array, maximumBytes: number): Promise<string> {
  if (bytes.length === 0) throw new UnreadableLogFile("it is empty");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new UnreadableLogFile("it is not gzip");
  try {
    const text = (await unzip(bytes, { maxOutputLength: maximumBytes })).toString("utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new UnreadableLogFile("its gzip data is truncated");
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new UnreadableLogFile(`it decompresses to more than ${maximumBytes} bytes`);
    }
    throw new UnreadableLogFile(`its gzip data is damaged: ${message}`);
  }
}
