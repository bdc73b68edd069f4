import { readFileSync } from "node:fs";
import type { Review } from "../../plan-review/evaluate";
import { markdown } from "../../plan-review/markdown";
import { PlanError } from "../../plan-review/plan/not-a-plan";
import { reviewPlan } from "../../plan-review/review-plan";
import { CommandError } from "../command/command-error";
import { runCommand } from "../command/run-command";
import { readArguments, USAGE } from "./arguments";
import { reviewJson } from "./review-json";

const PASSED = 0;
const REFUSED = 2;

/**
 * Reviews a Terraform plan: does it weaken the monitoring?
 *
 * @returns exit code: 0 when it passes, 2 when it is refused
 * @throws CommandError when the arguments are wrong, or the file is not a plan
 */
export function review(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, (given) => {
    const { file, format, accepting } = readArguments(given);
    const result = reviewed(file, accepting);
    process.stdout.write(format === "json" ? reviewJson(result) : markdown(result));
    return result.refused.length > 0 ? REFUSED : PASSED;
  });
}

function reviewed(file: string, accepting: ReadonlyMap<string, string>): Review {
  const name = file === "-" ? "standard input" : file;
  try {
    return reviewPlan(readFileSync(file === "-" ? 0 : file), accepting);
  } catch (error) {
    if (error instanceof PlanError) throw new CommandError(`${name} ${error.message}`);
    if (error instanceof Error && "code" in error) throw new CommandError(`cannot read ${name}: ${error.message}`);
    throw error;
  }
}
