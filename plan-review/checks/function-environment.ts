import { type Environment, readEnvironment } from "../../config/function-environment/read";
import { about, altered, cannotTell, pair } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import { namesSame, tokensOf } from "../monitoring/tokens";
import type { Change, Step } from "../plan/plan";
import { at, isEmpty, isValues, UNKNOWN, type Value, type Values } from "../plan/values";
import type { Check, Finding } from "./check";

const VARIABLES: readonly Step[] = ["environment", 0, "variables"];
/** What this stack's function can't do without: by these it is known. */
const OURS = ["SNS_TOPIC_ARN", "SEEN_TABLE"];
/** Who is sent something. */
const RECEIVER = /^arn:[^:]*:(sns|sqs):/;
/** What the function names that belongs to the monitoring. */
const NAMED = ["aws_sns_topic", "aws_sqs_queue", "aws_dynamodb_table"];

interface Choice {
  readonly what: string;
  /** Whether the function judges or tells less; undefined where that can't be told. */
  readonly less?: (before: Environment, after: Environment) => boolean;
}

const CHOICES: Readonly<Record<string, Choice>> = {
  PACKS: {
    what: "Detections of a pack are switched off",
    less: (before, after) =>
      !after.packs.includes("strict") && before.packs.some((pack) => !after.packs.includes(pack)),
  },
  DISABLED_DETECTIONS: {
    what: "Detections are switched off",
    less: (before, after) => after.disabledDetections.some((id) => !before.disabledDetections.includes(id)),
  },
  SUPPRESSIONS: {
    what: "More is suppressed",
    less: (before, after) => {
      const known = new Set(before.suppressions?.map((each) => JSON.stringify(each)));
      return (after.suppressions ?? []).some((each) => !known.has(JSON.stringify(each)));
    },
  },
  MAX_ALERTS_PER_HOUR: {
    what: "Fewer alerts go out in an hour; the others are only summed up",
    less: (before, after) => after.maxAlertsPerHour < before.maxAlertsPerHour,
  },
  MAX_RECEIVES: {
    what: "What fails is given up after fewer tries",
    less: (before, after) => after.maxReceives < before.maxReceives,
  },
  DEAD_LETTER_QUEUES: {
    what: "Dead letters go elsewhere",
    less: (before, after) =>
      Object.entries(before.deadLetterQueues).some(([queue, url]) => (after.deadLetterQueues[queue] ?? url) !== url),
  },
  NAMES: { what: "Whether detections still know the monitoring's own resources can't be told" },
  METRICS_NAMESPACE: { what: "Whether anything looks at the metrics there can't be told" },
};

export const functionEnvironment: Check = {
  id: "function-environment",
  title: "A function that is told to send elsewhere, or to judge less",
  why: "What a function does is in its environment as much as in its code: another topic has other readers, or none, and a detection that is switched off there leaves no trace.",
  mend: "Leave the variables that name topics, queues and tables. Of this stack's function, change packs, detections and limits in the configuration, with the reason in the pull request, and accept it.",
  looksAt: { aws_lambda_function: [VARIABLES.join(".")] },
  unknown:
    "cannot tell; so is another table, and a variable that is only called otherwise. Of functions that aren't this stack's, only variables count that name a topic, a queue or a table of the monitoring",
  judge: (change, estate) => {
    const sides = pair(change);
    const was = at(sides?.before, ...VARIABLES);
    const is = at(sides?.after, ...VARIABLES);
    if (!sides || !isValues(was)) return [];
    const moved = Object.keys(was).flatMap((name) => renamed(change, name, is, estate));
    return [...moved, ...(OURS.every((name) => name in was) && isValues(is) ? choices(change, was, is) : [])];
  },
};

/** A variable that named a part of the monitoring, or anybody who is sent something. */
function renamed(change: Change, name: string, after: Value | undefined, estate: Estate): readonly Finding[] {
  const path = [...VARIABLES, name];
  const was = at(change.before, ...path);
  const is = after === UNKNOWN ? UNKNOWN : at(after, name);
  if (typeof was !== "string" || was === is) return [];
  const named = NAMED.find((type) => names(change, type, was, estate));
  if (named === undefined && !RECEIVER.test(was)) return [];
  if (is === UNKNOWN) return [cannotTell(change, path)];
  if (isEmpty(is)) {
    const others = isValues(after) ? Object.entries(after) : [];
    return others.some(([other, value]) => value === was && at(change.before, ...VARIABLES, other) !== was)
      ? [about(change, path, false, "Whether the function looks for it under another name can't be told")]
      : [about(change, path, true, "The function no longer knows where to send or keep it")];
  }
  if (typeof is === "string" && namesSame(was, is)) return [];
  return named === "aws_dynamodb_table"
    ? [about(change, path, false, "The function begins with another memory; whether that will do can't be told")]
    : [about(change, path, true, "The function sends elsewhere")];
}

function names(change: Change, type: string, value: string, { monitoring, changes }: Estate): boolean {
  return monitoring
    .referred(change.address, type)
    .some((address) => tokensOf(type, changes.get(address)?.before ?? {}).includes(value));
}

/** What this stack's function is told to judge and to send. */
function choices(change: Change, was: Values, is: Values): readonly Finding[] {
  const before = read(was);
  // What isn't known yet is told apart, and hides nothing else.
  const after = read({
    ...is,
    ...Object.fromEntries(Object.keys(is).flatMap((name) => (is[name] === UNKNOWN ? [[name, was[name]]] : []))),
  });
  if (before === undefined) return [];
  if (after === undefined) {
    const what = "The function can't start: a variable is missing, or can't be read";
    return [{ weakens: true, what, attribute: VARIABLES.join(".") }];
  }
  return Object.entries(CHOICES).flatMap(([name, { what, less }]) => {
    const path = [...VARIABLES, name];
    if (is[name] === UNKNOWN) return [cannotTell(change, path)];
    if (less === undefined) return altered(change, path, what);
    return less(before, after) ? [about(change, path, true, what)] : [];
  });
}

function read(variables: Values): Environment | undefined {
  const texts = Object.entries(variables).filter(
    (variable): variable is [string, string] => typeof variable[1] === "string",
  );
  try {
    return readEnvironment(Object.fromEntries(texts));
  } catch {
    return undefined;
  }
}
