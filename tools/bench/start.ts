import { join } from "node:path";
import type { Arguments } from "../../cli/command/arguments";
import { runAsProgram } from "../../cli/command/run-command";
import { checkedBench } from "./bench-usage";
import type { ColdStart } from "./cold-starts";
import { median } from "./figures";
import { judgeStarts, measureStarts, processorTimes } from "./start-figures";

/** Cold starts of each. */
const ROUNDS = 21;

function row(what: string, value: string): void {
  console.log(`  ${what.padEnd(46)}${value}`);
}

function times(starts: readonly ColdStart[]): string {
  const processor = processorTimes(starts);
  const clock = spread(starts.map(({ ms }) => ms));
  return processor ? `${clock}, processor ${spread(processor)}` : clock;
}

function spread(ms: readonly number[]): string {
  return `${median(ms).toFixed(0)} ms (${Math.min(...ms).toFixed(0)} to ${Math.max(...ms).toFixed(0)})`;
}

async function main(given: Arguments<"check">): Promise<number> {
  const figures = await measureStarts(join(__dirname, "..", ".."), ROUNDS);
  console.log(
    `Node ${process.version}, from a process's start to its first Publish, in turns; median of ${ROUNDS} (least to most)`,
  );
  for (const { path, calls, function: ours, sameCalls } of figures) {
    console.log(`${path}: ${calls.join(", ")}`);
    row("function", times(ours));
    row("a handler that makes the same calls", times(sameCalls));
  }
  console.log("Targets");
  const verdicts = judgeStarts(figures);
  for (const { figure, value, target, met } of verdicts) {
    row(figure, `${value.toFixed(2)}, ${target}: ${met ? "met" : "MISSED"}`);
  }
  return given.isGiven("check") && verdicts.some(({ met }) => !met) ? 1 : 0;
}

runAsProgram(
  checkedBench("bench:start", "Measures a cold start to the first alert, beside a handler with the same calls."),
  main,
);
