import type { Arguments } from "../../../cli/command/arguments";
import { formattedBench } from "../bench-usage";

export const USAGE = formattedBench(
  "bench",
  "Measures reading log files beside gunzip alone and JSON.parse; takes minutes.",
);

export interface Options {
  readonly format: "text" | "json";
  /** Exit 1 when a target is missed. */
  readonly check: boolean;
}

/** @throws UsageError */
export function readOptions(given: Arguments<keyof typeof USAGE.options>): Options {
  return { format: given.oneOf("format", ["text", "json"]) ?? "text", check: given.isGiven("check") };
}
