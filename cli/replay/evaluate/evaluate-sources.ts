import { availableParallelism } from "node:os";
import { bytesOf, type LogSource } from "../../log-sources/log-source";
import { type Batch, NextBatch } from "./batch";
import { evaluateFile } from "./evaluate-file";
import { RecordEvaluator } from "./record-evaluator";
import type { Plan } from "./setup";
import type { NumberedSource } from "./worker";
import { evaluateInWorkers } from "./worker-pool";

/** Bytes for which it does not pay to start a worker. */
const BYTES_FOR_A_WORKER = 4 * 1024 ** 2;
/** Files for which it does not pay, however small they are. */
const FILES_FOR_A_WORKER = 500;

/**
 * Reads and evaluates log files, each once, with as many threads as are of use.
 *
 * @param workers how many threads, at the most
 * @param take is given what was found, in no order
 */
export async function evaluateSources(
  sources: readonly LogSource[],
  plan: Plan,
  take: (batch: Batch) => void,
  workers = availableParallelism(),
): Promise<void> {
  const numbered = sources.map((source, file) => ({ source, file }));
  const useful = Math.min(workers, usefulWorkers(sources));
  await (useful === 0 ? evaluateHere(numbered, plan, take) : evaluateInWorkers(numbered, plan, useful, take));
}

function usefulWorkers(sources: readonly LogSource[]): number {
  const bytes = sources.reduce((sum, source) => sum + bytesOf(source), 0);
  const pays = Math.max(bytes / BYTES_FOR_A_WORKER, sources.length / FILES_FOR_A_WORKER);
  return pays < 1 ? 0 : Math.min(Math.ceil(pays), sources.length);
}

async function evaluateHere(
  sources: readonly NumberedSource[],
  plan: Plan,
  take: (batch: Batch) => void,
): Promise<void> {
  if (sources.length === 0) return;
  const evaluator = new RecordEvaluator(plan);
  const next = new NextBatch();
  for (const { source, file } of sources) {
    const { verdict, matches, bytes } = await evaluateFile(source, file, evaluator, async (some) => {
      next.add(some.matches, some.bytes);
      take(next.take());
    });
    next.add(matches, bytes, verdict);
    take(next.take());
  }
}
