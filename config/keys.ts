// Over 250 lines: one table of keys.
import * as v from "valibot";
import { CHANNELS } from "../alerting/channels/channels";
import { PACKS } from "../detection/definition/switched-on";
import { channel } from "./channel";
import { ALERTS_PER_HOUR, INCIDENT_MINUTES } from "./function-environment/variables";
import type { Key } from "./key";
import { accountNames, tags } from "./maps";
import { organizationSchema } from "./organization";
import { ARN_PARTITION, REGION, unsupportedRegion } from "./regions";
import { resourcesSchema } from "./resources";
import { subscriber } from "./subscriber";
import { suppression } from "./suppression";
import { isTimeZone } from "./time-zone";
import { list, matching, oneOf, unless, wholeNumber } from "./values";
import { watchedRegions } from "./watched-regions";

/** Retention periods that CloudWatch Logs offers, in days. Source: API_PutRetentionPolicy. */
export const LOG_GROUP_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** What S3 keeps for itself. */
const S3_BEGINNINGS = /^(xn--|sthree-|amzn-s3-demo-)/;

const region = unless(matching("an AWS region such as us-east-1", REGION), unsupportedRegion);
const topicName = matching("letters, digits, - and _, at most 256", /^[\w-]{1,256}$/);
const roleOrUserArn = matching(
  "an IAM role's or user's ARN such as arn:aws:iam::111122223333:role/deployer, not that of a session",
  new RegExp(`^arn:${ARN_PARTITION}:iam::\\d{12}:(role|user)/[\\w+=,.@/-]{1,576}$`),
);

const CALLERS_BACKEND = { instead: "the backend of the root that calls the module" };
const COMMAS = "In the environment comma-separated or JSON";

/**
 * The one table of the configuration: a key an entry, in the order of `help`, of docs/configuration.md and of problems. It is
 * long because it is one table; rules of more than a few lines have files of their own.
 */
