import { collapsedPlan, MAX_BODY_BYTES, summaryOf } from "./collapsed-plan";
import { fittedReview } from "./fitted-review";

/** First line of the comment, by which later runs find it. */
export const PLAN_MARKER = "<!-- trailwarden: plan -->";

export interface PlanRun {
  readonly plan: string;
  /** Output of `npm run review`; undefined where there is no plan. */
  readonly review: string | undefined;
  /** As `plan -detailed-exitcode` has it: 0 no changes, 1 error, 2 changes. */
  readonly exitCode: string;
  /** Commit that was planned. */
  readonly commit: string;
  /** Address of the run that planned it. */
  readonly runUrl: string;
}

/** The comment on a pull request: the review, then the plan. */
export function planComment({ plan, review, exitCode, commit, runUrl }: PlanRun): string {
  const reviewed = review === undefined ? "" : fittedReview(review);
  const head = `${PLAN_MARKER}\n${reviewed}### Plan\n\n${summaryOf(plan, exitCode)} Commit ${commit}, [run](${runUrl}).\n\n`;
  return head + collapsedPlan(plan, MAX_BODY_BYTES - Buffer.byteLength(head));
}
