import type { ReplayProblem, ReplayResult } from "../result/replay-result";
import { counted } from "./number";

/** Files that could not be read, and records that could not be processed: a line each. */
export function* problemLines({ files, records }: Pick<ReplayResult, "files" | "records">): Generator<string> {
  for (const { file, reason } of files.unreadable) yield `can't be read: ${file}: ${reason}`;
  const { findings, firstFindings } = records;
  for (const finding of firstFindings) yield findingLine(finding);
  if (findings > firstFindings.length) {
    yield `${counted(findings - firstFindings.length, "more processing error")}`;
  }
}

function findingLine({ file, reason }: ReplayProblem): string {
  return `processing error: a record in ${file}: ${reason}`;
}