export const KEYS = {
  region: {
    schema: v.optional(region, "us-east-1"),
    help: "home region",
    docs: "Home region, in the commercial partition or GovCloud. Bucket, topics, queues, function and EventBridge rules are created there; the trail covers every region",
    module: { instead: "the region of the AWS provider" },
  },
  regions: {
    schema: v.optional(watchedRegions(region), "home"),
    help: "regions that alert within seconds: home, default, or a list",
    docs: "Regions whose API calls alert within seconds: `home` (the home region alone), `default` (the 17 that every account has), or a list. Elsewhere, log files alert minutes later ([regions](docs/organization.md))",
    outsidePrograms: COMMAS,
    module: { instead: "written into the module: regions decide which resources the module has" },
  },
  organization: {
    schema: v.optional(organizationSchema),
    help: "every account of the organization, docs/organization.md",
    docs: "Monitors every account of an AWS organization ([organization](docs/organization.md))",
    defaultInWords: "the one account",
    module: { instead: "written into the module: the organization decides which resources the module has" },
  },
  namePrefix: {
    schema: v.optional(
      matching(
        "2 to 20 lower-case letters, digits and -, beginning with a letter (but not with xn--, sthree- or amzn-s3-demo-) and not ending in -",
        /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
        [S3_BEGINNINGS],
      ),
      "trailwarden",
    ),
    help: "starts every derived name",
    docs: "Starts the name of every resource without a key of its own. A second deployment in an account needs another prefix, and other names in the next four keys",
    module: { description: "Starts the name of every resource that has no variable of its own" },
  },
  trailName: {
    schema: v.optional(
      matching(
        "3 to 128 letters, digits, ., _ and -, beginning and ending with a letter or digit, none of ._- twice in a row, not an IP address",
        [/^[A-Za-z0-9._-]{3,128}$/, /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/],
        [/^\d+\.\d+\.\d+\.\d+$/],
      ),
      "MyCloudTrail",
    ),
    help: "the trail",
    docs: "Name of the trail",
    module: { description: "Name of the trail", names: "trail" },
  },
  bucketName: {
    schema: v.optional(
      matching(
        "3 to 63 lower-case letters, digits and -, beginning and ending with a letter or digit, and none of the beginnings and endings that S3 keeps for itself (xn--, sthree-, -s3alias …)",
        /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        [S3_BEGINNINGS, /(-s3alias|--ol-s3|--x-s3|--table-s3)$/],
      ),
    ),
    help: "log archive",
    docs: "Bucket of the log archive",
    defaultInWords: "`<namePrefix>-logs-<account>-<region>`",
    module: {
      description: "Bucket of the log archive; empty: derived from prefix, account and region",
      names: "bucket",
    },
  },
  alertsTopicName: {
    schema: v.optional(topicName, "cloudtrail-alerts-demo"),
    help: "alerts of the function",
    docs: "Topic of the alerts that the function publishes",
    module: { description: "Topic of the alerts that the function publishes", names: "alertsTopic" },
  },
  urgentTopicName: {
    schema: v.optional(topicName, "APICallAlert"),
    help: "direct EventBridge and CloudWatch alerts",
    docs: "Topic for direct EventBridge and CloudWatch alerts",
    module: { description: "Topic for direct EventBridge and CloudWatch alerts", names: "urgentTopic" },
  },
  archiveTransitionDays: {
    schema: v.optional(wholeNumber(1, 3650, "days"), 90),
    help: "days until GLACIER_IR, still readable at once",
    docs: "Days until log files move to `GLACIER_IR`: cheaper, still readable at once. Objects under 128 KB stay: to move them costs more than it saves",
    module: { description: "Days until log files move to GLACIER_IR: cheaper, still readable at once" },
  },
  archiveRetentionDays: {
    schema: v.optional(wholeNumber(2, 36500, "days"), 400),
    help: "days that log files are kept",
    docs: "Days that log files are kept; more than `archiveTransitionDays`",
    module: { description: "Days that log files are kept; more than archive_transition_days" },
  },
  logGroupRetentionDays: {
    schema: v.optional(oneOf(LOG_GROUP_RETENTION_DAYS, "a number of days that CloudWatch Logs offers"), 365),
    help: "days, one of CloudWatch Logs' periods",
    docs: "Days that CloudWatch Logs keeps events",
    module: { description: "Days that CloudWatch Logs keeps events, one of the periods that it offers" },
  },
  subscribers: {
    schema: v.optional(list(subscriber, "a list of subscribers", { unique: "endpoint" }), []),
    help: "where alerts are sent, see below",
    docs: 'Where alerts are sent: objects such as `{"protocol": "email", "endpoint": "oncall@example.com", "minSeverity": "high"}`. `protocol` is `email`, `sms` (E.164 number), `https` (address) or `sqs` (queue ARN). `minSeverity` is `critical`, `high`, `medium` (default) or `low`; `accounts`, a list of ids, limits it to their alerts',
    defaultInWords: "none, with a warning",
    module: {
      description:
        "Who is notified: a list of objects, or a map of them. protocol is email, sms, https or sqs; min_severity (critical, high, medium, low; default medium) counts on the alerts topic, as do accounts (a list of ids); the urgent topic sends everything. A map's keys are part of the subscriptions' addresses: with a map an entry can come and go without touching the others, and every endpoint may be known after apply only. In a list, https and sqs endpoints may be known after apply only",
    },
  },
  channels: {
    schema: v.optional(list(channel(CHANNELS), "a list of channels"), []),
    help: "Slack, Teams, PagerDuty, Jira …, docs/channels.md",
    docs: 'Chat, paging and tickets, through a function of their own ([channels](docs/channels.md)): objects such as `{"type": "slack", "secret": "trailwarden/slack", "minSeverity": "high"}`. `secret` is the name or ARN of a secret of Secrets Manager, or of a SecureString of Parameter Store',
    defaultInWords: "none",
    module: { instead: "written into the module: channels decide which resources the module has" },
  },
  resources: {
    schema: v.optional(resourcesSchema, {}),
    help: "what exists already, docs/existing-infrastructure.md",
    docs: "What exists already: key, bucket, trail, log group or topics, used as they are or adopted ([existing infrastructure](docs/existing-infrastructure.md))",
    defaultInWords: "all created",
    module: { instead: "written into the module: what exists already decides which resources the module has" },
  },
  maxAlertsPerHour: {
    schema: v.optional(
      wholeNumber(ALERTS_PER_HOUR.minimum, ALERTS_PER_HOUR.maximum, "alerts"),
      ALERTS_PER_HOUR.default,
    ),
    help: "rate limit, critical alerts aside",
    docs: "Rate limit: alerts that the function publishes in an hour, critical ones aside. One notice reports what is beyond it",
    module: { description: "Alerts that the function publishes in an hour, critical ones aside" },
  },
  incidentMinutes: {
    schema: v.optional(
      wholeNumber(INCIDENT_MINUTES.minimum, INCIDENT_MINUTES.maximum, "minutes"),
      INCIDENT_MINUTES.default,
    ),
    help: "minutes in which alerts of one caller are one incident",
    docs: "Minutes after a caller's first alert in which their further alerts belong to the same [incident](docs/incidents.md)",
    module: {
      description: "Minutes after a caller's first alert in which their further alerts belong to one incident",
    },
  },
  packs: {
    schema: v.optional(list(oneOf(PACKS, "a pack of detections"), 'a list of packs such as ["default"]'), ["default"]),
    help: "default, cis, strict; comma-separated or JSON",
    docs: "Which detections are on: `default`, `cis` (all that cover a CIS control), `strict` (all)",
    outsidePrograms: COMMAS,
    module: { description: "Which detections are on: default, cis (all that cover a CIS control), strict (all)" },
  },
  disabledDetections: {
    schema: v.optional(list(matching("a detection's id", /^/), "a list of detection ids", { unique: true }), []),
    help: "ids, comma-separated or JSON",
    docs: "Ids from [detections](docs/detections.md), disabled in every pack",
    outsidePrograms: COMMAS,
    defaultInWords: "none",
    module: { description: "Ids of detections, disabled in every pack" },
  },
  detectionsFolder: {
    schema: v.optional(matching("the path of a folder such as detections", /[^\s]/)),
    help: "custom detections, docs/custom-detections.md",
    docs: "Folder of [custom detections](docs/custom-detections.md)",
    outsidePrograms: "A relative path starts at the folder of `cdktf.json`",
    inPrograms: "A relative path starts at the working directory",
    defaultInWords: "none",
    module: {
      instead:
        "written into the module: Terraform can't compile custom detections; change the folder and write the module again",
    },
  },
  ruleBudget: {
    schema: v.optional(wholeNumber(1, 2_000, "rules")),
    help: "EventBridge rules that the home bus has room for",
    docs: "EventBridge rules that the home default bus has room for: AWS's quota, less the rules that others have there. Forwarders in other regions don't count",
    defaultInWords: "`300`; `100` in `af-south-1` and `eu-south-1`",
    module: { description: "EventBridge rules that the home default bus has room for" },
  },
  deployers: {
    schema: v.optional(list(roleOrUserArn, "a list of ARNs"), []),
    help: "ARNs of roles and users that may change the monitor",
    docs: "ARNs of the IAM roles and users that may [change the monitor without an alert](docs/suppressions.md#who-deploys-the-monitor)",
    outsidePrograms: COMMAS,
    defaultInWords: "none, with a warning",
    module: {
      description:
        "ARNs of the IAM roles and users that may change the monitor without an alert; none: each deployment alerts",
    },
  },
  suppressions: {
    schema: v.optional(list(suppression, "a list of suppressions"), []),
    help: "false positives, docs/suppressions.md",
    docs: "False positives that raise no alert, each with owner, reason and last day ([suppressions](docs/suppressions.md))",
    defaultInWords: "none",
    module: {
      description:
        "What is suppressed, a list of objects (or a map of them) as in docs/suppressions.md: id, detections, pattern, owner, reason, expires and, to limit it, accounts, organizational_units, account_tags; or use, owner, reason, expires, and roles for ci-roles. Patterns are checked by the function: one that it can't use suppresses nothing and is a processing error in its log, which has an alarm",
    },
  },
  /** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  rolePath: {
    schema: v.optional(
      matching(
        "a path of IAM roles that begins and ends with /, such as /security/: letters, digits and +=,.@_-/, at most 512 characters, not /aws-service-role/",
        [/^[\w+=,.@/-]{1,512}$/, /^\/([\w+=,.@-]+\/)*$/],
        [/^\/aws-service-role\//],
      ),
      "/",
    ),
    help: "path of every IAM role, such as /security/",
    docs: "Path of every IAM role that is created. A later change replaces the roles",
    module: { description: "Path of every IAM role that is made" },
  },
  permissionsBoundary: {
    schema: v.optional(
      matching(
        "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary or arn:aws:iam::aws:policy/PowerUserAccess",
        new RegExp(`^arn:${ARN_PARTITION}:iam::(\\d{12}|aws):policy/[\\w+=,.@/-]{1,576}$`),
      ),
    ),
    help: "ARN of the policy that bounds every IAM role",
    docs: "ARN of the permissions boundary of every IAM role that is created: a policy of the same account or AWS's, which must allow what [their policies](docs/decisions/0004-policies.md) allow",
    defaultInWords: "none",
    module: { description: "ARN of the policy that bounds what every IAM role that is made may do; empty: none" },
  },
  accountNames: {
    schema: v.optional(accountNames, {}),
    help: 'names of accounts in alerts, {"111122223333": "prod"}',
    docs: "Names of accounts in alerts, by account id; at most 50. With `organization`, those of AWS Organizations are known too",
    defaultInWords: "none",
    module: { description: "What alerts call accounts: names by account id" },
  },
  timeZone: {
    schema: v.optional(
      matching(
        "an IANA time zone such as Europe/Berlin or Asia/Tokyo",
        /^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/,
        [],
        // Terraform has no list of them; the function goes on in UTC alone where there is no such zone.
        { beyond: isTimeZone },
      ),
    ),
    help: "of times in alerts beside UTC, such as Asia/Tokyo",
    docs: "Time zone in which alerts and summaries give times beside UTC. The daily digest stays at 07:00 UTC",
    defaultInWords: "UTC alone",
    module: {
      description:
        "IANA time zone such as Europe/Berlin in which alerts give times beside UTC; empty, or no such zone: UTC alone",
    },
  },
  tags: {
    schema: v.optional(tags, { application: "trailwarden" }),
    help: "on every resource",
    docs: "Tags of every resource; at most 50",
    module: { description: "Tags of every resource" },
  },
  stateBucket: {
    schema: v.optional(matching("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
    help: "remote state: bucket and region, or neither",
    docs: "Bucket of the [remote state](docs/remote-state.md); needs `stateRegion`",
    defaultInWords: "local state",
    module: CALLERS_BACKEND,
  },
  stateRegion: {
    schema: v.optional(region),
    help: "region of stateBucket",
    docs: "Region of `stateBucket`; needs `stateBucket`",
    defaultInWords: "local state",
    module: CALLERS_BACKEND,
  },
  stateKey: {
    schema: v.optional(matching("an object key such as trailwarden/terraform.tfstate", /^[\w.-][\w./=-]{0,1023}$/)),
    help: "object key of the remote state",
    docs: "Object key of the remote state",
    defaultInWords: "`trailwarden/terraform.tfstate`",
    module: CALLERS_BACKEND,
  },
  stateKmsKeyArn: {
    schema: v.optional(
      matching(
        "a KMS key's or alias's ARN such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|alias\/[\w/-]+)$/,
      ),
    ),
    help: "key that encrypts the remote state",
    docs: "Key that encrypts the remote state, instead of the bucket's default",
    defaultInWords: "S3's own key (AES256)",
    module: CALLERS_BACKEND,
  },
} satisfies Readonly<Record<string, Key>>;
