import { about, cannotTell, emptied } from "../judging/attribute";
import { type Estate, own } from "../judging/estate";
import type { Change, Step } from "../plan/plan";
import { at, hasUnknown, isEmpty, parsed, UNKNOWN, type Value } from "../plan/values";
import type { Check, Finding } from "./check";

const REDRIVE = "aws_sqs_queue_redrive_policy";
const ALLOWS = "aws_sqs_queue_redrive_allow_policy";
const ALLOW = "redrive_allow_policy";
const WHAT = "What can't be delivered or handled is thrown away";

const PLACES: Readonly<Record<string, readonly Step[]>> = {
  aws_sqs_queue: ["redrive_policy"],
  aws_sns_topic_subscription: ["redrive_policy"],
  aws_cloudwatch_event_target: ["dead_letter_config", 0, "arn"],
  aws_lambda_function: ["dead_letter_config", 0, "target_arn"],
  aws_scheduler_schedule: ["target", 0, "dead_letter_config", 0, "arn"],
  [REDRIVE]: ["redrive_policy"],
  aws_lambda_function_event_invoke_config: ["destination_config", 0, "on_failure", 0, "destination"],
};

export const deadLetters: Check = {
  id: "dead-letters",
  title: "A dead-letter queue that is taken away",
  why: "Whatever can't be delivered or handled lands there, and an alarm tells of it. Without it, alerts vanish in silence.",
  mend: "Leave the dead-letter queue. To change it, put the new one in its place.",
  looksAt: {
    ...Object.fromEntries(Object.entries(PLACES).map(([type, path]) => [type, [path.join(".")]])),
    aws_sqs_queue: ["redrive_policy", ALLOW],
    [ALLOWS]: [ALLOW],
  },
  judge: (change, estate: Estate) => {
    const path = PLACES[change.type] ?? [];
    if (change.type === ALLOWS) return shut(change);
    if (change.action === "delete") return gone(change, path);
    if (change.type === "aws_sqs_queue" && !own(change, REDRIVE, estate)) return [];
    return shut(change).length > 0
      ? shut(change)
      : (block(change, path) ?? unnamed(change, path) ?? emptied(change, path, WHAT));
  },
};

/** A dead-letter queue that takes nothing from other queues any more. */
function shut(change: Change): readonly Finding[] {
  const denies = (values: Change["before"]) => at(parsed(values?.[ALLOW]), "redrivePermission") === "denyAll";
  return denies(change.after) && !denies(change.before) ? [about(change, [ALLOW], true, WHAT)] : [];
}

/** A whole block that isn't known yet. */
function block(change: Change, path: readonly Step[]): readonly Finding[] | undefined {
  const [first = ""] = path;
  const unknown =
    change.before !== undefined && at(change.after, first) === UNKNOWN && !isEmpty(at(change.before, ...path));
  return unknown ? [cannotTell(change, [first])] : undefined;
}

/** A policy that is there, and names no queue. */
function unnamed(change: Change, path: readonly Step[]): readonly Finding[] | undefined {
  if (path.join() !== "redrive_policy" || !change.before) return undefined;
  const queue = (policy: Value | undefined) => at(parsed(policy), "deadLetterTargetArn");
  const is = change.after?.redrive_policy;
  if (isEmpty(queue(change.before.redrive_policy)) || isEmpty(is) || hasUnknown(is)) return undefined;
  return isEmpty(queue(is)) ? [about(change, path, true, WHAT)] : undefined;
}

/** Settings that others have no part in going. */
function gone(change: Change, path: readonly Step[]): readonly Finding[] {
  const isSetting = [REDRIVE, "aws_lambda_function_event_invoke_config"].includes(change.type);
  return isSetting && !isEmpty(at(change.before, ...path)) ? [about(change, path, true, WHAT)] : [];
}
