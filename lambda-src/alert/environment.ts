import { gunzipSync } from "node:zlib";
import { type Labels, NO_LABELS } from "../../alerting/notices/labels";
import { type GivenNames, type Names, namesFrom } from "../../detection/definition/names";
import { PACKS, type Pack } from "../../detection/definition/switched-on";
import { isObject } from "../../detection/events/json";

/** What the function is told by its environment; everything else is in its zip. */
export interface Environment {
  /** ARN of the topic that alerts are published to. */
  readonly topicArn: string;
  /** Name of the table that holds what has been seen. */
  readonly seenTable: string;
  /** The packs of detections that are asked for. */
  readonly packs: readonly Pack[];
  /** Ids of detections that are switched off. */
  readonly disabledDetections: readonly string[];
  /**
   * What is suppressed beside what the zip says: from a Terraform module's variables. Undefined where the variable can't be
   * read, which costs its suppressions and nothing else.
   */
  readonly suppressions: readonly unknown[] | undefined;
  /** Alerts that may go out an hour, critical ones aside. */
  readonly maxAlertsPerHour: number;
  /** Address of the dead-letter queue, by the ARN of the queue it belongs to. */
  readonly deadLetterQueues: Readonly<Record<string, string>>;
  /** How often a message is received before it goes there. */
  readonly maxReceives: number;
  /** Namespace of the metrics. */
  readonly metricsNamespace: string;
  /** What readers call accounts, and their time zone. */
  readonly labels: Labels;
  /** What placeholders in patterns stand for; nothing where nobody has said. */
  readonly names: Names | Readonly<Record<string, never>>;
}

/** The environment lacks something the function can't do without. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws EnvironmentError */
export function readEnvironment(variables: Variables): Environment {
  const disabled = variables.DISABLED_DETECTIONS ?? "";
  return {
    topicArn: topicArn(variables),
    seenTable: required(variables, "SEEN_TABLE", "the name of the table that holds what has been seen"),
    packs: packs(variables.PACKS || '["default"]'),
    disabledDetections: disabled
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
    suppressions: suppressions(variables.SUPPRESSIONS),
    maxAlertsPerHour: wholeNumber(variables, "MAX_ALERTS_PER_HOUR", 100, 10_000),
    deadLetterQueues: addresses(variables.DEAD_LETTER_QUEUES ?? "{}"),
    maxReceives: wholeNumber(variables, "MAX_RECEIVES", 5, 1_000),
    metricsNamespace: variables.METRICS_NAMESPACE || "trailwarden",
    labels: labels(variables),
    names: names(variables),
  };
}

function required(variables: Variables, name: string, what: string): string {
  const value = variables[name];
  if (!value) throw new EnvironmentError(`${name} is not set: it must hold ${what}`);
  return value;
}

/** Summaries are told in the name of the topic's account and region, which are taken from it. */
function topicArn(variables: Variables): string {
  const arn = required(variables, "SNS_TOPIC_ARN", "the ARN of the topic that alerts go to");
  if (!/^arn:[^:]+:sns:[^:]+:[^:]+:[^:]+$/.test(arn)) {
    throw new EnvironmentError(
      `SNS_TOPIC_ARN is ${quoted(arn)}: it must hold a topic's ARN, such as arn:aws:sns:us-east-1:111122223333:alerts`,
    );
  }
  return arn;
}

/** The set that counts an hour's alerts, a DynamoDB item of 400 KB at most, bears no more than some 20,000. */
function wholeNumber(variables: Variables, name: string, otherwise: number, maximum: number): number {
  const text = variables[name];
  if (!text) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > maximum) {
    throw new EnvironmentError(`${name} is ${quoted(text)}: it must hold a whole number from 1 to ${maximum}`);
  }
  return Number(text);
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}

function packs(json: string): readonly Pack[] {
  const problem = `PACKS is ${quoted(json)}: it must hold a JSON list of ${PACKS.join(", ")}`;
  const value = parsed(json, problem);
  if (!Array.isArray(value) || !value.every((pack) => PACKS.includes(pack))) throw new EnvironmentError(problem);
  return value as readonly Pack[];
}

/** @param packed JSON, gzipped, in base64 */
function suppressions(packed = ""): readonly unknown[] | undefined {
  if (packed === "") return [];
  try {
    const value: unknown = JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The names that nothing else in the environment tells. */
const NAMES = [
  "prefix",
  "bucket",
  "trail",
  "logGroup",
  "deliveriesTopic",
  "urgentTopic",
  "archiveKeyId",
  "alertsKeyId",
] as const;

function names(variables: Variables): Environment["names"] {
  if (!variables.NAMES) return {};
  const problem = `NAMES is ${quoted(variables.NAMES)}: it must hold a JSON object with texts for ${NAMES.join(", ")}`;
  const value = parsed(variables.NAMES, problem);
  if (!isObject(value) || !NAMES.every((name) => typeof value[name] === "string" && value[name] !== "")) {
    throw new EnvironmentError(problem);
  }
  if (!["undefined", "string"].includes(typeof value.rolePath))
    throw new EnvironmentError(`${problem}, and rolePath if any`);
  const [, partition, , region, account, alertsTopic] = topicArn(variables).split(":");
  return namesFrom({ ...value, partition, region, account, alertsTopic } as GivenNames);
}

/** Alerts go out without a name or a local time sooner than not at all. */
function labels({ ACCOUNT_NAMES, TIME_ZONE }: Variables): Labels {
  return { accountNames: accountNames(ACCOUNT_NAMES || "{}"), ...(isTimeZone(TIME_ZONE) && { timeZone: TIME_ZONE }) };
}

function accountNames(json: string): Labels["accountNames"] {
  try {
    const value: unknown = JSON.parse(json);
    const isName = (name: unknown): name is string => typeof name === "string";
    return isObject(value) && Object.values(value).every(isName)
      ? (value as Labels["accountNames"])
      : NO_LABELS.accountNames;
  } catch {
    return NO_LABELS.accountNames;
  }
}

function isTimeZone(zone: string | undefined): zone is string {
  try {
    return Boolean(zone) && new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

function addresses(json: string): Readonly<Record<string, string>> {
  const problem = `DEAD_LETTER_QUEUES is ${quoted(json)}: it must hold a JSON object from queue ARNs to queue addresses`;
  const value = parsed(json, problem);
  if (!isObject(value) || !Object.values(value).every((url) => typeof url === "string" && url !== "")) {
    throw new EnvironmentError(problem);
  }
  return value as Readonly<Record<string, string>>;
}

function parsed(json: string, problem: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new EnvironmentError(problem, { cause: error });
  }
}
