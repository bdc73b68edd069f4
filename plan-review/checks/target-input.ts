import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { Step } from "../plan/plan";
import { canonical, hasUnknown, isEmpty, type Values } from "../plan/values";

const ATTRIBUTES = ["input", "input_path", "input_transformer"] as const;
/** Other types: one attribute holds the format of what is sent. */
const OTHERS: Readonly<Record<string, readonly Step[]>> = {
  aws_scheduler_schedule: ["target", 0, "input"],
  aws_sns_topic_subscription: ["raw_message_delivery"],
  aws_pipes_pipe: ["target_parameters", 0, "input_template"],
};
const STILL = "What is sent may lack parts of the event";
/** Programs read the event; what a topic passes on may be for people. */
const PROGRAM = /^arn:[^:]*:(sqs|lambda|states|kinesis|firehose|events|logs):/;

export const targetInput: Check = {
  id: "target-input",
  title: "Target no longer receives the whole event",
  why: "The receiver needs the whole event to evaluate it. A constant or a part of it is not enough.",
  remediation:
    "Send the whole event to programs. For messages to people, add a separate target whose input says who did what.",
  looksAt: {
    aws_cloudwatch_event_target: [...ATTRIBUTES],
    ...Object.fromEntries(Object.entries(OTHERS).map(([type, path]) => [type, [path.join(".")]])),
  },
  limits:
    "Indeterminate: an input for a topic; one input in place of another; any other format of a schedule, pipe or subscription.",
  evaluate: (change) => {
    const path = OTHERS[change.type];
    if (path) return altered(change, path, STILL);
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    const changed = ATTRIBUTES.find(
      (name) => !isEmpty(after[name]) && canonical(before[name]) !== canonical(after[name]),
    );
    if (changed === undefined) return [];
    if (hasUnknown(after[changed])) return [indeterminate(change, [changed])];
    const whole = !ATTRIBUTES.some((name) => !isEmpty(before[name]));
    if (changed === "input" && (whole || isEmpty(before.input)))
      return [about(change, [changed], true, "No part of the event is sent")];
    return [
      whole && forProgram(after)
        ? about(change, [changed], true, "A program that received the whole event receives only a part of it")
        : about(change, [changed], false, STILL),
    ];
  },
};

function forProgram({ arn }: Values): boolean {
  return typeof arn === "string" && PROGRAM.test(arn);
}
