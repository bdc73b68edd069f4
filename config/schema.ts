import * as v from "valibot";
import { UNDELIVERABLE } from "./https-endpoint";
import { closedObject, dictionary, oneOfKinds } from "./objects";
import { ARN_PARTITION, ARN_REGION, REGION, unsupportedRegion } from "./regions";
import { resourcesSchema } from "./resources";
import { type KindsRule, type ObjectRule, ruled, ruleOf, type TextRule } from "./rule";
import { anyObject, filledList, list, listOrAll, matching, oneOf, unless, wholeNumber } from "./values";

/**
 * The one configuration of a deployment: every key, what it takes and what it is when nothing is said.
 *
 * A key stands in `cdktf.json`'s `context`, or in the environment as `TRAILWARDEN_<KEY>` (`trailName` is
 * `TRAILWARDEN_TRAIL_NAME`), which wins. Messages say what is allowed; the loader puts key and value before them.
 */

/** Retention periods that CloudWatch Logs offers, in days. Source: API_PutRetentionPolicy. */
export const LOG_GROUP_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const SEVERITIES = ["critical", "high", "medium", "low"] as const;

const PACKS = ["default", "cis", "strict"] as const;

const PORT = "(6553[0-5]|655[0-2]\\d|65[0-4]\\d\\d|6[0-4]\\d{3}|[1-5]\\d{4}|\\d{1,4})";
const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const LABEL = "\\w([\\w-]*\\w)?";
const HOST = `((${LABEL}\\.)*[A-Za-z_]([\\w-]*\\w)?|${OCTET}(\\.${OCTET}){3})`;
/** Of printable ASCII, without quotes and backslashes. */
const HTTPS_URL = [/^[!#-[\]-~]*$/, new RegExp(`^https://([^/?#@]*@)?${HOST}(:${PORT})?([/?#]|$)`)];
/** Terraform's interpolation. */
const INTERPOLATION = /[$%]\{/;

/** A line that shows something. */
const LINE = /^[^\r\n]*[^\p{Z}\p{Cc}\p{Cf}][^\r\n]*$/u;

const minSeverity = v.optional(oneOf(SEVERITIES, "the least severity to be told of on the alerts topic"), "medium");

const subscriber = oneOfKinds(
  "protocol",
  {
    email: closedObject({
      protocol: v.literal("email"),
      // valibot's own pattern refuses o'brien@example.com.
      endpoint: matching("an email address such as oncall@example.com", [
        /^[\w'+.@-]{1,254}$/,
        /^([\w'+-]+\.)*[\w'+-]*[\w+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
      ]),
      minSeverity,
    }),
    sms: closedObject({
      protocol: v.literal("sms"),
      endpoint: matching("a phone number in E.164 form such as +15555550100", /^\+[1-9]\d{6,14}$/),
      minSeverity,
    }),
    https: closedObject({
      protocol: v.literal("https"),
      endpoint: matching(
        "an https:// address such as https://siem.example.com/alerts",
        HTTPS_URL,
        [INTERPOLATION, ...UNDELIVERABLE],
        // Knows which internationalized names there can be.
        { beyond: (url) => URL.canParse(url) },
      ),
      minSeverity,
    }),
    sqs: closedObject({
      protocol: v.literal("sqs"),
      endpoint: matching(
        "a queue's ARN such as arn:aws:sqs:us-east-1:111122223333:alerts",
        new RegExp(`^arn:${ARN_PARTITION}:sqs:${ARN_REGION}:\\d{12}:[\\w-]{1,80}(\\.fifo)?$`),
        [{ pattern: /\.fifo$/, problem: "takes a standard queue: a standard topic can't send to a FIFO queue" }],
      ),
      minSeverity,
    }),
  },
  'an object such as {"protocol": "email", "endpoint": "oncall@example.com", "minSeverity": "high"}',
);

const roleArn = matching(
  "an IAM role's ARN such as arn:aws:iam::111122223333:role/ci, not that of a session",
  new RegExp(`^arn:${ARN_PARTITION}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}$`),
);
const roleOrUserArn = matching(
  "an IAM role's or user's ARN such as arn:aws:iam::111122223333:role/deployer, not that of a session",
  new RegExp(`^arn:${ARN_PARTITION}:iam::\\d{12}:(role|user)/[\\w+=,.@/-]{1,576}$`),
);

/** Who answers for a suppression, why and until when. */
const answerable = {
  owner: matching("who answers for it, such as platform-team@example.com", LINE),
  reason: matching("why nobody needs to be told", LINE),
  expires: matching("the last day on which it is to work, such as 2026-12-31", /^\d{4}-\d\d-\d\d$/, [], { day: true }),
};

const readyMadeSuppression = oneOfKinds(
  "use",
  {
    "ci-roles": closedObject({
      use: v.literal("ci-roles"),
      roles: filledList(roleArn, "a list of roles' ARNs", "at least one role's ARN"),
      ...answerable,
    }),
    "identity-center-sign-in": closedObject({ use: v.literal("identity-center-sign-in"), ...answerable }),
    "console-probes": closedObject({ use: v.literal("console-probes"), ...answerable }),
  },
  "an object",
);

const ownSuppression = closedObject(
  {
    id: matching("lower-case words joined by -, such as nightly-clean-up", /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
    detections: listOrAll('a list of detection ids, or "*" for all that are not critical'),
    pattern: anyObject('an event pattern such as {"detail": {"eventName": ["DeleteTable"]}}'),
    ...answerable,
  },
  'an object such as {"id": "nightly-clean-up", "detections": ["data-destroyed"], "pattern": {…}, "owner": "…", "reason": "…", "expires": "2026-12-31"}',
);

/** One of one's own, or one that is ready-made and named by `use`. */
const suppression = ruled(
  v.lazy((value: unknown) =>
    typeof value === "object" && value !== null && "use" in value ? readyMadeSuppression : ownSuppression,
  ),
  { ...(ruleOf(readyMadeSuppression) as KindsRule), otherwise: ruleOf(ownSuppression) as ObjectRule },
);

/** What S3 keeps for itself. */
const S3_BEGINNINGS = /^(xn--|sthree-|amzn-s3-demo-)/;

const region = unless(matching("an AWS region such as us-east-1", REGION), unsupportedRegion);

const topicName = matching("letters, digits, - and _, at most 256", /^[\w-]{1,256}$/);

/** AWS takes fifty tags on a resource. */
export const MAX_TAGS = 50;
const TAGS = 'an object such as {"team": "security"}';
export const TAG_KEY: TextRule = {
  kind: "text",
  allowed: "1 to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:",
  matches: [/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u],
  refuses: [{ pattern: /^[Aa][Ww][Ss]:/ }],
};
const tagValue = matching(
  "at most 256 letters, digits, spaces and _ . : / = + - @, under a key of at most 128 that does not begin with aws:",
  /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
);

const ACCOUNT_NAMES = 'an object such as {"111122223333": "prod"}';
/** What fits into the function's environment beside the rest. */
export const MAX_ACCOUNT_NAMES = 50;
export const ACCOUNT_ID: TextRule = {
  kind: "text",
  allowed: "an account id of 12 digits",
  matches: [/^\d{12}$/],
  refuses: [],
};
const accountName = matching(
  "a name of 1 to 50 letters, digits, spaces and _ . : / = + - @ ( ), under an account id of 12 digits",
  [/^[\p{L}\p{N} _.:/=+\-@()]{1,50}$/u, /[^ ]/],
);

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What each key takes. */
export const KEY_SCHEMAS = {
  /** The home region: bucket, topics, queues, function and EventBridge rules live here. The trail covers every region. */
  region: v.optional(region, "us-east-1"),
  /** Starts the name of every resource whose name is not a key of its own. */
  namePrefix: v.optional(
    matching(
      "2 to 20 lower-case letters, digits and -, beginning with a letter (but not with xn--, sthree- or amzn-s3-demo-) and not ending in -",
      /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
      [S3_BEGINNINGS],
    ),
    "trailwarden",
  ),
  trailName: v.optional(
    matching(
      "3 to 128 letters, digits, ., _ and -, beginning and ending with a letter or digit, none of ._- twice in a row, not an IP address",
      [/^[A-Za-z0-9._-]{3,128}$/, /^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/],
      [/^\d+\.\d+\.\d+\.\d+$/],
    ),
    "MyCloudTrail",
  ),
  /** Bucket of the log archive; derived from prefix, account and region when not given. */
  bucketName: v.optional(
    matching(
      "3 to 63 lower-case letters, digits and -, beginning and ending with a letter or digit, and none of the beginnings and endings that S3 keeps for itself (xn--, sthree-, -s3alias …)",
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
      [S3_BEGINNINGS, /(-s3alias|--ol-s3|--x-s3|--table-s3)$/],
    ),
  ),
  alertsTopicName: v.optional(topicName, "cloudtrail-alerts-demo"),
  urgentTopicName: v.optional(topicName, "APICallAlert"),
  /** Days after which log files move to a cheaper storage class that is still readable at once (GLACIER_IR). */
  archiveTransitionDays: v.optional(wholeNumber(1, 3650, "days"), 90),
  /** Days that log files are kept. */
  archiveRetentionDays: v.optional(wholeNumber(2, 36500, "days"), 400),
  logGroupRetentionDays: v.optional(
    oneOf(LOG_GROUP_RETENTION_DAYS, "a number of days that CloudWatch Logs offers"),
    365,
  ),
  subscribers: v.optional(list(subscriber, "a list of subscribers", { unique: "endpoint" }), []),
  /** What is there already, and is used as it is or taken over; see docs/existing-infrastructure.md. */
  resources: v.optional(resourcesSchema, {}),
  /** Alerts that the function publishes in an hour, critical ones aside; what is beyond is told of in one notice. */
  maxAlertsPerHour: v.optional(wholeNumber(1, 10_000, "alerts"), 100),
  /** Which detections are switched on: `cis` are those of a CIS control, `strict` are all. */
  packs: v.optional(list(oneOf(PACKS, "a pack of detections"), 'a list of packs such as ["default"]'), ["default"]),
  disabledDetections: v.optional(
    list(matching("a detection's id", /^/), "a list of detection ids", { unique: true }),
    [],
  ),
  /** Folder of detections of one's own, as seen from that of `cdktf.json`. */
  detectionsFolder: v.optional(matching("the path of a folder such as detections", /[^\s]/)),
  /** EventBridge rules that the default bus has room for, by default what AWS grants in the region; more on request. */
  ruleBudget: v.optional(wholeNumber(1, 2_000, "rules")),
  /** ARNs of the roles and users that may change the monitor without an alert. */
  deployers: v.optional(list(roleOrUserArn, "a list of ARNs"), []),
  /** What is not told although a detection matches it; see docs/suppressions.md. */
  suppressions: v.optional(list(suppression, "a list of suppressions"), []),
  /** Path of every IAM role that is made. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  rolePath: v.optional(
    matching(
      "a path of IAM roles that begins and ends with /, such as /security/: letters, digits and +=,.@_-/, at most 512 characters, not /aws-service-role/",
      [/^[\w+=,.@/-]{1,512}$/, /^\/([\w+=,.@-]+\/)*$/],
      [/^\/aws-service-role\//],
    ),
    "/",
  ),
  /** ARN of the policy that bounds what every IAM role that is made may do. */
  permissionsBoundary: v.optional(
    matching(
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary or arn:aws:iam::aws:policy/PowerUserAccess",
      new RegExp(`^arn:${ARN_PARTITION}:iam::(\\d{12}|aws):policy/[\\w+=,.@/-]{1,576}$`),
    ),
  ),
  /** What alerts call accounts, by id. */
  accountNames: v.optional(
    ruled(dictionary(accountName, ACCOUNT_NAMES), {
      kind: "map",
      allowed: ACCOUNT_NAMES,
      keys: ACCOUNT_ID,
      values: ruleOf(accountName) as TextRule,
      maximum: MAX_ACCOUNT_NAMES,
    }),
    {},
  ),
  /** Time zone in which alerts give times, beside UTC. */
  timeZone: v.optional(
    matching(
      "an IANA time zone such as Europe/Berlin or Asia/Tokyo",
      /^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/,
      [],
      // Terraform has no list of them; the function goes on in UTC alone where there is no such zone.
      { beyond: isTimeZone },
    ),
  ),
  /** Put on every resource that takes tags. */
  tags: v.optional(
    ruled(dictionary(tagValue, TAGS), {
      kind: "map",
      allowed: TAGS,
      keys: TAG_KEY,
      values: ruleOf(tagValue) as TextRule,
      maximum: MAX_TAGS,
    }),
    { application: "trailwarden" },
  ),
  /** Bucket of the remote state; the state is a local file when neither this nor stateRegion is given. */
  stateBucket: v.optional(matching("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
  stateRegion: v.optional(region),
  stateKey: v.optional(matching("an object key such as trailwarden/terraform.tfstate", /^[\w.-][\w./=-]{0,1023}$/)),
  /** Key that encrypts the remote state; S3's own key (AES256) does when not given, whatever the bucket's default is. */
  stateKmsKeyArn: v.optional(
    matching(
      "a KMS key's or alias's ARN such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|alias\/[\w/-]+)$/,
    ),
  ),
};

export const configSchema = closedObject(KEY_SCHEMAS);

/** A checked configuration, defaults filled in. */
export type Config = v.InferOutput<typeof configSchema> & { readonly ruleBudget: number };

export type ConfigKey = keyof typeof KEY_SCHEMAS;

/** Every key, in the order of the schema. */
export const CONFIG_KEYS = Object.keys(KEY_SCHEMAS) as readonly ConfigKey[];

/** Somebody or something that is told. */
export type Subscriber = Config["subscribers"][number];
