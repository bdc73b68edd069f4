import { gunzipSync, gzipSync } from "node:zlib";
import type { GivenNames } from "../../detection/definition/names";
import { PACKS, type Pack } from "../../detection/definition/switched-on";
import { isObject } from "../../detection/events/json";
import { configured, json, type Limits, limit, required, type Variable, wholeNumber } from "./variable";

/** An hour's alerts are counted in a set, a DynamoDB item of 400 KB at most: it holds no more than some 20,000. */
export const ALERTS_PER_HOUR: Limits = { minimum: 1, maximum: 10_000, default: 100 };

/** Minutes after an incident's first alert in which alerts of the same principal belong to it. */
export const INCIDENT_MINUTES: Limits = { minimum: 5, maximum: 1_440, default: 60 };

/** The names that the function can't derive from anything else in its environment. */
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

/** Which organization it is, and which account owns it. */
export interface MonitoredOrganization {
  readonly id: string;
  readonly managementAccount: string;
}

/** Those names, and the path of the roles where it is not `/`. */
export type OwnNames = Pick<GivenNames, (typeof NAMES)[number] | "rolePath">;

/**
 * The function's environment, a variable an entry. The function's code reads nothing else of it; the rest of what it needs is
 * in its zip.
 */
export const VARIABLES = {
  /** ARN of the topic that alerts are published to. It also gives the function its account and region. */
  topicArn: required(
    "SNS_TOPIC_ARN",
    "the ARN of the topic that alerts go to",
    (arn) => /^arn:[^:]+:sns:[^:]+:[^:]+:[^:]+$/.test(arn),
    "a topic's ARN, such as arn:aws:sns:us-east-1:111122223333:alerts",
  ),
  /** The packs of detections that are switched on. */
  packs: configured(packs()),
  /** Ids of detections that are switched off. */
  disabledDetections: configured({
    name: "DISABLED_DETECTIONS",
    write: (ids: readonly string[]) => ids.join(","),
    read: (text = "") =>
      text
        .split(",")
        .map((id) => id.trim())
        .filter((id) => id !== ""),
  } satisfies Variable<readonly string[]>),
  /**
   * What is suppressed beside what the zip says: from a Terraform module's variables. JSON, gzipped, in base64. Undefined where
   * the variable can't be read, which costs its suppressions and nothing else.
   */
  suppressions: {
    name: "SUPPRESSIONS",
    write: (all) => (all.length === 0 ? "" : gzipSync(JSON.stringify(all)).toString("base64")),
    read: suppressions,
  } satisfies Variable<readonly unknown[], readonly unknown[] | undefined>,
  /** Name of the table that holds the alert state. */
  seenTable: required("SEEN_TABLE", "the name of the table that holds what has been seen"),
  /** Regions whose events come by EventBridge, the home region first; none where there is only the home region of one account. */
  regions: {
    name: "REGIONS",
    write: (regions: readonly string[]) => regions.join(","),
    read: (text = "") => text.split(",").filter((region) => region !== ""),
  } satisfies Variable<readonly string[]>,
  /** What readers call accounts, by id. Alerts go out without names where it can't be read. */
  accountNames: configured({
    name: "ACCOUNT_NAMES",
    write: (names: Readonly<Record<string, string>>) => (Object.keys(names).length === 0 ? "" : JSON.stringify(names)),
    read: accountNames,
  } satisfies Variable<Readonly<Record<string, string>>>),
  /** The organization whose accounts are monitored; undefined: the function's own account alone. */
  organization: configured({
    name: "ORGANIZATION",
    write: (given: MonitoredOrganization | undefined) =>
      given === undefined ? "" : JSON.stringify({ id: given.id, managementAccount: given.managementAccount }),
    read: organization,
  } satisfies Variable<MonitoredOrganization | undefined>),
  /** Keys of the accounts' tags that channels ask for. */
  accountTags: {
    name: "ACCOUNT_TAGS",
    write: (keys: readonly string[]) => (keys.length === 0 ? "" : JSON.stringify(keys)),
    read: texts,
  } satisfies Variable<readonly string[]>,
  /** IANA time zone of the readers. Alerts give UTC alone where there is no such zone. */
  timeZone: configured({
    name: "TIME_ZONE",
    write: (zone: string | undefined) => zone ?? "",
    read: (text: string | undefined) => (isTimeZone(text) ? text : undefined),
  } satisfies Variable<string | undefined>),
  /** Alerts that may go out an hour, critical ones aside. */
  maxAlertsPerHour: configured(
    limit(
      "MAX_ALERTS_PER_HOUR",
      ALERTS_PER_HOUR,
      "Fewer alerts are sent per hour; the others appear only in a summary",
    ),
  ),
  /** Minutes in which alerts of one principal are one incident. Every alert is sent, however many they are. */
  incidentMinutes: configured(wholeNumber("INCIDENT_MINUTES", INCIDENT_MINUTES)),
  /** Address of the dead-letter queue, by the ARN of the queue that it belongs to. */
  deadLetterQueues: json(
    "DEAD_LETTER_QUEUES",
    "a JSON object from queue ARNs to queue addresses",
    (value): value is Readonly<Record<string, string>> =>
      isObject(value) && Object.values(value).every((url) => typeof url === "string" && url !== ""),
    "{}",
  ),
  /** How often a message is received before it goes there. */
  maxReceives: limit(
    "MAX_RECEIVES",
    { minimum: 1, maximum: 1_000, default: 5 },
    "Messages that fail are given up after fewer attempts",
  ),
  /** Namespace of the metrics. */
  metricsNamespace: {
    name: "METRICS_NAMESPACE",
    write: (namespace) => namespace,
    read: (text) => text || "trailwarden",
  } satisfies Variable<string>,
  /** What placeholders in patterns stand for; undefined where nothing says it. */
  names: ownNames(),
};

