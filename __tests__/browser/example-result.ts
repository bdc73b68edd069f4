import type { DayOutcome, DetectionOutcome, ReplayAlert, ReplayResult } from "../../cli/replay/result/replay-result";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { isoTime } from "../../detection/events/text";
import { Random } from "../../tools/random";

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.parse("2026-10-22T00:00:00Z");
const ACCOUNTS = ["111122223333", "444455556666", "777788889999"];
const REGIONS = ["us-east-1", "us-east-1", "us-east-1", "eu-west-1", "eu-west-1", "ap-southeast-2", "sa-east-1"];
const PEOPLE = ["alice", "bob", "carol", "dmitri", "erin", "mallory", "Zoë", "ops-breakglass"];
const ROLES = ["ci-deployer", "platform-admin", "data-pipeline", "support-readonly", "OrganizationAccountAccessRole"];
const USER_AGENTS = [
  "aws-cli/2.30.0 md/awscrt#0.27.6",
  "console.amazonaws.com",
  "Boto3/1.40.1",
  "APN/1.0 HashiCorp/1.0",
];
/** Refusals of the same call in a row, and a wave of them. */
const NOISY = new Set(["unauthorized-calls", "unauthorized-ec2-call", "console-login-failures"]);

export interface Extent {
  readonly alerts: number;
  readonly days: number;
  readonly seed: number;
}

/** A replay's result such as a company of three accounts might get. The same for the same extent. */
export function exampleResult({ alerts: count, days, seed }: Extent): ReplayResult {
  const random = new Random(seed);
  const told = catalogue.filter(({ tier }) => tier !== "signal");
  const chosen = told.filter(
    ({ id, severity }) => NOISY.has(id) || random.chance(severity === "critical" ? 0.15 : 0.4),
  );
  const weighted = chosen.flatMap((detection) => Array.from({ length: weight(detection) }, () => detection));
  const alerts = Array.from({ length: count }, () => alert(random, random.pick(weighted), time(random, days)));
  alerts.sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1));
  const detections = catalogue.flatMap((detection) => outcome(random, detection, alerts));
  const matches = detections.flatMap((detection) => detection.days).reduce((sum, day) => sum + day.suppressed, 0);
  const first = Math.ceil(matches * 0.7);
  const suppressions = [
    {
      id: "scanner-of-the-security-team",
      reason: "Monthly inventory by the auditors' role, agreed in SEC-412",
      matches: first,
    },
    { id: "sandbox-experiments", reason: "Nothing but students' exercises in this account", matches: matches - first },
  ];
  const read = 40 + days * 24 * 6;
  return {
    ...incidentsOf(alerts),
    detections,
    asked: catalogue.length,
    suppressions: suppressions.filter((suppression) => suppression.matches > 0),
    files: {
      read,
      bytes: read * 31_337,
      leftOut: days * 3,
      unreadable: [
        { file: file(random, FIRST_DAY_MS, "us-east-1"), reason: "the file ends in the middle: fetch it again" },
        { file: "AWSLogs/notes.json", reason: "no CloudTrail log file: it has no Records" },
      ],
    },
    records: {
      read: read * 212 + count * 7,
      processingErrors: 1,
      firstProcessingErrors: [
        { file: file(random, FIRST_DAY_MS + DAY_MS, "eu-west-1"), reason: "record 17 has no eventID" },
      ],
    },
  };
}

/** A replay that found nothing. */
export function quietResult(): ReplayResult {
  return {
    alerts: [],
    incidents: [],
    detections: [],
    asked: catalogue.length,
    suppressions: [],
    files: { read: 4_360, bytes: 131_072_000, leftOut: 90, unreadable: [] },
    records: { read: 901_274, processingErrors: 0, firstProcessingErrors: [] },
  };
}

/** Alerts of one actor within an hour are one incident. */
function incidentsOf(alerts: readonly ReplayAlert[]): Pick<ReplayResult, "alerts" | "incidents"> {
  const open = new Map<string, { readonly id: string; readonly start: number; number: number }>();
  const placed = alerts.map((one) => {
    if (one.tier === "digest") return one;
    const time = Date.parse(one.eventTime);
    const current = open.get(one.actor);
    const its =
      current && time - current.start < 3_600_000
        ? current
        : { id: `${open.size.toString(16).padStart(16, "0")}-${one.eventTime}`, start: time, number: 0 };
    its.number++;
    open.set(one.actor, its);
    const role = its.number === 1 ? ("opens" as const) : ("update" as const);
    return { ...one, incident: { id: its.id, role, number: its.number } };
  });
  return { alerts: placed, incidents: [] };
}

function weight({ id, severity }: Detection): number {
  return NOISY.has(id) ? 14 : { critical: 1, high: 2, medium: 4, low: 7 }[severity];
}

