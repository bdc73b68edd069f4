import { about, emptied, pair } from "../judging/attribute";
import { namesSame } from "../monitoring/tokens";
import type { Change } from "../plan/plan";
import { isEmpty, UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

const BUCKET = "s3_bucket_name";
const PREFIX = "s3_key_prefix";
const TOPIC = "sns_topic_name";
const GROUP = "cloud_watch_logs_group_arn";

export const trailDestination: Check = {
  id: "trail-destination",
  title: "A trail that delivers elsewhere, or tells nobody of it",
  why: "What reads the bucket, the log group or the topic gets nothing any more, and to it that looks like a quiet day.",
  mend: "Leave the destinations as they are. To move the archive, add a second trail, and take the old one away when all readers have moved.",
  looksAt: { aws_cloudtrail: [BUCKET, PREFIX, TOPIC, GROUP, "cloud_watch_logs_role_arn"] },
  judge: (change) => [
    ...moved(change, BUCKET, "Log files go to another bucket"),
    ...prefixed(change),
    ...emptied(change, [TOPIC], "Nobody is told any more when a log file arrives"),
    ...moved(change, TOPIC, "Another topic is told when a log file arrives"),
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
    // What can be empty as well has been told.
    if (attribute !== BUCKET) return [];
    return [about(change, [BUCKET], false, "It is known only after apply which bucket log files go to")];
  }
  if (typeof was !== "string" || typeof is !== "string" || is === "") return [];
  const arn = attribute === TOPIC && is.startsWith("arn:") ? change.before?.sns_topic_arn : undefined;
  const same = namesSame(typeof arn === "string" && arn !== "" ? arn : was, is);
  return same ? [] : [about(change, [attribute], true, what)];
}

/** Readers know log files by where they lie in the bucket. */
function prefixed(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const [was, is] = [sides.before[PREFIX], sides.after[PREFIX]];
  if (was === is || (isEmpty(was) && isEmpty(is))) return [];
  if (is === UNKNOWN) return [about(change, [PREFIX], false, "It is known only after apply where log files lie")];
  return [about(change, [PREFIX], true, "Log files lie elsewhere in the bucket")];
}
