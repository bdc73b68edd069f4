import { isObject } from "../../detection/events/json";
import { UnreadableLogFile } from "../../detection/log-files/log-file";
import type { RecordFilter } from "../../detection/log-files/scan/record-filter";
import { scanRecords } from "../../detection/log-files/scan/scan-records";
import { beginAsLogFile, recordsIn } from "./envelopes";
import { otherFormat } from "./other-format";

/** Decompressed bytes at which a file is given up: far beyond what CloudTrail writes, and what most exports hold. */
const MAXIMUM_BYTES = 2 * 1024 ** 3;
/** Bytes that tell what a file is. */
const BEGINNING_BYTES = 512;

/**
 * Reads the records of a log file, or of anything else that holds some, see `recordsIn`.
 *
 * @param bytes as they lie there, compressed or not
 * @param filter what of the records is handed over @default all of them
 * @param onRecord is given what is still unchecked, a RecordProblem in the place of what can't be read
 * @returns how many records it holds
 * @throws UnreadableLogFile after handing over what comes before the place that can't be read; whatever `bytes` and
 *   `onRecord` throw
 */
export async function scanAny(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  filter: RecordFilter | undefined,
  onRecord: (record: unknown) => void,
): Promise<number> {
  let beginning: Uint8Array = new Uint8Array(0);
  /** Records beyond those that the scanner counts, which takes an envelope of several for one. */
  let more = 0;
  let hasObjects = false;
  const begin = (first: Uint8Array): Uint8Array => {
    beginning = first.slice(0, BEGINNING_BYTES);
    return beginAsLogFile(first);
  };
  const options = { form: "any", maximumBytes: MAXIMUM_BYTES, begin, ...(filter && { filter }) } as const;
  try {
    const { records } = await scanRecords(bytes, options, (value) => {
      const its = recordsIn(value);
      more += its.length - 1;
      for (const record of its) {
        hasObjects ||= isObject(record);
        onRecord(record);
      }
    });
    return records + more;
  } catch (error) {
    if (!(error instanceof UnreadableLogFile)) throw error;
    const records = error.scanned.records + more;
    const reason = hasObjects || error.scanned.records > error.scanned.passed ? undefined : otherFormat(beginning);
    const explained = reason === undefined ? error : new UnreadableLogFile(reason, { cause: error });
    explained.scanned = { ...error.scanned, records };
    throw explained;
  }
}
