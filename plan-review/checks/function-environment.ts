import { NOTIFIER_VARIABLES as NOTIFIER } from "../../config/function-environment/notifier-variables";
import { type Environment, readEnvironment } from "../../config/function-environment/read";
import { type NotifierEnvironment, readNotifierEnvironment } from "../../config/function-environment/read-notifier";
import { VARIABLES as ENVIRONMENT } from "../../config/function-environment/variables";
import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { fewerNotified } from "../evaluation/fewer-notified";
import { namesSame, tokensOf } from "../monitoring/tokens";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, isValues, UNKNOWN, type Value, type Values } from "../plan/values";

const VARIABLES: readonly Step[] = ["environment", 0, "variables"];
/** What this stack's function can't do without: by these it is known. */
const OURS = ["SNS_TOPIC_ARN", "SEEN_TABLE"];
/** The same of the notifier. */
const NOTIFIERS = ["QUEUE_URL", "SEEN_TABLE"];
/** A receiver's ARN. */
const RECEIVER = /^arn:[^:]*:(sns|sqs):/;
/** What the function names that belongs to the monitoring. */
const NAMED = ["aws_sns_topic", "aws_sqs_queue", "aws_dynamodb_table"];

interface Choice<Read = Environment> {
  readonly what: string;
  /** Whether the function evaluates or reports less; undefined where the plan doesn't show it. */
  readonly less?: (before: Read, after: Read) => boolean;
}

/** A variable of which more than one thing can weaken: in what ways the function does less. */
interface Ways<Read> {
  readonly ways: (before: Read, after: Read) => readonly string[];
}

/** Numbers of which a lower one does less. */
const LIMITS: Readonly<Record<string, Choice>> = Object.fromEntries(
  Object.entries(ENVIRONMENT).flatMap(([key, variable]) => {
    if (!("lowered" in variable)) return [];
    const value = (environment: Environment) => Number(environment[key as keyof Environment]);
    return [[variable.name, { what: variable.lowered, less: (before, after) => value(after) < value(before) }]];
  }) satisfies readonly (readonly [string, Choice])[],
);

const CHOICES: Readonly<Record<string, Choice>> = {
  PACKS: {
    what: "Detections of a pack are disabled",
    less: (before, after) =>
      !after.packs.includes("strict") && before.packs.some((pack) => !after.packs.includes(pack)),
  },
  DISABLED_DETECTIONS: {
    what: "Detections are disabled",
    less: (before, after) => after.disabledDetections.some((id) => !before.disabledDetections.includes(id)),
  },
  SUPPRESSIONS: {
    what: "More alerts are suppressed",
    less: (before, after) => {
      const known = new Set(before.suppressions?.map((each) => JSON.stringify(each)));
      return (after.suppressions ?? []).some((each) => !known.has(JSON.stringify(each)));
    },
  },
  REGIONS: {
    what: "The function no longer reports that events of some regions come late",
    less: (before, after) => before.regions.some((region) => !after.regions.includes(region)),
  },
  ORGANIZATION: {
    what: "The function no longer notices that a member account sends no log files, and no longer renews its accounts' names, organizational units and tags",
    less: (before, after) =>
      before.organization !== undefined &&
      (after.organization?.id !== before.organization.id ||
        after.organization.managementAccount !== before.organization.managementAccount),
  },
  ...LIMITS,
  DEAD_LETTER_QUEUES: { what: "Dead letters go to another queue", less: movesDeadLetters },
  NAMES: { what: "Detections may no longer recognize the monitoring's own resources" },
  METRICS_NAMESPACE: { what: "Alarms may not watch the new metrics namespace" },
};

/** The same of the notifier. */
const NOTIFIER_CHOICES: Readonly<Record<string, Choice<NotifierEnvironment> | Ways<NotifierEnvironment>>> = {
  CHANNELS: { ways: (before, after) => fewerNotified(before.channels, after.channels) },
  MAX_RECEIVES: {
    what: NOTIFIER.maxReceives.lowered,
    less: (before, after) => after.maxReceives < before.maxReceives,
  },
  DEAD_LETTER_QUEUES: { what: "Dead letters go to another queue", less: movesDeadLetters },
};

function movesDeadLetters(
  before: Pick<Environment, "deadLetterQueues">,
  after: Pick<Environment, "deadLetterQueues">,
): boolean {
  return Object.entries(before.deadLetterQueues).some(([queue, url]) => (after.deadLetterQueues[queue] ?? url) !== url);
}

