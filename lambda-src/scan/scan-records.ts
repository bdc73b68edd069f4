import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isObject, kindOf, parseJson } from "../read/json";
import { UnreadableLogFile } from "../read/log-file";
import type { RecordFilter } from "./record-filter";

const unzip = promisify(gunzip);

const MAX_BYTES = 256 * 1024 * 1024;

export interface ScanOptions {
  /**
   * `log-file`: gzip, one JSON object with an array `Records`, as CloudTrail writes it. `any`: gzip or plain text; such an
   * object, an array of records, or JSON values one after the other, each a record or such an object.
   */
  readonly form: "log-file" | "any";
  /** @default everything passes */
  readonly filter?: RecordFilter;
  /** How large it may be, decompressed. */
  readonly maximumBytes?: number;
}

export interface Scanned {
  /** All records, those that were not handed over too. */
  readonly records: number;
  /** Records handed over. */
  readonly passed: number;
}

/**
 * Reads records and hands over, parsed and in their order, each that something could match or that can't be judged.
 *
 * @param source the bytes as stored, compressed or not
 * @param onRecord is given what is still unchecked
 * @throws UnreadableLogFile after handing over the records before the place that can't be read
 */
export async function scanRecords(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: ScanOptions,
  onRecord: (record: unknown) => void,
): Promise<Scanned> {
  const bytes = source instanceof Uint8Array ? source : await collected(source);
  const text = await textOf(bytes, options);
  let records = 0;
  for (const value of options.form === "log-file" ? [parsed(text)] : values(text)) {
    for (const record of recordsOf(value, options.form)) {
      records++;
      onRecord(record);
    }
  }
  return { records, passed: records };
}

async function collected(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function textOf(
  bytes: Uint8Array,
  { form, maximumBytes = MAX_BYTES }: Omit<ScanOptions, "filter">,
): Promise<string> {
  if (bytes.length === 0) throw new UnreadableLogFile("it is empty");
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!zipped && form === "log-file") throw new UnreadableLogFile("it is not gzip");
  const text = (zipped ? await decompressed(bytes, maximumBytes) : Buffer.from(bytes)).toString("utf8");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

async function decompressed(bytes: Uint8Array, maxOutputLength: number): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new UnreadableLogFile("its gzip data is truncated");
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new UnreadableLogFile(`it decompresses to more than ${maxOutputLength} bytes`);
    }
    throw new UnreadableLogFile(`its gzip data is damaged: ${message}`);
  }
}

function parsed(text: string): unknown {
  const content = parseJson(text);
  if ("problem" in content) throw new UnreadableLogFile(`it is not JSON: ${content.problem}`);
  return content.value;
}

/** The whole text if it is one JSON value, else those of its lines. */
function values(text: string): readonly unknown[] {
  const whole = parseJson(text);
  if ("value" in whole) return [whole.value];
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsed);
}

function recordsOf(value: unknown, form: ScanOptions["form"]): readonly unknown[] {
  if (form === "any") {
    if (Array.isArray(value)) return value;
    return isObject(value) && Array.isArray(value.Records) ? value.Records : [value];
  }
  if (!isObject(value)) throw new UnreadableLogFile(`it holds ${kindOf(value)}, not an object`);
  if (!Array.isArray(value.Records)) throw new UnreadableLogFile(`Records is ${kindOf(value.Records)}, not an array`);
  return value.Records;
}
