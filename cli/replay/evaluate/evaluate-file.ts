import { oneLine } from "../../../detection/events/text";
import { UnreadableLogFile } from "../../../detection/log-files/log-file";
import type { LogSource } from "../../log-sources/log-source";
import { openSource } from "../../log-sources/open-source";
import { NotACall } from "../../log-sources/other-content";
import { scanAny } from "../../log-sources/scan-any";
import { FIRST_PROCESSING_ERRORS, type FileVerdict, type FoundMatch, type ProcessingError } from "./found-match";
import type { RecordEvaluator } from "./record-evaluator";

/** Bytes up to which a file is taken whole: small ones are decompressed faster than any stream is set up. */
const WHOLE_BYTES = 128 * 1024;
/** Matches that are kept before they are handed on. */
const MATCHES_AT_ONCE = 1_000;
const REASON_LENGTH = 300;

/** Bytes after which word is given of how far it is, even where nothing matched. */
const BYTES_AT_ONCE = 8 * 1024 ** 2;

/** What a part of a file has yielded. */
export interface Yield {
  readonly matches: readonly FoundMatch[];
  /** As they lie there. */
  readonly bytes: number;
}

/**
 * Reads one log file and evaluates its records. Whatever is wrong with it, what could be read is evaluated. One of which no record
 * can be processed (flow logs, a Terraform plan) can't be read.
 *
 * @param file its number among the sources
 * @param hand takes what there is so far; no more of the file is read until it has
 * @returns what came of it, and what was not handed on before
 */
export async function evaluateFile(
  source: LogSource,
  file: number,
  evaluator: RecordEvaluator,
  hand: (some: Yield) => Promise<void>,
): Promise<Yield & { readonly verdict: FileVerdict }> {
  let matches: FoundMatch[] = [];
  let bytes = 0;
  let place = 0;
  let processingErrors = 0;
  let firstError: unknown;
  const firstProcessingErrors: ProcessingError[] = [];
  const evaluateRecord = (record: unknown): void => {
    place++;
    try {
      for (const match of evaluator.evaluate(record)) matches.push({ ...match, file, place });
    } catch (error) {
      processingErrors++;
      firstError ??= error;
      if (firstProcessingErrors.length < FIRST_PROCESSING_ERRORS)
        firstProcessingErrors.push({ place, reason: reasonOf(error) });
    }
  };
  const paced = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of openSource(source)) {
      bytes += chunk.length;
      yield chunk;
      if (matches.length < MATCHES_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
      await hand({ matches, bytes });
      matches = [];
      bytes = 0;
    }
  };
  let records: number;
  let problem: string | undefined;
  try {
    // A pipe has 0 bytes as far as anybody knows.
    const isSmall = source.kind !== "stdin" && source.bytes > 0 && source.bytes <= WHOLE_BYTES;
    const bytes = isSmall ? await whole(paced()) : paced();
    records = await scanAny(bytes, evaluator.filter, evaluateRecord);
  } catch (error) {
    records = error instanceof UnreadableLogFile ? error.scanned.records : place;
    problem = reasonOf(error);
  }
  const [first] = firstProcessingErrors;
  const verdict: FileVerdict =
    problem === undefined && first && processingErrors === records
      ? {
          file,
          records,
          processingErrors: 0,
          firstProcessingErrors: [],
          problem:
            firstError instanceof NotACall ? first.reason : `it holds no records of CloudTrail's: ${first.reason}`,
        }
      : { file, records, processingErrors, firstProcessingErrors, ...(problem !== undefined && { problem }) };
  return { verdict, matches, bytes };
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error), REASON_LENGTH);
}