export const functionEnvironment: Check = {
  id: "function-environment",
  title: "Function sends elsewhere, or sends fewer alerts",
  why: "A function's environment decides what it does, as its code does. Another topic has other subscribers, or none. A detection that is disabled there leaves no trace.",
  remediation:
    "Keep the variables that name topics, queues and tables. To change packs, detections, regions, the organization, limits or channels of this stack's functions, change the configuration, give the reason in the pull request, and accept the violation.",
  looksAt: { aws_lambda_function: [VARIABLES.join(".")] },
  limits:
    "Indeterminate: another table, metrics namespace or `NAMES`; a renamed variable. Of other functions, only variables that name a topic, queue or table of the monitoring count.",
  evaluate: (change, context) => {
    const sides = pair(change);
    const was = at(sides?.before, ...VARIABLES);
    const is = at(sides?.after, ...VARIABLES);
    if (!sides || !isValues(was)) return [];
    const moved = Object.keys(was).flatMap((name) => renamed(change, name, is, context));
    if (!isValues(is)) return moved;
    if (OURS.every((name) => name in was)) return [...moved, ...choices(change, CHOICES, read, was, is)];
    return NOTIFIERS.every((name) => name in was)
      ? [...moved, ...choices(change, NOTIFIER_CHOICES, readNotifier, was, is)]
      : moved;
  },
};

/** A variable that named a part of the monitoring, or another receiver. */
function renamed(change: Change, name: string, after: Value | undefined, context: PlanContext): readonly Finding[] {
  const path = [...VARIABLES, name];
  const was = at(change.before, ...path);
  const is = after === UNKNOWN ? UNKNOWN : at(after, name);
  if (typeof was !== "string" || was === is) return [];
  const named = NAMED.find((type) => names(change, type, was, context));
  if (named === undefined && !RECEIVER.test(was)) return [];
  if (is === UNKNOWN) return [indeterminate(change, path)];
  if (isEmpty(is)) {
    const others = isValues(after) ? Object.entries(after) : [];
    return others.some(([other, value]) => value === was && at(change.before, ...VARIABLES, other) !== was)
      ? [about(change, path, false, "The value may be in another variable now")]
      : [about(change, path, true, "The function no longer knows where to send or store its data")];
  }
  if (typeof is === "string" && namesSame(was, is)) return [];
  return named === "aws_dynamodb_table"
    ? [about(change, path, false, "The function uses another table, which may lack its alert state")]
    : [about(change, path, true, "The function sends to another receiver")];
}

function names(change: Change, type: string, value: string, { monitoring, changes }: PlanContext): boolean {
  return monitoring
    .referred(change.address, type)
    .some((address) => tokensOf(type, changes.get(address)?.before ?? {}).includes(value));
}

/** What a function of this stack evaluates and sends. */
function choices<Read>(
  change: Change,
  all: Readonly<Record<string, Choice<Read> | Ways<Read>>>,
  reader: (variables: Values) => Read | undefined,
  was: Values,
  is: Values,
): readonly Finding[] {
  const before = reader(was);
  // What isn't known yet is reported separately, and hides nothing else.
  const after = reader({
    ...is,
    ...Object.fromEntries(Object.keys(is).flatMap((name) => (is[name] === UNKNOWN ? [[name, was[name]]] : []))),
  });
  if (before === undefined) return [];
  if (after === undefined) {
    const what = "The function cannot start because a variable is missing or invalid";
    return [{ weakens: true, what, attribute: VARIABLES.join(".") }];
  }
  return Object.entries(all).flatMap(([name, choice]) => {
    const path = [...VARIABLES, name];
    if (is[name] === UNKNOWN) return [indeterminate(change, path)];
    if ("ways" in choice) return choice.ways(before, after).map((what) => about(change, path, true, what));
    const { what, less } = choice;
    if (less === undefined) return altered(change, path, what);
    return less(before, after) ? [about(change, path, true, what)] : [];
  });
}

function read(variables: Values): Environment | undefined {
  return readable(variables, readEnvironment);
}

function readNotifier(variables: Values): NotifierEnvironment | undefined {
  return readable(variables, readNotifierEnvironment);
}

function readable<Read>(
  variables: Values,
  reader: (texts: Readonly<Record<string, string>>) => Read,
): Read | undefined {
  const texts = Object.entries(variables).filter(
    (variable): variable is [string, string] => typeof variable[1] === "string",
  );
  try {
    return reader(Object.fromEntries(texts));
  } catch {
    return undefined;
  }
}