function packs(): Variable<readonly Pack[]> {
  const isPacks = (value: unknown): value is readonly Pack[] =>
    Array.isArray(value) && value.every((pack) => PACKS.includes(pack));
  const variable = json("PACKS", `a JSON list of ${PACKS.join(", ")}`, isPacks, "");
  return { ...variable, read: (text) => variable.read(text || '["default"]') };
}

function suppressions(packed = ""): readonly unknown[] | undefined {
  if (packed === "") return [];
  try {
    const value: unknown = JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function accountNames(text: string | undefined): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text || "{}");
    const isNames = isObject(value) && Object.values(value).every((name) => typeof name === "string");
    return isNames ? (value as Readonly<Record<string, string>>) : {};
  } catch {
    return {};
  }
}

/** Alerts go out with ids alone where it can't be read. */
function organization(text: string | undefined): MonitoredOrganization | undefined {
  const value = parsed(text || "null");
  const isOrganization = isObject(value) && typeof value.id === "string" && typeof value.managementAccount === "string";
  return isOrganization ? (value as unknown as MonitoredOrganization) : undefined;
}

function texts(text: string | undefined): readonly string[] {
  const value = parsed(text || "[]");
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTimeZone(zone: string | undefined): zone is string {
  try {
    return Boolean(zone) && new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

function ownNames(): Variable<OwnNames, OwnNames | undefined> {
  const areNames = (value: unknown): value is OwnNames =>
    isObject(value) && NAMES.every((name) => typeof value[name] === "string" && value[name] !== "");
  const isPath = (value: unknown): value is OwnNames =>
    areNames(value) && ["undefined", "string"].includes(typeof value.rolePath);
  const what = `a JSON object with texts for ${NAMES.join(", ")}`;
  const { name, read: withPath } = json("NAMES", `${what}, and rolePath if any`, isPath, "");
  const { read } = json("NAMES", what, areNames, "");
  return {
    name,
    write: (names) =>
      JSON.stringify(Object.fromEntries([...NAMES, "rolePath" as const].map((key) => [key, names[key]]))),
    read: (text) => (text ? read(text) && withPath(text) : undefined),
  };
}
