// Over 250 lines: the whole of one channel, as adding a channel is one file.
import { createHash } from "node:crypto";
import type { Severity } from "../../detection/definition/detection";
import { cut, isoTime, oneLine, parseTime, reasonOf } from "../../detection/events/text";
import type { AlertNotification } from "../notification/notification";
import type { Card } from "./card";
import { type Channel, ChannelRefusal, ChannelUnavailable, type SendTools, type Thread } from "./channel";
import { fittingForm } from "./fitting-card";
import { riseInWords, riseName } from "./rise";
import { accountInWords, cardText, isHttps, plainLine, updateInWords } from "./text";

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html and https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html */
const MAXIMUM = {
  id: 512,
  /** Of 256, so that a thread has room for it. */
  title: 200,
  description: 1_024,
  recommendation: 512,
  /** Of 512. */
  generator: 80,
  api: 128,
  resources: 32,
  resourceId: 512,
  fields: 50,
  fieldName: 127,
  fieldValue: 1_023,
  /** Of a finding's 240 KB. */
  bytes: 200_000,
} as const;
const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];

const LABELS: Readonly<Record<Severity, string>> = { critical: "CRITICAL", high: "HIGH", medium: "MEDIUM", low: "LOW" };

/** Finding types by ATT&CK tactic: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
const TYPES: Readonly<Record<string, string>> = {
  "Initial Access": "TTPs/Initial Access",
  Execution: "TTPs/Execution",
  Persistence: "TTPs/Persistence",
  "Privilege Escalation": "TTPs/Privilege Escalation",
  "Defense Evasion": "TTPs/Defense Evasion",
  "Credential Access": "TTPs/Credential Access",
  Discovery: "TTPs/Discovery",
  "Lateral Movement": "TTPs/Lateral Movement",
  Collection: "TTPs/Collection",
  "Command and Control": "TTPs/Command and Control",
  Exfiltration: "Effects/Data Exfiltration",
  Impact: "Effects",
};

/** Types of resources by what is behind `arn:<partition>:` and the service's region and account. */
const RESOURCE_TYPES: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^iam::\d*:user\//, "AwsIamUser"],
  [/^iam::\d*:role\//, "AwsIamRole"],
  [/^iam::\d*:group\//, "AwsIamGroup"],
  [/^iam::\w*:policy\//, "AwsIamPolicy"],
  [/^s3:::[^/]+$/, "AwsS3Bucket"],
  [/^s3:::[^/]+\//, "AwsS3Object"],
  [/^ec2:[\w-]*:\d*:instance\//, "AwsEc2Instance"],
  [/^ec2:[\w-]*:\d*:security-group\//, "AwsEc2SecurityGroup"],
  [/^ec2:[\w-]*:\d*:volume\//, "AwsEc2Volume"],
  [/^ec2:[\w-]*:\d*:vpc\//, "AwsEc2Vpc"],
  [/^kms:[\w-]*:\d*:key\//, "AwsKmsKey"],
  [/^lambda:[\w-]*:\d*:function:/, "AwsLambdaFunction"],
  [/^cloudtrail:[\w-]*:\d*:trail\//, "AwsCloudTrailTrail"],
  [/^secretsmanager:[\w-]*:\d*:secret:/, "AwsSecretsManagerSecret"],
  [/^sns:/, "AwsSnsTopic"],
  [/^sqs:/, "AwsSqsQueue"],
  [/^dynamodb:[\w-]*:\d*:table\//, "AwsDynamoDbTable"],
  [/^cloudwatch:[\w-]*:\d*:alarm:/, "AwsCloudWatchAlarm"],
];

/** Where the finding is imported, and when. */
type Place = Pick<SendTools, "account" | "region" | "partition" | "now">;

/**
 * AWS Security Hub (CSPM): findings in the AWS Security Finding Format, for its automations, connectors and the SIEMs behind them.
 *
 * * An incident is one finding: its alerts and its timeline update it. A rise in severity is a finding of its own, related to the
 *   first, so that it is new to whatever works findings off. Other notifications are findings too, except the daily digest.
 * * People resolve findings: a timeline archives none, and nothing touches workflow, note and user-defined fields.
 * * Findings are the monitor's own account's, as the default product demands; the resources name the account of the call.
 */
export const securityHub: Channel = {
  type: "security-hub",
  label: "AWS Security Hub",
  settings: {},
  secret: undefined,
  threads: true,
  permissions: () => [
    {
      sid: "ImportFindings",
      actions: ["securityhub:BatchImportFindings"],
      resources: ["arn:{partition}:securityhub:{region}:{account}:product/{account}/default"],
    },
  ],
  render: (card, _settings, thread) => (card.kind === "digest" ? {} : finding(card, thread, unknownPlace(card))),
  send: async (card, thread, tools) => {
    if (card.kind === "digest") return thread;
    const imported = finding(card, thread, tools);
    await importFinding(imported, tools);
    return thread ?? threadOf(card, imported);
  },
};

/** For a form that is only looked at. */
function unknownPlace({ time }: Card): Place {
  return { account: "{account}", region: "{region}", partition: "{partition}", now: time ?? 0 };
}

/** What updates of a finding repeat of it, and the rest of the format. */
interface Finding {
  readonly Id: string;
  readonly CreatedAt: string;
  readonly Title: string;
  readonly GeneratorId: string;
  readonly FindingProviderFields: { readonly Severity: object; readonly Types: readonly [string] };
  readonly [field: string]: unknown;
}

function finding(card: Card, thread: Thread | undefined, place: Place): Finding {
  return fittingForm(
    card,
    (plain) => findingWith(plain, thread, place),
    (form) => Buffer.byteLength(JSON.stringify(form)) <= MAXIMUM.bytes,
  );
}

function findingWith(card: Card, thread: Thread | undefined, place: Place): Finding {
  const { account, region, partition, now } = place;
  const product = `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
  // What a finding is known by stays as its first alert has it: an update of a lower severity must not lower the finding's.
  const first = isUpdate(card) ? thread : undefined;
  const happened = isoTime(Math.min(card.time ?? now, now));
  const severity = first?.severity ?? card.severity;
  const source = card.links.find(({ url }) => isHttps(url));
  return {
    SchemaVersion: "2018-10-08",
    Id: findingId(card, thread),
    ProductArn: product,
    ProductName: "trailwarden",
    CompanyName: "trailwarden",
    GeneratorId: first?.generator ?? cut(`trailwarden/${card.detections[0] ?? card.kind}`, MAXIMUM.generator),
    AwsAccountId: account,
    CreatedAt: first?.createdAt ?? happened,
    UpdatedAt: new Date(now).toISOString(),
    LastObservedAt: happened,
    FindingProviderFields: {
      Severity: { Label: LABELS[severity as Severity], Original: severity },
      Types: [first?.type ?? typeOf(card)],
    },
    Title: first?.title ?? (cut(titleOf(card), MAXIMUM.title) || "Alert"),
    Description: description(card),
    Resources: resources(card, partition),
    ProductFields: fields(card),
    ...remediation(card),
    ...(source === undefined ? {} : { SourceUrl: source.url }),
    ...(card.notification?.kind === "alert" ? action(card.notification) : {}),
    ...(card.incident?.role === "rises" && thread !== undefined
      ? { RelatedFindings: [{ ProductArn: product, Id: idOf(card.incident.id) }] }
      : {}),
    RecordState: "ACTIVE",
  };
}

function isUpdate({ kind, incident }: Card): boolean {
  return incident?.role === "update" || kind === "timeline" || kind === "summary";
}

/** In at most 1 KB, as the title is in at most three bytes per character. */
function threadOf(card: Card, { CreatedAt, Title, GeneratorId, FindingProviderFields }: Finding): Thread {
  return {
    createdAt: CreatedAt,
    title: Title,
    severity: card.severity,
    generator: GeneratorId,
    type: FindingProviderFields.Types[0],
  };
}

function titleOf(card: Card): string {
  return `${riseInWords(card)}${card.headline.includes(card.title) ? card.headline : `${card.title}: ${card.headline}`}`;
}

/** Without what to do, and links, which have fields of their own. */
function description(card: Card): string {
  const text = `${updateInWords(card)}${card.headline}\n${cardText({ ...card, steps: [], links: [] })}`.trim();
  return cut(text, MAXIMUM.description) || "Alert";
}

/** What is a rise elsewhere is the first alert here where the less severe ones before it are not this channel's. */
function findingId(card: Card, thread: Thread | undefined): string {
  const { incident } = card;
  if (incident === undefined) return idOf(card.notificationId);
  return idOf(incident.role === "rises" && thread !== undefined ? `${incident.id}/${riseName(card)}` : incident.id);
}

function idOf(id: string): string {
  const whole = `trailwarden/${id}`;
  if (/^[!-~]+$/.test(id) && whole.length <= MAXIMUM.id) return whole;
  return `${cut(whole.replace(/[^!-~]/g, "_"), 200)}-${createHash("sha256").update(id).digest("hex")}`;
}

function typeOf({ notification, kind }: Card): string {
  if (kind === "alarm" || kind === "rate-limit") return "Software and Configuration Checks";
  const tactic = notification?.kind === "alert" ? notification.detection.attack?.tactic : undefined;
  return TYPES[tactic ?? ""] ?? "TTPs";
}

/** The account of the call first, as the finding's own account is the monitor's. */
function resources(card: Card, partition: string): readonly object[] {
  const accountId = /^\d{12}$/.test(card.account.id) ? card.account.id : "unknown";
  const isPartition = PARTITIONS.includes(partition);
  const account = {
    Type: "AwsAccount",
    Id: `AWS::::Account:${accountId}`,
    ...(isPartition ? { Partition: partition } : {}),
    ...(/^[a-z0-9-]{1,16}$/.test(card.region) ? { Region: card.region } : {}),
  };
  const arns = [...new Set(card.resources.filter((arn) => /^arn:[\w-]+:/.test(arn)))];
  return [account, ...arns.slice(0, MAXIMUM.resources - 1).map(resource)];
}

function resource(arn: string): object {
  const [, partition = "", service = "", region = ""] = arn.split(":");
  const rest = arn.split(":").slice(2).join(":");
  const [, type] = RESOURCE_TYPES.find(([pattern]) => pattern.test(rest)) ?? [];
  return {
    Type: type ?? "Other",
    Id: cut(arn, MAXIMUM.resourceId),
    ...(PARTITIONS.includes(partition) ? { Partition: partition } : {}),
    ...(service !== "" && /^[a-z0-9-]{1,16}$/.test(region) ? { Region: region } : {}),
  };
}

function fields(card: Card): object {
  const { incident } = card;
  const wanted = [
    ["notification", plainLine(card.notificationId, MAXIMUM.fieldValue)],
    ["kind", card.kind],
    ["incident", incident === undefined ? "" : plainLine(incident.id, MAXIMUM.fieldValue)],
    ["account", accountInWords(card.account)],
    ["region", card.region],
    ["detections", card.detections.join(", ")],
    ["actor", card.actor ?? ""],
    ...card.facts.map(({ name, value }) => [`facts/${name}`, value]),
  ] as const;
  const found = wanted
    .map(([name = "", value = ""]) => [cut(`trailwarden/${name}`, MAXIMUM.fieldName), cut(value, MAXIMUM.fieldValue)])
    .filter(([, value]) => value !== "");
  return Object.fromEntries(found.slice(0, MAXIMUM.fields));
}

/** The steps' first lines that have room: a line that is cut would be a command that does something else. */
function remediation(card: Card): object {
  const lines = card.steps.flatMap(({ text, commands }, index) => [`${index + 1}. ${text}`, ...commands]);
  let text = "";
  for (const line of lines) {
    const longer = text === "" ? line : `${text}\n${line}`;
    if (longer.length > MAXIMUM.recommendation) break;
    text = longer;
  }
  return text === "" ? {} : { Remediation: { Recommendation: { Text: text } } };
}

function action({ event, sourceIPAddress }: AlertNotification): object {
  const time = parseTime(event.time);
  const seen = time === undefined ? {} : { FirstSeen: isoTime(time), LastSeen: isoTime(time) };
  const call = {
    Api: oneLine(event.name, MAXIMUM.api) || "unknown",
    ServiceName: oneLine(event.source, MAXIMUM.api) || "unknown",
    ...caller(sourceIPAddress),
    ...seen,
  };
  return { Action: { ActionType: "AWS_API_CALL", AwsApiCallAction: call } };
}

/** The format has room for IPv4 and for names of hosts; where else it came from is in the facts. */
function caller(address: string): object {
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(address)) {
    return { CallerType: "remoteip", RemoteIpDetails: { IpAddressV4: address } };
  }
  if (/^[\w-]+(\.[\w-]+)+$/.test(address) && address.length <= MAXIMUM.api) {
    return { CallerType: "domain", DomainDetails: { Domain: address } };
  }
  return {};
}

async function importFinding(imported: Finding, tools: SendTools): Promise<void> {
  let refused: Awaited<ReturnType<SendTools["importFindings"]>>;
  try {
    refused = await tools.importFindings([imported]);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw refusal(error.name, reasonOf(error), tools) ?? error;
  }
  const [first] = refused;
  if (first === undefined) return;
  const said = oneLine(`${first.code}: ${first.message}`, 300);
  throw refusal(first.code, said, tools) ?? new ChannelUnavailable(`Security Hub refused the finding: ${said}`);
}

/** What would be refused again; undefined for anything else. */
function refusal(code: string, said: string, { region, account }: SendTools): ChannelRefusal | undefined {
  const words = `Security Hub refused the finding: ${said}`;
  if (/^InvalidAccess/.test(code)) {
    return new ChannelRefusal(
      `${words}. Enable Security Hub CSPM in account ${account}, region ${region}: aws securityhub enable-security-hub --region ${region}`,
    );
  }
  if (/^AccessDenied/.test(code)) {
    return new ChannelRefusal(
      `${words}. Allow the notifier's role securityhub:BatchImportFindings on the default product`,
    );
  }
  return /^(InvalidInput|ValidationException)/.test(code) ? new ChannelRefusal(words) : undefined;
}
