import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { oneLine } from "../../../detection/events/text";
import { bytesOf } from "../../log-sources/log-source";
import type { Batch } from "./batch";
import type { FileVerdict } from "./found-match";
import type { Plan } from "./setup";
import type { Answer, NumberedSource, WorkerMessage, WorkerTerms } from "./worker";

/** TypeScript in a clone, compiled in the package. */
const EXTENSION = extname(__filename);
/** What a task holds at the most: enough that asking for the next costs nothing, few enough that all workers end together. */
const FILES_IN_A_TASK = 64;
const BYTES_IN_A_TASK = 4 * 1024 ** 2;

/**
 * Reads and evaluates log files in worker threads. One that dies names the file that it died over; another goes on with the rest.
 *
 * @param take is given what was found, in no order; the worker that found it waits meanwhile
 * @param start starts one worker
 * @throws when workers can't be started
 */
export async function evaluateInWorkers(
  sources: readonly NumberedSource[],
  plan: Plan,
  workers: number,
  take: (batch: Batch) => void,
  start = startWorker,
): Promise<void> {
  const tasks = tasksOf(sources);
  const keepBusy = async (): Promise<void> => {
    while (tasks.length > 0) {
      const current = new SharedArrayBuffer(4);
      const left = await runWorker(start({ plan, current }), current, tasks, take);
      if (left !== undefined && left.length > 0) tasks.push(left);
    }
  };
  await Promise.all(Array.from({ length: workers }, keepBusy));
}

/** The next is the last: the largest files come first, so that none is begun when everything else is done. */
function tasksOf(sources: readonly NumberedSource[]): (readonly NumberedSource[])[] {
  const tasks: NumberedSource[][] = [];
  let room = 0;
  for (const each of [...sources].sort((a, b) => bytesOf(a.source) - bytesOf(b.source))) {
    const last = tasks.at(-1);
    if (last && last.length < FILES_IN_A_TASK && bytesOf(each.source) <= room) last.push(each);
    else {
      tasks.push([each]);
      room = BYTES_IN_A_TASK;
    }
    room -= bytesOf(each.source);
  }
  return tasks;
}

/** @returns what a worker that died had still to read; undefined when there is no task left */
function runWorker(
  worker: Worker,
  current: SharedArrayBuffer,
  tasks: (readonly NumberedSource[])[],
  take: (batch: Batch) => void,
): Promise<readonly NumberedSource[] | undefined> {
  return new Promise((resolve, reject) => {
    const at = new Int32Array(current);
    let state: "starting" | "working" | "ending" = "starting";
    let reason = "it ended without an error message";
    let task: readonly NumberedSource[] = [];
    let unfinished: readonly NumberedSource[] = [];

    worker.on("message", ({ batch, idle }: WorkerMessage) => {
      const finished = new Set(batch.verdicts.map(({ file }) => file));
      unfinished = unfinished.filter(({ file }) => !finished.has(file));
      take(batch);
      let answer: Answer = "go on";
      if (idle) {
        task = tasks.pop() ?? [];
        unfinished = task;
        Atomics.store(at, 0, 0);
        state = task.length > 0 ? "working" : "ending";
        answer = task.length > 0 ? task : "end";
      }
      worker.postMessage(answer);
    });
    worker.on("error", (error: Error) => {
      reason = oneLine(error.message, 200);
    });
    worker.on("exit", () => {
      const culprit = task[Atomics.load(at, 0)];
      if (state === "ending") resolve(undefined);
      else if (!culprit) reject(new Error(`a worker thread can't be started: ${reason}`));
      else {
        const { file } = culprit;
        if (unfinished.includes(culprit)) take({ matches: [], verdicts: [deathOver(file, reason)], bytes: 0 });
        resolve(unfinished.filter((each) => each !== culprit));
      }
    });
  });
}

function deathOver(file: number, reason: string): FileVerdict {
  const problem = `reading it ended a worker thread: ${reason}`;
  return { file, records: 0, processingErrors: 0, firstProcessingErrors: [], problem };
}

function startWorker(workerData: WorkerTerms): Worker {
  const execArgv = EXTENSION === ".ts" ? ["--require", require.resolve("tsx/cjs")] : [];
  return new Worker(join(__dirname, `worker${EXTENSION}`), { workerData, execArgv });
}
