import { about, cannotTell, pair } from "../judging/attribute";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

export const targetMoved: Check = {
  id: "target-moved",
  title: "A rule or schedule that sends elsewhere",
  why: "What received the events gets none any more, and can't know it.",
  mend: "Add a second target beside the old one, and take the old one away when the new one is known to work.",
  looksAt: {
    aws_cloudwatch_event_target: ["arn"],
    aws_scheduler_schedule: ["target.0.arn"],
    aws_cloudwatch_log_subscription_filter: ["destination_arn"],
  },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const path =
      change.type === "aws_scheduler_schedule"
        ? ["target", 0, "arn"]
        : [change.type === "aws_cloudwatch_event_target" ? "arn" : "destination_arn"];
    const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
    if (isEmpty(was) || was === is) return [];
    return [is === UNKNOWN ? cannotTell(change, path) : about(change, path, true, "Events go elsewhere")];
  },
};
