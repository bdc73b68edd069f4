import { about, altered, cannotTell, pair } from "../judging/attribute";
import { namesSame } from "../monitoring/tokens";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

const MAPPING = "aws_lambda_event_source_mapping";
const TARGET = "aws_cloudwatch_event_target";
const DESTINATION = "aws_cloudwatch_event_api_destination";
const STREAM = "aws_kinesis_firehose_delivery_stream";

/** Who receives. */
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
/** What is said besides of where it goes. */
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
  title: "A rule, schedule, stream or event source that sends elsewhere",
  why: "What received the events gets none any more, and can't know it.",
  mend: "Add a second target beside the old one, and take the old one away when the new one is known to work.",
  looksAt: Object.fromEntries(
    Object.entries(RECEIVERS).map(([type, paths]) => [
      type,
      [...paths, ...(DETAILS[type] ?? [])].map((path) => path.join(".")),
    ]),
  ),
  unknown: "cannot tell; so is another path, header, message group or other detail of where it goes",
  judge: (change) => {
    const moved = (RECEIVERS[change.type] ?? []).flatMap((path) => elsewhere(change, path));
    if (moved.length > 0) return moved;
    return (DETAILS[change.type] ?? []).flatMap((path) =>
      altered(change, path, "Whether all events still go where they went can't be told"),
    );
  },
};

function elsewhere(change: Change, path: readonly Step[]): readonly Finding[] {
  const sides = pair(change);
  const [was, is] = [at(sides?.before, ...path), at(sides?.after, ...path)];
  if (!sides || isEmpty(was) || was === is) return [];
  if (change.type === MAPPING && typeof was === "string" && typeof is === "string" && namesSame(was, is)) return [];
  return [is === UNKNOWN ? cannotTell(change, path) : about(change, path, true, "Events go elsewhere")];
}
