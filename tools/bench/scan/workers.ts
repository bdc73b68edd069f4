import { readFileSync } from "node:fs";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { sum } from "./agreement";
import { contenderOf, type Entrant, type Outcome } from "./contenders";
import type { WorkerRates, WorkersTask } from "./tasks";

interface WorkerInput {
  readonly files: readonly Uint8Array[];
  readonly entrant: Entrant;
}

interface WorkerTurn {
  /** Files read, the last one too, which went beyond the time. */
  readonly files: number;
  readonly ms: number;
}

/** How fast one worker and two are, in turns: each turn takes a fixed time, so that none waits for another's last file. */
export async function measureWorkers({
  files,
  entrants,
  rounds,
  turnMs,
}: WorkersTask): Promise<readonly WorkerRates[]> {
  const contents = files.map((file) => readFileSync(file));
  const pairs = await Promise.all(
    entrants.map(async (entrant) => {
      const both = await Promise.all([1, 2].map(() => started({ files: contents, entrant })));
      const [{ outcome } = { outcome: {} }] = both;
      const workers = both.map(({ worker }) => worker);
      return { name: entrant.name, outcome, workers, one: [] as number[], two: [] as number[] };
    }),
  );
  const rate = async (workers: readonly Worker[]) => {
    const turns = await Promise.all(workers.map((worker) => turnOf(worker, turnMs)));
    return turns.reduce((total, turn) => total + (turn.files / turn.ms) * 1000, 0) / files.length;
  };
  for (let round = 0; round < rounds; round++) {
    for (const { workers, one, two } of pairs) {
      one.push(await rate(workers.slice(0, 1)));
      two.push(await rate(workers));
    }
  }
  await Promise.all(pairs.flatMap(({ workers }) => workers.map((worker) => worker.terminate())));
  return pairs.map(({ name, outcome, one, two }) => ({ name, outcome, one, two }));
}

/** What a worker does: reads files for as long as it is told to. */
export async function inWorker(): Promise<void> {
  const { files, entrant } = workerData as WorkerInput;
  const run = contenderOf(entrant);
  const port = parentPort;
  if (!port) throw new Error("runs in a worker");
  let next = 0;
  const read = async () => run(files[next++ % files.length] as Uint8Array);
  // As long as the optimizing compiler takes.
  const outcomes: Outcome[] = [];
  for (let warm = 0; warm < files.length; warm++) outcomes.push(await read());
  port.on("message", async (ms: number) => {
    const start = performance.now();
    let count = 0;
    do {
      await read();
      count++;
    } while (performance.now() - start < ms);
    port.postMessage({ files: count, ms: performance.now() - start } satisfies WorkerTurn);
  });
  port.postMessage(sum(outcomes));
}

async function started(input: WorkerInput): Promise<{ readonly worker: Worker; readonly outcome: Outcome }> {
  const worker = new Worker(__filename, { workerData: input });
  return { worker, outcome: (await answer(worker)) as Outcome };
}

async function turnOf(worker: Worker, ms: number): Promise<WorkerTurn> {
  worker.postMessage(ms);
  return (await answer(worker)) as WorkerTurn;
}

function answer(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
