import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../tools/harness/whole-number";

export const USAGE = "usage: npm run chaos -- [--runs N] [--seed S] [--events N] [--parallel N] [--format text|json]";

export interface Options {
  readonly runs: number;
  /** Of the first run; each one takes the next. */
  readonly seed: number;
  readonly events: number;
  /** Runs at the same time, each with a moto of its own. */
  readonly parallel: number;
  readonly format: "text" | "json";
}

/** @returns a message when the arguments are wrong */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: "string", default: "20" },
        seed: { type: "string", default: String(randomInt(2 ** 31)) },
        events: { type: "string", default: "200" },
        parallel: { type: "string", default: String(Math.min(2, availableParallelism())) },
        format: { type: "string", default: "text" },
      },
    });
    const { format } = values;
    if (format !== "text" && format !== "json") return `--format ${format}: takes text or json`;
    const [runs, seed, events] = [wholeNumber(values.runs), wholeNumber(values.seed), wholeNumber(values.events)];
    if (!runs) return `--runs ${values.runs}: takes a whole number above 0`;
    if (!events) return `--events ${values.events}: takes a whole number above 0`;
    const parallel = wholeNumber(values.parallel);
    if (!parallel) return `--parallel ${values.parallel}: takes a whole number above 0`;
    if (seed === undefined) return `--seed ${values.seed}: takes a whole number from 0 to 2^53 - 1`;
    return { runs, seed, events, parallel, format };
  } catch (error) {
    return (error as Error).message;
  }
}
