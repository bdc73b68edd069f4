import { evaluate, type Review } from "./evaluate";
import { MAKE_PLAN, PlanError } from "./plan/not-a-plan";
import { readPlan } from "./plan/read-plan";

/**
 * Reviews a plan, given as a file's bytes.
 *
 * @param accepting reasons, by the ids of accepted violations
 * @throws PlanError for what isn't a plan that can be reviewed
 */
export function reviewPlan(bytes: Buffer, accepting: ReadonlyMap<string, string> = new Map()): Review {
  try {
    return evaluate(readPlan(bytes), accepting);
  } catch (error) {
    // No resource has values nested so deeply that the stack would not do.
    if (error instanceof RangeError) throw new PlanError(`is nested too deeply to be a plan: run ${MAKE_PLAN}`);
    throw error;
  }
}
