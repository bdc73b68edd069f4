import { RecordProblem } from "../../detection/events/cloudtrail-record";
import { isObject, type JsonObject, objectAt } from "../../detection/events/json";

/** What was read is known, and is no record of a call; the message says what it is and what to do. */
export class NotACall extends RecordProblem {}

const INSTEAD = "replay the log files in AWSLogs/ACCOUNT/CloudTrail/ instead, which hold the calls";

/** Ways to tell what is JSON but no record of a call. */
const KNOWN: readonly (readonly [is: (value: JsonObject) => boolean, what: string])[] = [
  [
    ({ eventCategory, eventType, insightDetails }) =>
      eventCategory === "Insight" || eventType === "AwsCloudTrailInsight" || isObject(insightDetails),
    `Insights events report unusual rates of calls, not calls: ${INSTEAD}`,
  ],
  [
    ({ eventCategory, eventType }) => eventCategory === "Aggregated" || eventType === "AwsAggregatedEvent",
    `aggregated events sum up five minutes of data events: ${INSTEAD}`,
  ],
  [
    ({ digestStartTime, digestS3Bucket }) => digestStartTime !== undefined && digestS3Bucket !== undefined,
    "it is a digest, which lists log files and their hashes: replay the log files; aws cloudtrail validate-logs compares the two",
  ],
  [
    (value) => value.class_uid !== undefined && objectAt(value, "metadata").version !== undefined,
    `it is in OCSF, as Security Lake and CloudWatch pipelines write it, and replay reads CloudTrail's own records: ${INSTEAD}`,
  ],
  [
    ({ s3Bucket, s3ObjectKey }) => typeof s3Bucket === "string" && Array.isArray(s3ObjectKey),
    "it is CloudTrail's notification that log files were written, not a log file: replay those that it names (s3://BUCKET/KEY)",
  ],
  [({ configurationItems }) => Array.isArray(configurationItems), "it is a snapshot or history of AWS Config's"],
  [
    ({ terraform_version, format_version }) => terraform_version !== undefined && format_version !== undefined,
    "it is a plan or state of Terraform's: trailwarden review reads plans",
  ],
];

/**
 * What an object is instead of a record of a call.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aggregated-events.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents-insight.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html,
 * https://schema.ocsf.io/
 *
 * @returns undefined where that is not known
 */
export function otherContent(value: JsonObject): NotACall | undefined {
  const what = KNOWN.find(([is]) => is(value))?.[1];
  return what === undefined ? undefined : new NotACall(what);
}
