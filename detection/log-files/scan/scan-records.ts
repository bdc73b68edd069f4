import { gunzipTo, isGzip } from "../gunzip";
import { type Scanned, UnreadableLogFile } from "../log-file";
import type { RecordFilter } from "./record-filter";
import { RecordReader } from "./record-reader";
import { giveBack, takeWindow } from "./window";

/** Bytes taken at a time. */
const PIECE = 256 * 1024;

export type { Scanned };

export interface ScanOptions {
  /**
   * `log-file`: gzip, one JSON object with an array `Records`, as CloudTrail writes it. `any`: gzip or plain text; such an
   * object, an array of records, or JSON values one after the other, each a record, a text or such an object.
   */
  readonly form: "log-file" | "any";
  /** @default everything passes */
  readonly filter?: RecordFilter;
  /**
   * How large it may be, decompressed.
   *
   * @default as large as it is
   */
  readonly maximumBytes?: number;
  /**
   * Is given the first bytes, decompressed, and answers with those to be read in their place.
   *
   * @default they are read as they are
   */
  readonly begin?: (first: Uint8Array) => Uint8Array;
}

/**
 * Reads records and hands over, parsed and in their order, each that something could match or that can't be judged. In
 * the place of one that is too large, or no JSON, it hands over a RecordProblem.
 *
 * @param source the bytes as stored, compressed or not
 * @param onRecord is given what is still unchecked: `parseRecord` checks it
 * @throws UnreadableLogFile after handing over the records before the place that can't be read; whatever `source` and
 *   `onRecord` throw
 */
export async function scanRecords(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: ScanOptions,
  onRecord: (record: unknown) => void,
): Promise<Scanned> {
  const window = takeWindow();
  const reader = new RecordReader(options.form, onRecord, options.filter, window);
  try {
    await readAll(source, options, reader);
  } catch (error) {
    if (error instanceof UnreadableLogFile) {
      readOn(reader);
      error.scanned = scannedBy(reader);
    }
    throw error;
  } finally {
    giveBack(window);
  }
  return scannedBy(reader);
}

/** What is wrong with the last bytes before the damage comes of it, or has been said. */
function readOn(reader: RecordReader): void {
  try {
    reader.readOn();
  } catch (error) {
    if (!(error instanceof UnreadableLogFile)) throw error;
  }
}

function scannedBy({ records, passed }: RecordReader): Scanned {
  return { records, passed };
}

async function readAll(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: ScanOptions,
  reader: RecordReader,
): Promise<void> {
  const [first, bytes] = source instanceof Uint8Array ? [source, source] : await begun(source);
  if (first.length === 0) throw new UnreadableLogFile("it is empty");
  if (isGzip(first)) {
    const write = upTo(options, "it decompresses to", reader);
    await gunzipTo(bytes, write, (length) => reader.window.place(length));
  } else if (options.form === "log-file") {
    throw new UnreadableLogFile("it is not gzip");
  } else {
    const write = upTo(options, "it has", reader);
    if (bytes instanceof Uint8Array) write(bytes);
    else for await (const chunk of bytes) write(chunk);
  }
  reader.end();
}

/** The first bytes, two of them if there are, and all of them again. */
async function begun(source: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const chunks = source[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  async function* all() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return [first, all()];
}

/** Hands over in pieces what the reader may have. */
function upTo(
  { maximumBytes = Number.POSITIVE_INFINITY, begin }: ScanOptions,
  what: string,
  reader: RecordReader,
): (chunk: Uint8Array) => void {
  return (piece) => {
    const chunk = begin && reader.bytes === 0 ? begin(piece) : piece;
    const rest = Math.min(chunk.length, maximumBytes - reader.bytes);
    for (let at = 0; at < rest; at += PIECE) reader.write(chunk.subarray(at, Math.min(rest, at + PIECE)));
    if (rest < chunk.length) throw new UnreadableLogFile(`${what} more than ${maximumBytes} bytes`);
  };
}
