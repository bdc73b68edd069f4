import { about, altered, cannotTell, pair } from "../judging/attribute";
import type { Step } from "../plan/plan";
import { canonical, hasUnknown, isEmpty, type Values } from "../plan/values";
import type { Check } from "./check";

const ATTRIBUTES = ["input", "input_path", "input_transformer"] as const;
/** Elsewhere the form of what is sent is the only thing that stands there. */
const OTHERS: Readonly<Record<string, readonly Step[]>> = {
  aws_scheduler_schedule: ["target", 0, "input"],
  aws_sns_topic_subscription: ["raw_message_delivery"],
  aws_pipes_pipe: ["target_parameters", 0, "input_template"],
};
const STILL = "Whether what is sent still says enough can't be told";
/** Programs read the event; what a topic passes on may be for people. */
const PROGRAM = /^arn:[^:]*:(sqs|lambda|states|kinesis|firehose|events|logs):/;

export const targetInput: Check = {
  id: "target-input",
  title: "A rule that sends something else than the event",
  why: "What receives the events finds nothing in them that it could judge: a constant, or a part, is no call of an API.",
  mend: "Send programs the whole event. A text for people belongs to a target of its own, and should name who did what.",
  looksAt: {
    aws_cloudwatch_event_target: [...ATTRIBUTES],
    ...Object.fromEntries(Object.entries(OTHERS).map(([type, path]) => [type, [path.join(".")]])),
  },
  unknown:
    "cannot tell; so is a text for a topic, and one text in another's place: of a schedule, a pipe or a subscription, any other form",
  judge: (change) => {
    const path = OTHERS[change.type];
    if (path) return altered(change, path, STILL);
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    const changed = ATTRIBUTES.find(
      (name) => !isEmpty(after[name]) && canonical(before[name]) !== canonical(after[name]),
    );
    if (changed === undefined) return [];
    if (hasUnknown(after[changed])) return [cannotTell(change, [changed])];
    const whole = !ATTRIBUTES.some((name) => !isEmpty(before[name]));
    if (changed === "input" && (whole || isEmpty(before.input)))
      return [about(change, [changed], true, "Nothing of the event is sent any more")];
    return [
      whole && forProgram(after)
        ? about(change, [changed], true, "Only a part of the event is sent to a program that had all of it")
        : about(change, [changed], false, STILL),
    ];
  },
};

function forProgram({ arn }: Values): boolean {
  return typeof arn === "string" && PROGRAM.test(arn);
}
