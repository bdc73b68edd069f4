import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Arguments } from "../../cli/command/arguments";
import type { Usage } from "../../cli/command/usage";

export const USAGE = {
  command: "npm run chaos --",
  summary: "Runs the deployed functions amid faults, kills and redeliveries, and checks that no alert is lost.",
  operands: [],
  options: {
    runs: { value: "N", help: "how many runs [20]" },
    seed: { value: "S", help: "of the first run; each one takes the next [random]" },
    events: { value: "N", help: "events of a run [200]" },
    parallel: { value: "N", help: "runs at the same time, each with a moto of its own [2, or 1 with one processor]" },
    format: { value: "FORMAT", help: "text or json [text]" },
  },
  exitCodes: "0; 1 when a run fails; 2 when an argument is wrong.",
  example: "npm run chaos -- --runs 1 --seed 42",
} as const satisfies Usage;

export interface Options {
  readonly runs: number;
  /** Of the first run; each one takes the next. */
  readonly seed: number;
  readonly events: number;
  /** Runs at the same time, each with a moto of its own. */
  readonly parallel: number;
  readonly format: "text" | "json";
}

/** @throws UsageError */
export function readOptions(given: Arguments<keyof typeof USAGE.options>): Options {
  return {
    runs: given.wholeNumber("runs", 1) ?? 20,
    seed: given.wholeNumber("seed", 0) ?? randomInt(2 ** 31),
    events: given.wholeNumber("events", 1) ?? 200,
    parallel: given.wholeNumber("parallel", 1) ?? Math.min(2, availableParallelism()),
    format: given.oneOf("format", ["text", "json"]) ?? "text",
  };
}
