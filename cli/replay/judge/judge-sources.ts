import { availableParallelism } from "node:os";
import type { LogSource } from "../input/log-source";
import { type Batch, NextBatch } from "./batch";
import { judgeFile } from "./judge-file";
import { RecordJudge } from "./record-judge";
import type { Plan } from "./setup";
import type { NumberedSource } from "./worker";
import { judgeInWorkers } from "./worker-pool";

/** Bytes for which it does not pay to start a worker. */
const BYTES_FOR_A_WORKER = 4 * 1024 ** 2;
/** Files for which it does not pay, however small they are. */
const FILES_FOR_A_WORKER = 500;

/**
 * Reads and judges log files, each once, with as many threads as are of use.
 *
 * @param workers how many threads, at the most
 * @param take is given what was found, in no order
 */
export async function judgeSources(
  sources: readonly LogSource[],
  plan: Plan,
  take: (batch: Batch) => void,
  workers = availableParallelism(),
): Promise<void> {
  const numbered = sources.map((source, file) => ({ source, file }));
  // Only the main thread can read it.
  const own = numbered.filter(({ source }) => source.kind === "stdin");
  const others = numbered.filter(({ source }) => source.kind !== "stdin");
  const useful = Math.min(workers, usefulWorkers(others));
  if (useful === 0) own.push(...others);
  const judged = useful > 0 ? judgeInWorkers(others, plan, useful, take) : undefined;
  await Promise.all([judged, judgeHere(own, plan, take)]);
}

function usefulWorkers(sources: readonly NumberedSource[]): number {
  const bytes = sources.reduce((sum, { source }) => sum + bytesOf(source), 0);
  const pays = Math.max(bytes / BYTES_FOR_A_WORKER, sources.length / FILES_FOR_A_WORKER);
  return pays < 1 ? 0 : Math.min(Math.ceil(pays), sources.length);
}

function bytesOf(source: LogSource): number {
  return source.kind === "stdin" ? 0 : source.bytes;
}

async function judgeHere(sources: readonly NumberedSource[], plan: Plan, take: (batch: Batch) => void): Promise<void> {
  if (sources.length === 0) return;
  const judge = new RecordJudge(plan);
  const next = new NextBatch();
  for (const { source, file } of sources) {
    const { verdict, matches, bytes } = await judgeFile(source, file, judge, async (some) => {
      next.add(some.matches, some.bytes);
      take(next.take());
    });
    next.add(matches, bytes, verdict);
    take(next.take());
  }
}
