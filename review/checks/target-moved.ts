import { about, cannotTell, pair } from "../judging/attribute";
import { namesSame } from "../monitoring/tokens";
import type { Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const MAPPING = "aws_lambda_event_source_mapping";
const PATHS: Readonly<Record<string, readonly Step[]>> = {
  aws_cloudwatch_event_target: ["arn"],
  aws_cloudwatch_event_api_destination: ["invocation_endpoint"],
  aws_scheduler_schedule: ["target", 0, "arn"],
  aws_cloudwatch_log_subscription_filter: ["destination_arn"],
  [MAPPING]: ["function_name"],
};

export const targetMoved: Check = {
  id: "target-moved",
  title: "A rule, schedule or event source that sends elsewhere",
  why: "What received the events gets none any more, and can't know it.",
  mend: "Add a second target beside the old one, and take the old one away when the new one is known to work.",
  looksAt: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path.join(".")]])),
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const path = PATHS[change.type] ?? [];
    const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
    if (isEmpty(was) || was === is) return [];
    if (change.type === MAPPING && typeof was === "string" && typeof is === "string" && namesSame(was, is)) return [];
    return [is === UNKNOWN ? cannotTell(change, path) : about(change, path, true, "Events go elsewhere")];
  },
};
