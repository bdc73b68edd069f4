import { fittedReview } from "./fitted-review";
import { foldedPlan, MAX_BODY_BYTES, summaryOf } from "./folded-plan";

/** Begins our comment, to find it again. */
export const PLAN_MARKER = "<!-- trailwarden: plan -->";

export interface PlanRun {
  readonly plan: string;
  /** What `npm run review` says of it; none where there is no plan. */
  readonly review: string | undefined;
  /** As `plan -detailed-exitcode` has it: 0 no changes, 1 error, 2 changes. */
  readonly exitCode: string;
  /** Commit that was planned. */
  readonly commit: string;
  /** Address of the run that planned it. */
  readonly runUrl: string;
}

/** The comment on a pull request that shows its plan, below what the review says of it. */
export function planComment({ plan, review, exitCode, commit, runUrl }: PlanRun): string {
  const judged = review === undefined ? "" : fittedReview(review);
  const head = `${PLAN_MARKER}\n${judged}### Plan\n\n${summaryOf(plan, exitCode)} Commit ${commit}, [run](${runUrl}).\n\n`;
  return head + foldedPlan(plan, MAX_BODY_BYTES - Buffer.byteLength(head));
}
