import { foldedPlan, MAX_BODY_BYTES, summaryOf } from "./folded-plan";

/** Begins our comment, to find it again. */
export const PLAN_MARKER = "<!-- trailwarden: plan -->";

export interface PlanRun {
  readonly plan: string;
  /** As `plan -detailed-exitcode` has it: 0 no changes, 1 error, 2 changes. */
  readonly exitCode: string;
  /** Commit that was planned. */
  readonly commit: string;
  /** Address of the run that planned it. */
  readonly runUrl: string;
}

/** The comment on a pull request that shows its plan. */
export function planComment({ plan, exitCode, commit, runUrl }: PlanRun): string {
  const head = `${PLAN_MARKER}\n### Plan\n\n${summaryOf(plan, exitCode)} Commit ${commit}, [run](${runUrl}).\n\n`;
  return head + foldedPlan(plan, MAX_BODY_BYTES - Buffer.byteLength(head));
}
