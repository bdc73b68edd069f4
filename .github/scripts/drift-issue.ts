import { UserError } from "../../config/user-error";
import { fittedReview } from "./fitted-review";
import { foldedPlan, MAX_BODY_BYTES, summaryOf } from "./folded-plan";

/** Begins our issue's text, to find it again. */
export const DRIFT_MARKER = "<!-- trailwarden: drift -->";
export const DRIFT_TITLE = "What is deployed differs from the configuration";

/** What is to be done about the issue that tells of drift. */
export type IssueStep =
  | { readonly do: "nothing" }
  | { readonly do: "open"; readonly body: string }
  | { readonly do: "update"; readonly issue: number; readonly body: string }
  | { readonly do: "close"; readonly issue: number; readonly comment: string };

export interface DriftRun {
  readonly plan: string;
  /** What `npm run review` says of it: who weakened the monitoring outside Terraform is told there. */
  readonly review: string | undefined;
  /** As `plan -detailed-exitcode` has it: 0 no changes, 1 error, 2 changes. */
  readonly exitCode: string;
  /** Number of the open issue, if there is one. */
  readonly openIssue: number | undefined;
  /** Address of the run that looked. */
  readonly runUrl: string;
}

/**
 * One issue while there is drift, none otherwise.
 *
 * @throws UserError when the run knows neither way
 */
export function nextStep({ plan, review, exitCode, openIssue, runUrl }: DriftRun): IssueStep {
  switch (exitCode) {
    case "0":
      return openIssue === undefined
        ? { do: "nothing" }
        : { do: "close", issue: openIssue, comment: `No difference any more: [run](${runUrl}).` };
    case "2": {
      const body = driftBody(plan, review, runUrl);
      return openIssue === undefined ? { do: "open", body } : { do: "update", issue: openIssue, body };
    }
    default:
      throw new UserError(`the plan's exit code is "${exitCode}": only 0 (no changes) and 2 (changes) tell of drift`);
  }
}

function driftBody(plan: string, review: string | undefined, runUrl: string): string {
  const head = [
    DRIFT_MARKER,
    `${summaryOf(plan, "2")} Last seen by [this run](${runUrl}), which updates this issue and closes it when the difference is gone.`,
    "",
    "Somebody has changed the account by hand, or a change of the configuration was merged and never applied. Apply to undo the first, or to complete the second; put into the configuration what shall stay.",
    "",
    "",
  ].join("\n");
  const judged = review === undefined ? "" : fittedReview(review);
  return head + judged + foldedPlan(plan, MAX_BODY_BYTES - Buffer.byteLength(head + judged));
}
