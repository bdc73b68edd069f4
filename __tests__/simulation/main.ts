import { runAsProgram } from "../../cli/command/run-command";
import { pythonWithMoto } from "../integration/moto/environment";
import { integrationStack } from "../integration/stack";
import { Chaos, type ChaosRun } from "./chaos";
import { type Options, readOptions, USAGE } from "./options";
import { tables, totalsOf } from "./report";

async function main({ runs, seed, events, parallel, format }: Options): Promise<number> {
  const python = pythonWithMoto();
  const stack = integrationStack();
  const done: ChaosRun[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const chaos = await Chaos.start(stack, python);
    try {
      while (next < runs) {
        const run = await chaos.run(seed + next++, events);
        done.push(run);
        if (run.failures.length + run.unexplained.length > 0) tell(run, events);
        progress(runs, done);
      }
    } finally {
      await chaos.stop();
    }
  };
  progress(runs, done);
  await Promise.all(Array.from({ length: Math.min(parallel, runs) }, work));
  const totals = totalsOf(done);
  console.log(format === "json" ? JSON.stringify({ seed, events, ...totals }, null, 2) : tables(totals, seed, events));
  if (totals.failed > 0) console.error(`error: ${totals.failed} of ${runs} runs failed`);
  const explained = totals.answersLost + totals.killedBefore + totals.unwritten;
  if (totals.duplicated > explained) {
    console.error(`error: ${totals.duplicated} duplicates, of which ${explained} can be explained`);
  }
  return totals.failed === 0 && totals.duplicated <= explained ? 0 : 1;
}

function tell({ seed, failures, unexplained }: ChaosRun, events: number): void {
  const what = failures.length > 0 ? "failed" : "told more twice than this run explains";
  console.error(
    `${process.stderr.isTTY ? "\n" : ""}${what}: npm run chaos -- --runs 1 --seed ${seed} --events ${events}`,
  );
  const lines = [...failures, ...unexplained];
  for (const line of lines.slice(0, 40)) console.error(`  ${line}`);
  if (lines.length > 40) console.error(`  and ${lines.length - 40} more`);
}

function progress(runs: number, done: readonly ChaosRun[]): void {
  if (!process.stderr.isTTY) return;
  const failed = done.filter(({ failures }) => failures.length > 0).length;
  process.stderr.write(`\r${done.length} of ${runs} runs, ${failed} failed${done.length === runs ? "\n" : ""}`);
}

runAsProgram(USAGE, (given) => main(readOptions(given)));
