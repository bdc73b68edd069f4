import type { ReplayProblem, ReplayResult } from "../result/replay-result";
import { counted } from "./number";

/** Files that could not be read, and records that could not be processed: a line each. */
export function* problemLines({ files, records }: Pick<ReplayResult, "files" | "records">): Generator<string> {
  for (const { file, reason } of files.unreadable) yield `can't be read: ${file}: ${reason}`;
  const { processingErrors, firstProcessingErrors } = records;
  for (const problem of firstProcessingErrors) yield problemLine(problem);
  if (processingErrors > firstProcessingErrors.length) {
    yield `${counted(processingErrors - firstProcessingErrors.length, "more processing error")}`;
  }
}

function problemLine({ file, reason }: ReplayProblem): string {
  return `processing error: a record in ${file}: ${reason}`;
}
