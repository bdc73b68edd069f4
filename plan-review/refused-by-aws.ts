import type { Change } from "./plan/plan";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Notes on what Terraform plans and AWS refuses, so that the apply ends halfway.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/34988
 */
export function refusedByAws(changes: readonly Change[]): readonly string[] {
  return changes
    .filter((change) => {
      const { type, action } = change;
      if (type !== "aws_cloudwatch_event_rule" || !["create", "update", "replace"].includes(action)) return false;
      // Read last: what a change leads to is put together when it is asked for.
      const { after } = change;
      return after?.state === ALL && typeof after.schedule_expression === "string" && after.schedule_expression !== "";
    })
    .map(
      ({ address }) =>
        `AWS refuses ${address}: a rule with a schedule_expression can't have the state ${ALL}. Set its state to ENABLED; it has no events to match.`,
    );
}