/** Working days are busier, and one night is very busy. */
function time(random: Random, days: number): number {
  if (random.chance(0.16)) return FIRST_DAY_MS + Math.floor(days * 0.63) * DAY_MS + random.below(DAY_MS / 6);
  for (;;) {
    const day = FIRST_DAY_MS + random.below(days) * DAY_MS;
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    if (!weekend || random.chance(0.3)) return day + random.between(5, 20) * 3_600_000 + random.below(3_600_000);
  }
}

function alert(random: Random, detection: Detection, at: number): ReplayAlert {
  const account = random.pick(ACCOUNTS);
  const region = random.pick(REGIONS);
  const person = random.pick(PEOPLE);
  const role = random.pick(ROLES);
  const refused = NOISY.has(detection.id) || random.chance(0.1);
  const [eventSource, eventName] = call(random, detection);
  const actor = detection.id.startsWith("root-")
    ? `root user of account ${account}`
    : random.chance(0.5)
      ? `IAM user ${person} (account ${account})`
      : `role ${role}, session ${person}@example.com (account ${account})`;
  const name = `${random.pick(["payments", "ledger", "web", "etl"])}-${random.between(1, 30)}`;
  return {
    detection: detection.id,
    severity: detection.severity,
    tier: detection.tier,
    title: detection.title,
    ...((id) => ({ callId: `${account}/${id}`, eventID: id }))(uuid(random)),
    eventTime: isoTime(at),
    eventSource,
    eventName,
    account,
    region,
    actor,
    principal: actor,
    caller: actor,
    alsoMatched: random.chance(0.1) ? ["unauthorized-calls"] : [],
    sourceIPAddress: random.chance(0.7) ? `203.0.113.${random.between(2, 40)}` : `198.51.100.${random.between(2, 250)}`,
    userAgent: random.pick(USER_AGENTS),
    accessKeyId: `AKIAEXAMPLE${String(random.below(200)).padStart(9, "0")}`,
    outcome: refused ? "denied" : "succeeded",
    errorCode: refused ? "AccessDenied" : "",
    errorMessage: refused ? "not authorized to perform this action" : "",
    target: `arn:aws:${eventSource.split(".")[0]}:${region}:${account}:${name}`,
    requestParameters: JSON.stringify({ name, clientToken: "(masked)", number: random.below(100_000) }),
    responseElements: refused ? "" : JSON.stringify({ requestId: uuid(random), name }),
    file: file(random, at, region),
  };
}

/** A call that the detection looks for, where its pattern names any. */
function call(random: Random, { pattern }: Detection): readonly [source: string, name: string] {
  const { eventSource, eventName } = (pattern.detail ?? {}) as {
    readonly eventSource?: unknown;
    readonly eventName?: unknown;
  };
  const texts = (values: unknown) => (Array.isArray(values) ? values.filter((value) => typeof value === "string") : []);
  return [
    texts(eventSource)[0] ?? "ec2.amazonaws.com",
    random.pick([...texts(eventName), "DescribeInstances"].slice(0, 3)),
  ];
}

function file(random: Random, at: number, region: string): string {
  const account = random.pick(ACCOUNTS);
  const [day = ""] = isoTime(at).split("T");
  const stamp = isoTime(at - (at % 300_000))
    .replace(/[-:]/g, "")
    .replace(/00Z$/, "Z");
  return `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll("-", "/")}/${account}_CloudTrail_${region}_${stamp}_${uuid(random).slice(0, 8)}.json.gz`;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 4 }, () => random.next().toString(16).padStart(8, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Its days, with the alerts as they are and a little of everything else around them. */
function outcome(random: Random, detection: Detection, alerts: readonly ReplayAlert[]): readonly DetectionOutcome[] {
  const own = alerts.filter((one) => one.detection === detection.id);
  const byDay = new Map<string, number>();
  for (const { eventTime } of own) byDay.set(eventTime.slice(0, 10), (byDay.get(eventTime.slice(0, 10)) ?? 0) + 1);
  const days = [...byDay].map(([day, told]): DayOutcome => {
    const grouped = NOISY.has(detection.id) ? random.between(told, told * 9) : random.below(3);
    const counted = detection.count === undefined ? 0 : random.below(20);
    const suppressed = NOISY.has(detection.id) || random.chance(0.2) ? random.between(1, 5) : 0;
    const duplicates = random.chance(0.1) ? 1 : 0;
    const [atOnce, digested] = detection.tier === "digest" ? [0, told] : [told, 0];
    const matches = told + grouped + counted + suppressed + duplicates;
    return { day, matches, alerts: atOnce, merged: 0, digested, grouped, counted, suppressed, duplicates };
  });
  if (days.length === 0) return [];
  const { id, title, severity, tier, attack } = detection;
  const summaries = days.filter(({ grouped }) => grouped > 0).length;
  return [{ detection: id, title, severity, tier, summaries, days, ...(attack && { technique: attack.technique }) }];
}
