import { about, altered, cannotTell, pair } from "../judging/attribute";
import { namesSame } from "../monitoring/tokens";
import type { Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const MAPPING = "aws_lambda_event_source_mapping";
const TARGET = "aws_cloudwatch_event_target";
const STREAM = "aws_kinesis_firehose_delivery_stream";
const PATHS: Readonly<Record<string, readonly Step[]>> = {
  [TARGET]: ["arn"],
  aws_cloudwatch_event_api_destination: ["invocation_endpoint"],
  aws_scheduler_schedule: ["target", 0, "arn"],
  aws_cloudwatch_log_subscription_filter: ["destination_arn"],
  aws_pipes_pipe: ["target"],
  [STREAM]: ["extended_s3_configuration", 0, "bucket_arn"],
  [MAPPING]: ["function_name"],
};

/** What a target says of where it goes, besides. */
const WHERE = ["http_target", "sqs_target"];
const ELSEWHERE = "Whether events still go where they went can't be told";

export const targetMoved: Check = {
  id: "target-moved",
  title: "A rule, schedule or event source that sends elsewhere",
  why: "What received the events gets none any more, and can't know it.",
  mend: "Add a second target beside the old one, and take the old one away when the new one is known to work.",
  looksAt: {
    ...Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path.join(".")]])),
    [TARGET]: ["arn", ...WHERE],
  },
  unknown: "cannot tell; so is another path, header, message group or other detail of where it goes",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const path = PATHS[change.type] ?? [];
    const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
    const where = change.type === TARGET ? WHERE.flatMap((name) => altered(change, [name], ELSEWHERE)) : [];
    if (isEmpty(was) || was === is) return where;
    if (change.type === MAPPING && typeof was === "string" && typeof is === "string" && namesSame(was, is)) return [];
    return [is === UNKNOWN ? cannotTell(change, path) : about(change, path, true, "Events go elsewhere")];
  },
};
