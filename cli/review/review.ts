import { readFileSync } from "node:fs";
import type { Review } from "../../plan-review/judge";
import { markdown } from "../../plan-review/markdown";
import { PlanError } from "../../plan-review/plan/not-a-plan";
import { reviewPlan } from "../../plan-review/review-plan";
import { CommandError } from "../command/command-error";
import { runCommand } from "../command/run-command";
import { readArguments, USAGE } from "./arguments";
import { reviewJson } from "./review-json";

const FINE = 0;
const REFUSED = 2;

/**
 * Says whether a Terraform plan weakens the monitoring.
 *
 * @returns exit code: 0, or 2 when it is refused
 * @throws CommandError when it can't be read
 */
export function review(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, (given) => {
    const { file, format, accepting } = readArguments(given);
    const judged = reviewed(file, accepting);
    process.stdout.write(format === "json" ? reviewJson(judged) : markdown(judged));
    return judged.refused.length > 0 ? REFUSED : FINE;
  });
}

function reviewed(file: string, accepting: ReadonlyMap<string, string>): Review {
  const name = file === "-" ? "standard input" : file;
  try {
    return reviewPlan(readFileSync(file === "-" ? 0 : file), accepting);
  } catch (error) {
    if (error instanceof PlanError) throw new CommandError(`${name} ${error.message}`);
    if (error instanceof Error && "code" in error) throw new CommandError(`${name} can't be read: ${error.message}`);
    throw error;
  }
}
