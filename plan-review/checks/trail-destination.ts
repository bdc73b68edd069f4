import { about, emptied, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { isEmpty, UNKNOWN } from "../plan/values";

const BUCKET = "s3_bucket_name";
const PREFIX = "s3_key_prefix";
const TOPIC = "sns_topic_name";
const GROUP = "cloud_watch_logs_group_arn";

export const trailDestination: Check = {
  id: "trail-destination",
  title: "Trail delivers elsewhere or sends no notifications",
  why: "Everything that reads the old bucket, log group or topic receives nothing, and no error shows that.",
  remediation:
    "Keep the destinations. To move the archive, add a second trail, and remove the old one when every reader has moved.",
  looksAt: { aws_cloudtrail: [BUCKET, PREFIX, TOPIC, GROUP, "cloud_watch_logs_role_arn"] },
  evaluate: (change) => [
    ...moved(change, BUCKET, "Log files go to another bucket"),
    ...prefixed(change),
    ...emptied(change, [TOPIC], "The trail no longer sends notifications of new log files"),
    ...moved(change, TOPIC, "Notifications of new log files go to another topic"),
    ...emptied(change, [GROUP], "Events no longer go to the log group"),
    ...moved(change, GROUP, "Events go to another log group"),
    ...emptied(change, ["cloud_watch_logs_role_arn"], "The trail can no longer write to the log group"),
  ],
};

/** From one name or ARN to another one. */
function moved(change: Change, attribute: string, what: string): readonly Finding[] {
  const sides = pair(change);
  const was = sides?.before[attribute];
  const is = sides?.after[attribute];
  if (isEmpty(was) || was === is) return [];
  if (is === UNKNOWN) {
    // An attribute that can be empty is reported by `emptied`.
    if (attribute !== BUCKET) return [];
    return [about(change, [BUCKET], false, "Which bucket log files go to is known only after apply")];
  }
  if (typeof was !== "string" || typeof is !== "string" || is === "") return [];
  const arn = attribute === TOPIC && is.startsWith("arn:") ? change.before?.sns_topic_arn : undefined;
  const same = namesSame(typeof arn === "string" && arn !== "" ? arn : was, is);
  return same ? [] : [about(change, [attribute], true, what)];
}

/** Readers find log files by their prefix in the bucket. */
function prefixed(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const [was, is] = [sides.before[PREFIX], sides.after[PREFIX]];
  if (was === is || (isEmpty(was) && isEmpty(is))) return [];
  if (is === UNKNOWN) return [about(change, [PREFIX], false, "The prefix of log files is known only after apply")];
  return [about(change, [PREFIX], true, "Log files go to another prefix in the bucket")];
}
