import { about, emptied, pair } from "../judging/attribute";
import { isEmpty, UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

const BUCKET = "s3_bucket_name";

export const trailDestination: Check = {
  id: "trail-destination",
  title: "A trail that delivers elsewhere, or tells nobody of it",
  why: "What reads the bucket, the log group or the topic gets nothing any more, and to it that looks like a quiet day.",
  mend: "Leave the destinations as they are. To move the archive, add a second trail, and take the old one away when all readers have moved.",
  looksAt: { aws_cloudtrail: [BUCKET, "sns_topic_name", "cloud_watch_logs_group_arn", "cloud_watch_logs_role_arn"] },
  judge: (change) => [
    ...moved(change),
    ...emptied(change, ["sns_topic_name"], "Nobody is told any more when a log file arrives"),
    ...emptied(change, ["cloud_watch_logs_group_arn"], "Events no longer go to the log group"),
    ...emptied(change, ["cloud_watch_logs_role_arn"], "The trail can no longer write to the log group"),
  ],
};

function moved(change: Parameters<Check["judge"]>[0]): readonly Finding[] {
  const sides = pair(change);
  const was = sides?.before[BUCKET];
  const is = sides?.after[BUCKET];
  if (isEmpty(was) || was === is) return [];
  if (is === UNKNOWN)
    return [about(change, [BUCKET], false, "It is known only after apply which bucket log files go to")];
  return [about(change, [BUCKET], true, "Log files go to another bucket")];
}
