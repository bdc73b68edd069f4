import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../tools/harness/whole-number";

export const USAGE =
  "usage: npm run conformance -- [--pairs N] [--seed S] [--format text|json]\n" +
  "       npm run conformance -- --record";

export interface Options {
  readonly pairs: number;
  readonly seed: number;
  readonly format: "text" | "json";
  /** Write event-ruler's answers to the hand-written cases, and do nothing else. */
  readonly record: boolean;
}

/** @returns a message when the arguments are wrong */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pairs: { type: "string", default: "20000" },
        seed: { type: "string", default: String(randomInt(2 ** 32)) },
        format: { type: "string", default: "text" },
        record: { type: "boolean", default: false },
      },
    });
    const { format, record } = values;
    if (format !== "text" && format !== "json") return `--format ${format}: takes text or json`;
    const pairs = wholeNumber(values.pairs);
    if (pairs === undefined || pairs === 0) return `--pairs ${values.pairs}: takes a whole number above 0`;
    const seed = wholeNumber(values.seed);
    if (seed === undefined) return `--seed ${values.seed}: takes a whole number from 0 to 2^53 - 1`;
    return { pairs, seed, format, record };
  } catch (error) {
    return (error as Error).message;
  }
}
