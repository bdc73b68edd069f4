import { about, altered, emptied } from "../judging/attribute";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

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
  title: "A part of the monitoring that acts by another role, or by none",
  why: "What it may read, send and publish hangs on its role. With another one it may be refused where nobody looks: at the target, the topic or the key.",
  mend: "Leave the role, and change its policies. If it must be another one, give it all that the old one may, and look at the first events.",
  looksAt: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path.join(".")]])),
  unknown: "cannot tell; so is another role, and a target without a role that has a policy of its own",
  judge: (change) => {
    const path = PATHS[change.type] ?? [];
    const gone = !isEmpty(at(change.before, ...path)) && isEmpty(at(change.after, ...path));
    // Told by `trail-destination`.
    if (change.type === TRAIL && (gone || at(change.after, ...path) === UNKNOWN)) return [];
    return gone && needsRole(change)
      ? emptied(change, path, "It has no role any more by which it may send")
      : changedRole(change, path);
  },
};

function needsRole({ type, after }: Change): boolean {
  if (type === RULE) return false;
  return type !== TARGET || !WITH_POLICIES.test(String(after?.arn));
}

function changedRole(change: Change, path: readonly Step[]): readonly Finding[] {
  return altered(change, path, "Whether the role lets it do all that the old one did can't be told").map((finding) =>
    change.type === TARGET && isEmpty(at(change.after, ...path))
      ? about(change, path, false, "Whether the target's own policy lets EventBridge in can't be told")
      : finding,
  );
}
