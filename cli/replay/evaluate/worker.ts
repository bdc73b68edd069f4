import { once } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { LogSource } from "../../log-sources/log-source";
import { type Batch, NextBatch } from "./batch";
import { evaluateFile } from "./evaluate-file";
import { RecordEvaluator } from "./record-evaluator";
import type { Plan } from "./setup";

/** A log file, and its number among the sources. */
export interface NumberedSource {
  readonly source: LogSource;
  readonly file: number;
}

/** What a worker is started with. */
export interface WorkerTerms {
  readonly plan: Plan;
  /** One 32-bit number: the place in the task of the file that is being read. */
  readonly current: SharedArrayBuffer;
}

/** Every message of a worker has one answer; it sends nothing more until it has come. */
export interface WorkerMessage {
  readonly batch: Batch;
  /** Whether it has finished its task. */
  readonly idle: boolean;
}

/** To an idle worker the next task, or `end`; to any other `go on`. */
export type Answer = readonly NumberedSource[] | "go on" | "end";

/** Matches that go into one message. */
const MATCHES_AT_ONCE = 1_000;

async function work(port: MessagePort, { plan, current }: WorkerTerms): Promise<void> {
  const at = new Int32Array(current);
  const evaluator = new RecordEvaluator(plan);
  const next = new NextBatch();
  const send = async (idle: boolean): Promise<Answer> => {
    port.postMessage({ batch: next.take(), idle } satisfies WorkerMessage);
    const [answer] = await once(port, "message");
    return answer as Answer;
  };
  let task = await send(true);
  while (typeof task !== "string") {
    for (const [place, { source, file }] of task.entries()) {
      Atomics.store(at, 0, place);
      let begun = false;
      const { verdict, matches, bytes } = await evaluateFile(source, file, evaluator, async (some) => {
        begun = true;
        next.add(some.matches, some.bytes);
        await send(false);
      });
      next.add(matches, bytes, verdict);
      // Should the worker die over a later file, one that is known in part must not be read again.
      if (begun || next.size >= MATCHES_AT_ONCE) await send(false);
    }
    task = await send(true);
  }
}

if (parentPort) void work(parentPort, workerData as WorkerTerms);
