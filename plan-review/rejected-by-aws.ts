import type { Change } from "./plan/plan";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Notes on changes that Terraform plans and AWS rejects, so that the apply fails halfway.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/34988
 */
export function rejectedByAws(changes: readonly Change[]): readonly string[] {
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
        `AWS rejects ${address}: a rule with a schedule_expression must not have the state ${ALL}. Set the state to ENABLED: the rule has no events to match.`,
    );
}
