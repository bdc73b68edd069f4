import { UserError } from "../../config/user-error";
import { collapsedPlan, MAX_BODY_BYTES, summaryOf } from "./collapsed-plan";
import { fittedReview } from "./fitted-review";

/** First line of the issue, by which later runs find it. */
export const DRIFT_MARKER = "<!-- trailwarden: drift -->";
export const DRIFT_TITLE = "Terraform drift: deployed resources differ from the configuration";

/** What to do with the issue about drift. */
export type IssueStep =
  | { readonly do: "nothing" }
  | { readonly do: "open"; readonly body: string }
  | { readonly do: "update"; readonly issue: number; readonly body: string }
  | { readonly do: "close"; readonly issue: number; readonly comment: string };

export interface DriftRun {
  readonly plan: string;
  /** Output of `npm run review`: shows what was weakened outside Terraform. */
  readonly review: string | undefined;
  /** As `plan -detailed-exitcode` has it: 0 no changes, 1 error, 2 changes. */
  readonly exitCode: string;
  /** Number of the open issue, if there is one. */
  readonly openIssue: number | undefined;
  /** Address of the workflow run. */
  readonly runUrl: string;
}

/**
 * One issue while there is drift, none otherwise.
 *
 * @throws UserError when the run has no plan
 */
export function nextStep({ plan, review, exitCode, openIssue, runUrl }: DriftRun): IssueStep {
  switch (exitCode) {
    case "0":
      return openIssue === undefined
        ? { do: "nothing" }
        : { do: "close", issue: openIssue, comment: `No more drift: [run](${runUrl}).` };
    case "2": {
      const body = driftBody(plan, review, runUrl);
      return openIssue === undefined ? { do: "open", body } : { do: "update", issue: openIssue, body };
    }
    default:
      throw new UserError(`the plan's exit code is "${exitCode}"; allowed: 0 (no changes), 2 (changes)`);
  }
}

function driftBody(plan: string, review: string | undefined, runUrl: string): string {
  const head = [
    DRIFT_MARKER,
    `${summaryOf(plan, "2")} Last seen in [this run](${runUrl}). Later runs update this issue, and close it when the drift is gone.`,
    "",
    "Either the account was changed outside Terraform, or a change of the configuration was merged and not applied. To undo the first or complete the second, apply. To keep a change, add it to the configuration.",
    "",
    "",
  ].join("\n");
  const reviewed = review === undefined ? "" : fittedReview(review);
  return head + reviewed + collapsedPlan(plan, MAX_BODY_BYTES - Buffer.byteLength(head + reviewed));
}
