import { about, altered, emptied } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";

const TARGET = "aws_cloudwatch_event_target";
const TRAIL = "aws_cloudtrail";
const RULE = "aws_cloudwatch_event_rule";
const PATHS: Readonly<Record<string, readonly Step[]>> = {
  [TRAIL]: ["cloud_watch_logs_role_arn"],
  [RULE]: ["role_arn"],
  [TARGET]: ["role_arn"],
  aws_lambda_function: ["role"],
  aws_scheduler_schedule: ["target", 0, "role_arn"],
  aws_sns_topic_subscription: ["subscription_role_arn"],
  aws_cloudwatch_log_subscription_filter: ["role_arn"],
  aws_s3_bucket_replication_configuration: ["role"],
  aws_pipes_pipe: ["role_arn"],
  aws_sfn_state_machine: ["role_arn"],
};
/** Which let EventBridge in by their own policies, where a target names no role. */
const WITH_POLICIES = /^arn:[^:]*:(sqs|sns|lambda|logs):/;

export const roleChanged: Check = {
  id: "role-changed",
  title: "Monitoring resource uses another role, or none",
  why: "The role decides what the resource may read, send and publish. With another role, calls to the target, topic or key can fail unnoticed.",
  remediation:
    "Keep the role and change its policies. If you need another role, give it every permission of the old one and check the first events.",
  looksAt: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path.join(".")]])),
  limits: "Indeterminate: another role; a target without a role, if its resource policy can allow EventBridge.",
  evaluate: (change) => {
    const path = PATHS[change.type] ?? [];
    const gone = !isEmpty(at(change.before, ...path)) && isEmpty(at(change.after, ...path));
    // Reported by `trail-destination`.
    if (change.type === TRAIL && (gone || at(change.after, ...path) === UNKNOWN)) return [];
    return gone && needsRole(change)
      ? emptied(change, path, "The resource has no role to send with")
      : changedRole(change, path);
  },
};

function needsRole({ type, after }: Change): boolean {
  if (type === RULE) return false;
  return type !== TARGET || !WITH_POLICIES.test(String(after?.arn));
}

function changedRole(change: Change, path: readonly Step[]): readonly Finding[] {
  return altered(change, path, "The new role may lack permissions of the old one").map((finding) =>
    change.type === TARGET && isEmpty(at(change.after, ...path))
      ? about(change, path, false, "The target's resource policy may not allow EventBridge")
      : finding,
  );
}
