import { randomInt } from "node:crypto";
import type { Arguments } from "../../cli/command/arguments";
import type { Usage } from "../../cli/command/usage";

export const USAGE = {
  command: "npm run conformance --",
  summary: "Compares the pattern engine with AWS's own, event-ruler. Needs a JDK 17 or later (docs/conformance.md).",
  operands: [],
  options: {
    pairs: { value: "N", help: "generated pairs of a pattern and an event [20000]" },
    events: { value: "N", help: "events made for home rules and forwarders [300000]" },
    seed: { value: "S", help: "of the generated pairs [random]" },
    format: { value: "FORMAT", help: "text or json [text]" },
    record: { help: "write event-ruler's answers to the hand-written cases, and do nothing else" },
  },
  exitCodes: "0; 1 when the engines disagree, or Java is missing; 2 when an argument is wrong.",
  example: "npm run conformance -- --pairs 1000 --seed 42",
} as const satisfies Usage;

export interface Options {
  readonly pairs: number;
  /** Made for home rules and forwarders. */
  readonly events: number;
  readonly seed: number;
  readonly format: "text" | "json";
  /** Write event-ruler's answers to the hand-written cases, and do nothing else. */
  readonly record: boolean;
}

/** @throws UsageError */
export function readOptions(given: Arguments<keyof typeof USAGE.options>): Options {
  return {
    pairs: given.wholeNumber("pairs", 1) ?? 20_000,
    events: given.wholeNumber("events", 1) ?? 300_000,
    seed: given.wholeNumber("seed", 0) ?? randomInt(2 ** 32),
    format: given.oneOf("format", ["text", "json"]) ?? "text",
    record: given.isGiven("record"),
  };
}
