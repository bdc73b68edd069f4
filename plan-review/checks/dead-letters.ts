import { about, emptied, indeterminate, numberOr, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { own, type PlanContext } from "../evaluation/context";
import { maxReceives } from "../evaluation/max-receives";
import { overOwnPolicy, REDRIVE } from "../evaluation/redrive-policy";
import type { Change, Step } from "../plan/plan";
import { at, hasUnknown, isEmpty, parsed, UNKNOWN, type Value, type Values } from "../plan/values";

const ALLOWS = "aws_sqs_queue_redrive_allow_policy";
const ALLOW = "redrive_allow_policy";
const QUEUE = "aws_sqs_queue";
const KEPT = "message_retention_seconds";
const WHAT = "Messages that cannot be delivered or processed are dropped";

const PLACES: Readonly<Record<string, readonly Step[]>> = {
  [QUEUE]: ["redrive_policy"],
  aws_sns_topic_subscription: ["redrive_policy"],
  aws_cloudwatch_event_bus: ["dead_letter_config", 0, "arn"],
  aws_lambda_event_source_mapping: ["destination_config", 0, "on_failure", 0, "destination_arn"],
  aws_cloudwatch_event_target: ["dead_letter_config", 0, "arn"],
  aws_lambda_function: ["dead_letter_config", 0, "target_arn"],
  aws_scheduler_schedule: ["target", 0, "dead_letter_config", 0, "arn"],
  [REDRIVE]: ["redrive_policy"],
  aws_lambda_function_event_invoke_config: ["destination_config", 0, "on_failure", 0, "destination"],
};

export const deadLetters: Check = {
  id: "dead-letters",
  title: "Dead-letter queue removed",
  why: "A dead-letter queue keeps messages that cannot be delivered or processed, and an alarm reports them. Without it, alerts are lost silently.",
  remediation: "Keep the dead-letter queue. To change it, set the new queue in the same change.",
  looksAt: {
    ...Object.fromEntries(Object.entries(PLACES).map(([type, path]) => [type, [path.join(".")]])),
    [QUEUE]: ["redrive_policy", ALLOW],
    [ALLOWS]: [ALLOW],
  },
  evaluate: (given, context: PlanContext) => {
    const change = overOwnPolicy(given, context);
    const path = PLACES[change.type] ?? [];
    if (change.type === ALLOWS) return [...shut(change), ...shutOut(change, context)];
    if (change.action === "delete") return gone(change, path);
    if (change.type === QUEUE && !own(change, REDRIVE, context)) return [];
    const taken = [...shut(change), ...(change.type === QUEUE ? shutOut(change, context) : [])];
    if (taken.length > 0) return taken;
    const found = block(change, path) ?? unnamed(change, path) ?? emptied(change, path, WHAT);
    return found.length > 0 || change.type !== QUEUE ? found : expired(change);
  },
};

/** A dead-letter queue that takes nothing from other queues any more. */
function shut(change: Change): readonly Finding[] {
  const denies = (values: Change["before"]) => at(parsed(values?.[ALLOW]), "redrivePermission") === "denyAll";
  return denies(change.after) && !denies(change.before) ? [about(change, [ALLOW], true, WHAT)] : [];
}

/** A dead-letter queue that no longer takes from a queue of the monitoring which names it. */
function shutOut(change: Change, { monitoring, changes }: PlanContext): readonly Finding[] {
  const letters = change.type === ALLOWS ? monitoring.referred(change.address, QUEUE) : [change.address];
  const senders = letters
    .flatMap((letter) => monitoring.referring(letter, QUEUE))
    .flatMap((queue) => changes.get(queue) ?? [])
    .filter(({ action }) => action !== "delete")
    .flatMap(({ before }) => (typeof before?.arn === "string" ? [before.arn] : []));
  const takes = (values: Change["before"], arn: string) => {
    const policy = parsed(values?.[ALLOW]);
    const arns = at(policy, "sourceQueueArns");
    return at(policy, "redrivePermission") !== "byQueue" || (Array.isArray(arns) && arns.includes(arn));
  };
  if (!change.after) return [];
  const lost = senders.some((arn) => takes(change.before, arn) && !takes(change.after, arn));
  if (!lost) return [];
  return [
    hasUnknown(parsed(change.after[ALLOW])) ? indeterminate(change, [ALLOW]) : about(change, [ALLOW], true, WHAT),
  ];
}

/** A queue that tries so often, or so slowly, that messages expire before they count as dead. */
function expired(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const late = (values: Values) => {
    const tries = maxReceives(values);
    const [hidden, kept] = [numberOr(30)(values.visibility_timeout_seconds), numberOr(345_600)(values[KEPT])];
    return typeof tries === "number" && hidden !== undefined && kept !== undefined && tries * hidden > kept;
  };
  return late(sides.after) && !late(sides.before)
    ? [about(change, ["redrive_policy"], true, "Messages that fail expire before they reach the dead-letter queue")]
    : [];
}

/** A whole block that isn't known yet. */
function block(change: Change, path: readonly Step[]): readonly Finding[] | undefined {
  const [first = ""] = path;
  const unknown =
    change.before !== undefined && at(change.after, first) === UNKNOWN && !isEmpty(at(change.before, ...path));
  return unknown ? [indeterminate(change, [first])] : undefined;
}

/** A policy that is there, and names no queue. */
function unnamed(change: Change, path: readonly Step[]): readonly Finding[] | undefined {
  if (path.join() !== "redrive_policy" || !change.before) return undefined;
  const queue = (policy: Value | undefined) => at(parsed(policy), "deadLetterTargetArn");
  const is = change.after?.redrive_policy;
  if (isEmpty(queue(change.before.redrive_policy)) || isEmpty(is) || hasUnknown(is)) return undefined;
  return isEmpty(queue(is)) ? [about(change, path, true, WHAT)] : undefined;
}

/** Settings whose removal no other check reports. */
function gone(change: Change, path: readonly Step[]): readonly Finding[] {
  const isSetting = [REDRIVE, "aws_lambda_function_event_invoke_config"].includes(change.type);
  return isSetting && !isEmpty(at(change.before, ...path)) ? [about(change, path, true, WHAT)] : [];
}
