import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { namesSame } from "../monitoring/tokens";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";

const MAPPING = "aws_lambda_event_source_mapping";
const TARGET = "aws_cloudwatch_event_target";
const DESTINATION = "aws_cloudwatch_event_api_destination";
const STREAM = "aws_kinesis_firehose_delivery_stream";

/** The receiver. */
const RECEIVERS: Readonly<Record<string, readonly (readonly Step[])[]>> = {
  [TARGET]: [["arn"]],
  [DESTINATION]: [["invocation_endpoint"]],
  aws_scheduler_schedule: [["target", 0, "arn"]],
  aws_cloudwatch_log_subscription_filter: [["destination_arn"]],
  aws_pipes_pipe: [["target"]],
  [STREAM]: [
    ["extended_s3_configuration", 0, "bucket_arn"],
    ["http_endpoint_configuration", 0, "url"],
    ["splunk_configuration", 0, "hec_endpoint"],
    ["opensearch_configuration", 0, "domain_arn"],
    ["opensearchserverless_configuration", 0, "collection_endpoint"],
    ["redshift_configuration", 0, "cluster_jdbcurl"],
    ["snowflake_configuration", 0, "account_url"],
  ],
  [MAPPING]: [["function_name"]],
};
/** Other details of the delivery. */
const DETAILS: Readonly<Record<string, readonly (readonly Step[])[]>> = {
  [TARGET]: [["http_target"], ["sqs_target"]],
  [DESTINATION]: [["http_method"], ["connection_arn"]],
  [STREAM]: ["extended_s3", "http_endpoint", "splunk", "opensearch"].map((to) => [
    `${to}_configuration`,
    0,
    "processing_configuration",
  ]),
};

export const targetMoved: Check = {
  id: "target-moved",
  title: "Events go to another target",
  why: "The old target receives no more events, and no error shows that.",
  remediation: "Add a second target beside the old one. Remove the old one when the new one works.",
  looksAt: Object.fromEntries(
    Object.entries(RECEIVERS).map(([type, paths]) => [
      type,
      [...paths, ...(DETAILS[type] ?? [])].map((path) => path.join(".")),
    ]),
  ),
  limits: "Indeterminate: another path, header, message group or other delivery detail.",
  evaluate: (change) => {
    const moved = (RECEIVERS[change.type] ?? []).flatMap((path) => receiverChanged(change, path));
    if (moved.length > 0) return moved;
    return (DETAILS[change.type] ?? []).flatMap((path) =>
      altered(change, path, "Some events may no longer reach their target"),
    );
  },
};

function receiverChanged(change: Change, path: readonly Step[]): readonly Finding[] {
  const sides = pair(change);
  const [was, is] = [at(sides?.before, ...path), at(sides?.after, ...path)];
  if (!sides || isEmpty(was) || was === is) return [];
  if (change.type === MAPPING && typeof was === "string" && typeof is === "string" && namesSame(was, is)) return [];
  return [is === UNKNOWN ? indeterminate(change, path) : about(change, path, true, "Events go to another target")];
}
