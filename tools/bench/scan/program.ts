import { createReadStream, readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { sum } from "./agreement";
import { type Contender, contenderOf, type Entrant, type Outcome, type Source } from "./contenders";
import type { MemoryTask, MemoryUse, RoundsTask, Task, Turn, Turns } from "./tasks";
import { inWorker, measureWorkers } from "./workers";

/**
 * What runs in processes of its own, bundled as the function is, with `--expose-gc`: takes a task as JSON from standard
 * input and answers with its result.
 */
async function main(): Promise<void> {
  if (!isMainThread) return inWorker();
  const task = JSON.parse(readFileSync(0, "utf8")) as Task;
  const result =
    task.kind === "rounds"
      ? await measureRounds(task)
      : task.kind === "workers"
        ? await measureWorkers(task)
        : await measureMemory(task);
  console.log(JSON.stringify(result));
}

async function measureRounds({ files, entrants, rounds }: RoundsTask): Promise<readonly Turns[]> {
  const contents = files.map((file) => readFileSync(file));
  const measured = entrants.map((entrant) => ({ entrant, run: contenderOf(entrant), turns: [] as Turn[] }));
  const outcomes = new Map<Entrant, Outcome>();
  for (let round = 0; round <= rounds; round++) {
    for (const { entrant, run, turns } of measured) {
      // Nobody's garbage is collected in another's turn.
      globalThis.gc?.();
      const start = performance.now();
      const before = process.cpuUsage();
      const outcome = await over(contents, run);
      const { user, system } = process.cpuUsage(before);
      outcomes.set(entrant, outcome);
      if (round > 0) turns.push({ wallMs: performance.now() - start, processorMs: (user + system) / 1000 });
    }
  }
  return measured.map(({ entrant, turns }) => ({ name: entrant.name, outcome: outcomes.get(entrant) ?? {}, turns }));
}

async function measureMemory({ smallFile, files, entrant, asStream }: MemoryTask): Promise<MemoryUse> {
  const run = contenderOf(entrant);
  await run(readFileSync(smallFile));
  const baselineBytes = peakBytes();
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await run(asStream ? createReadStream(file) : readFileSync(file)));
  return { outcome: sum(outcomes), baselineBytes, peakBytes: peakBytes() };
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

async function over(files: readonly Source[], run: Contender): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await run(file));
  return sum(outcomes);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : String(error));
  process.exitCode = 1;
});
