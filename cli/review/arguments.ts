import type { Arguments } from "../command/arguments";
import type { Usage } from "../command/usage";
import { UsageError } from "../command/usage-error";

export interface ReviewArguments {
  /** Path of the plan's JSON; `-` is standard input. */
  readonly file: string;
  readonly format: "markdown" | "json";
  /** Reasons, by the ids of accepted violations. */
  readonly accepting: ReadonlyMap<string, string>;
}

export const USAGE = {
  command: "trailwarden review",
  summary: "Reviews a Terraform plan: does it weaken the monitoring?",
  operands: ["PLAN.json"],
  about: ["PLAN.json   what terraform show -json writes, or - for standard input (docs/plan-review.md)"],
  options: {
    format: { value: "FORMAT", help: "markdown or json [markdown]" },
    accept: { value: "ID", help: "accept the violation of this id; repeat it for more", multiple: true },
    reason: { value: "TEXT", help: "why you accept it, after each --accept", multiple: true },
  },
  exitCodes: "0; 2 when the plan is refused; 1 when it can't be read, or an argument is wrong.",
  example: 'trailwarden review plan.json --accept ID --reason "agreed in OPS-123"',
  // 2 is a refused plan.
  usageExitCode: 1,
} as const satisfies Usage;

/** @throws UsageError for options that don't go together */
export function readArguments(given: Arguments<keyof typeof USAGE.options>): ReviewArguments {
  const accepting = new Map<string, string>();
  let accepted: string | undefined;
  for (const { name, value } of given.options) {
    if (name === "format") continue;
    if (value.trim() === "") throw given.refusal(name, value, "a non-empty string");
    if (name === "reason") {
      if (accepted === undefined) throw new UsageError(USAGE, "--reason must follow its --accept");
      accepting.set(accepted, value.trim());
      accepted = undefined;
    } else {
      if (accepted !== undefined) throw withoutReason(accepted);
      if (accepting.has(value)) throw new UsageError(USAGE, `duplicate --accept ${JSON.stringify(value)}: remove one`);
      accepted = value;
    }
  }
  if (accepted !== undefined) throw withoutReason(accepted);
  return {
    file: given.operands[0] as string,
    format: given.oneOf("format", ["markdown", "json"]) ?? "markdown",
    accepting,
  };
}

function withoutReason(accepted: string): UsageError {
  return new UsageError(
    USAGE,
    `--accept ${JSON.stringify(accepted)} must be followed by --reason "…", which says why you accept it`,
  );
}
