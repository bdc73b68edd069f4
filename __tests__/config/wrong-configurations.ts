// Over 250 lines: one table of wrong values and configurations.
import type { ConfigKey } from "../../config/schema";

/** A value that a key doesn't allow, and what the problem must name: where, and the value as it was given. */
export interface WrongValue {
  readonly key: ConfigKey;
  readonly value: unknown;
  readonly says: string;
}

const KEY_ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:alerts";
const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };
const email = { protocol: "email", endpoint: "a@example.com" };
const answerable = { owner: "ops@example.com", reason: "known", expires: "2999-12-31" };
const suppression = {
  id: "known-scan",
  detections: ["unauthorized-calls"],
  pattern: { detail: { eventName: ["DescribeInstances"] } },
  ...answerable,
};

/** The value itself is quoted behind the key. */
const plain = (key: ConfigKey, ...values: readonly unknown[]): readonly WrongValue[] =>
  values.map((value) => ({ key, value, says: `${key} is ${JSON.stringify(value).slice(0, 150)}` }));

/** A part of the value is quoted behind its place. */
const part = (key: ConfigKey, value: unknown, place: string, quoted: unknown): WrongValue => ({
  key,
  value,
  says: `${key}${place} is ${JSON.stringify(quoted)}`,
});

const subscriber = (wrong: object, place: string, quoted: unknown) =>
  part("subscribers", [wrong], `[0]${place}`, quoted);
const suppressed = (wrong: object, place: string, quoted: unknown) =>
  part("suppressions", [{ ...suppression, ...wrong }], `[0]${place}`, quoted);
const resource = (wrong: object, place: string, quoted: unknown) => part("resources", wrong, place, quoted);

/** Of every key its kinds of wrong. */
export const WRONG_VALUES: readonly WrongValue[] = [
  ...plain("regions", "all", 5, null, {}),
  part("regions", ["us-east-1", "mars"], "[1]", "mars"),
  part("regions", ["cn-north-1"], "[0]", "cn-north-1"),
  ...plain("organization", "o-a1b2c3d4e5", true, null),
  part("organization", { ...organization, id: "a1b2c3d4e5" }, ".id", "a1b2c3d4e5"),
  part("organization", { ...organization, id: "o-A1B2C3D4E5" }, ".id", "o-A1B2C3D4E5"),
  part("organization", { ...organization, managementAccount: 111122223333 }, ".managementAccount", 111122223333),
  part("organization", { ...organization, deliveries: "s3" }, ".deliveries", "s3"),
  part("organization", { ...organization, trail: "all" }, ".trail", "all"),
  part("organization", { ...organization, stackSet: { organizationalUnits: [] } }, ".stackSet.organizationalUnits", []),
  ...plain("region", "mars", "", 7, null, [], "US-EAST-1", "cn-north-1", "${x}"),
  ...plain("namePrefix", "Guard", "a", "a".repeat(21), "guard-", "1a", "xn--guard", 5),
  ...plain("trailName", "a b", "ab", "a..b", "10.0.0.1", "-trail", "x".repeat(129)),
  ...plain("bucketName", "Logs", "ab", "logs-", "a.b", "logs-s3alias", "amzn-s3-demo-x"),
  ...plain("alertsTopicName", "a.fifo", "a b", "x".repeat(257), {}),
  ...plain("urgentTopicName", "a/b", "é", false),
  ...plain("archiveTransitionDays", 0, -1, 3651, 1.5, "ninety", null, [90]),
  ...plain("archiveRetentionDays", 1, 36_501, 400.5, "long", true),
  ...plain("logGroupRetentionDays", 0, 2, 364, "365 days"),
  ...plain("subscribers", "oncall", {}, 5, null),
  part("subscribers", ["a@example.com"], "[0]", "a@example.com"),
  subscriber({ ...email, accounts: [] }, ".accounts", []),
  subscriber({ ...email, accounts: ["prod"] }, ".accounts[0]", "prod"),
  {
    key: "subscribers",
    value: [{ ...email, accounts: Array.from({ length: 51 }, (_, i) => String(100_000_000_000 + i)) }],
    says: "subscribers[0].accounts",
  },
  subscriber({ protocol: "fax", endpoint: "1" }, ".protocol", "fax"),
  subscriber({ protocol: "email", endpoint: "oncall" }, ".endpoint", "oncall"),
  subscriber({ protocol: "sms", endpoint: "15555550100" }, ".endpoint", "15555550100"),
  subscriber({ protocol: "https", endpoint: "http://a.example" }, ".endpoint", "http://a.example"),
  subscriber({ protocol: "https", endpoint: "https://10.0.0.1/" }, ".endpoint", "https://10.0.0.1/"),
  subscriber(
    { protocol: "https", endpoint: "https://hooks.slack.com/services/x" },
    ".endpoint",
    "https://hooks.slack.com/…",
  ),
  subscriber({ protocol: "sqs", endpoint: `${QUEUE}.fifo` }, ".endpoint", `${QUEUE}.fifo`),
  subscriber({ ...email, minSeverity: "loud" }, ".minSeverity", "loud"),
  subscriber({ ...email, name: "Ann" }, ".name", "Ann"),
  { key: "subscribers", value: [{ protocol: "email" }], says: "subscribers[0].endpoint is missing" },
  { key: "subscribers", value: [email, email], says: "subscribers[1] is email a@example.com" },
  ...plain("channels", "slack", {}, 5, null),
  part("channels", ["slack"], "[0]", "slack"),
  part("channels", [{ type: "fax" }], "[0].type", "fax"),
  part("channels", ["xoxb-1234-5678-abcdefgh"], "[0]", "xoxb…"),
  ...plain("resources", "all", [], 1),
  resource({ vault: {} }, ".vault", {}),
  resource({ bucket: { mode: "take" } }, ".bucket.mode", "take"),
  resource({ bucket: { mode: "existing", id: "arn:aws:s3:::logs" } }, ".bucket.id", "arn:aws:s3:::logs"),
  resource({ urgentTopic: { mode: "existing", id: "urgent" } }, ".urgentTopic.id", "urgent"),
  resource(
    { urgentTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:111122223333:u", keyArn: "alias/aws/sns" } },
    ".urgentTopic.keyArn",
    "alias/aws/sns",
  ),
  {
    key: "resources",
    value: { trail: { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:111122223333:trail/main" } },
    says: "resources.bucket is not given",
  },
  ...plain("maxAlertsPerHour", 0, -1, 10_001, 0.5, "many", null),
  ...plain("incidentMinutes", 4, 1_441, 7.5, "1h", null),
  part("packs", ["all"], "[0]", "all"),
  part("packs", ["default", 5], "[1]", 5),
  ...plain("packs", {}, 5),
  part("disabledDetections", ["trail-stoped"], "[0]", "trail-stoped"),
  part("disabledDetections", ["trail-stopped", "trail-stopped"], "[1]", "trail-stopped"),
  part("disabledDetections", [7], "[0]", 7),
  ...plain("detectionsFolder", " ", 5, [], "/nowhere/at/all"),
  ...plain("ruleBudget", 0, 2_001, 1.5, "all"),
  { key: "ruleBudget", value: 10, says: "ruleBudget is 10" },
  ...plain("deployers", {}, 7),
  part("deployers", ["me"], "[0]", "me"),
  part(
    "deployers",
    ["arn:aws:sts::111122223333:assumed-role/x/y"],
    "[0]",
    "arn:aws:sts::111122223333:assumed-role/x/y",
  ),
  ...plain("suppressions", "none", {}, 1),
  suppressed({ id: "Not An Id" }, ".id", "Not An Id"),
  suppressed({ owner: "" }, ".owner", ""),
  suppressed({ reason: " " }, ".reason", " "),
  suppressed({ expires: "2026-02-30" }, ".expires", "2026-02-30"),
  suppressed({ expires: "2020-01-01" }, ".expires", "2020-01-01"),
  suppressed({ until: "x" }, ".until", "x"),
  suppressed({ pattern: "x" }, ".pattern", "x"),
  suppressed({ accounts: [] }, ".accounts", []),
  suppressed({ accounts: ["payments-prod"] }, ".accounts[0]", "payments-prod"),
  suppressed({ organizationalUnits: ["Root/Prod"] }, ".organizationalUnits[0]", "Root/Prod"),
  suppressed({ accountTags: {} }, ".accountTags", {}),
  suppressed({ accountTags: { "aws:x": "y" } }, ".accountTags", { "aws:x": "y" }),
  suppressed({ accountTags: { env: "a*" } }, ".accountTags.env", "a*"),
  { key: "suppressions", value: [{ ...suppression, detections: ["nothing-such"] }], says: '"nothing-such"' },
  {
    key: "suppressions",
    value: [{ ...suppression, detections: ["root-get-caller-identity"] }],
    says: "root-get-caller-identity",
  },
  {
    key: "suppressions",
    value: [{ ...suppression, pattern: { detail: { eventname: ["x"] } } }],
    says: "suppressions[0].pattern asks for detail.eventname",
  },
  { key: "suppressions", value: [suppression, suppression], says: '"known-scan"' },
  part("suppressions", [{ use: "everything", ...answerable }], "[0].use", "everything"),
  part("suppressions", [{ use: "ci-roles", roles: [], ...answerable }], "[0].roles", []),
  ...plain("rolePath", "security", "/security", "/a//b/", "/aws-service-role/x/", `/${"x".repeat(511)}/`),
  ...plain("permissionsBoundary", "boundary", "arn:aws:iam::111122223333:role/x", "arn:aws:iam:::policy/x"),
  ...plain("accountNames", "prod", ["prod"], 1),
  part("accountNames", { "111122223333": "" }, ".111122223333", ""),
  { key: "accountNames", value: { "1234": "prod" }, says: 'accountNames has the key "1234"' },
  ...plain("timeZone", "Mars/Olympus", "UTC+1 ", "a//b"),
  ...plain("tags", "x", ["x"], 7),
  part("tags", { team: "#fff" }, ".team", "#fff"),
  { key: "tags", value: { "aws:team": "x" }, says: 'tags has the key "aws:team"' },
  {
    key: "tags",
    value: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "x"])),
    says: "tags has 51 keys",
  },
  ...plain("stateBucket", "A", "a_b", 5),
  ...plain("stateRegion", "here", "cn-north-1"),
  ...plain("stateKey", "/x", "a b"),
  ...plain("stateKmsKeyArn", "alias/x", "arn:aws:kms:us-east-1:111122223333:key/x"),
];

/** A configuration whose keys contradict each other, or of which something else is wrong. */
export interface WrongConfiguration {
  readonly what: string;
  readonly context: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

/** Wrong whatever the single values are. */
export const WRONG_CONFIGURATIONS: readonly WrongConfiguration[] = [
  { what: "unknown key", context: { speed: 9 }, says: ["speed is 9"] },
  { what: "key in another case", context: { trailname: "x" }, says: ['trailname is "x"'] },
  { what: "key of every object", context: { constructor: 1 }, says: ["constructor is 1"] },
  {
    what: "unknown variable",
    context: {},
    environment: { TRAILWARDEN_REGOIN: "us-east-1" },
    says: ['TRAILWARDEN_REGOIN is "us-east-1"'],
  },
  {
    what: "variable that breaks off its JSON",
    context: {},
    environment: { TRAILWARDEN_SUBSCRIBERS: '[{"protocol":' },
    says: ["TRAILWARDEN_SUBSCRIBERS", "not JSON"],
  },
  {
    what: "wrong variable beside a right context",
    context: { region: "us-east-1" },
    environment: { TRAILWARDEN_REGION: "mars" },
    says: ['region is "mars" (from TRAILWARDEN_REGION)'],
  },
  {
    what: "retention no longer than the transition",
    context: { archiveTransitionDays: 400 },
    says: ["archiveRetentionDays is 400", "archiveTransitionDays, which is 400"],
  },
  {
    what: "transition of the environment beyond the retention of the context",
    context: { archiveRetentionDays: 100 },
    environment: { TRAILWARDEN_ARCHIVE_TRANSITION_DAYS: "200" },
    says: ["archiveRetentionDays is 100", "200 (from TRAILWARDEN_ARCHIVE_TRANSITION_DAYS)"],
  },
  {
    what: "two topics of one name",
    context: { alertsTopicName: "APICallAlert" },
    says: ['alertsTopicName is "APICallAlert"', 'urgentTopicName is "APICallAlert"'],
  },
  {
    what: "topic called like the deliveries'",
    context: { namePrefix: "ab", urgentTopicName: "ab-deliveries" },
    says: ['urgentTopicName is "ab-deliveries"'],
  },
  {
    what: "topic called like that for Amazon Q Developer",
    context: { namePrefix: "ab", urgentTopicName: "ab-chat", channels: [{ type: "amazon-q" }] },
    says: ['urgentTopicName is "ab-chat"'],
  },
  {
    what: "channel by organizational unit without an organization",
    context: { channels: [{ type: "security-hub", organizationalUnits: ["ou-ab12-prodprod"] }] },
    says: ['channels[0].organizationalUnits is ["ou-ab12-prodprod"]', "needs organization", "accounts"],
  },
  {
    what: "suppression by tag without an organization",
    context: { suppressions: [{ ...suppression, accountTags: { env: "sandbox" } }] },
    says: ['suppressions[0].accountTags is {"env":"sandbox"}', "needs organization"],
  },
  {
    what: "secret of another region",
    context: {
      channels: [
        { type: "microsoft-teams", secret: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:teams-AbC123" },
      ],
    },
    says: ["channels[0].secret is", "lies in eu-west-1, but region is"],
  },
  {
    what: "channel that escalates alone",
    context: { channels: [{ type: "security-hub", escalateAfterMinutes: 15 }] },
    says: ["channels[0].escalateAfterMinutes is 15", "slack, pagerduty, jira-service-management"],
  },
  {
    what: "bucket of the state without its region",
    context: { stateBucket: "state" },
    says: ["stateRegion is missing", "stateBucket"],
  },
  {
    what: "key of the state alone",
    context: { stateKey: "x" },
    says: ["stateBucket is missing", "stateRegion is missing"],
  },
  {
    what: "key of the state in another region",
    context: { stateBucket: "state", stateRegion: "eu-west-1", stateKmsKeyArn: KEY_ARN },
    says: [`stateKmsKeyArn is "${KEY_ARN}"`, 'stateRegion is "eu-west-1"'],
  },
  {
    what: "deployer in another partition",
    context: { region: "us-gov-west-1", deployers: ["arn:aws:iam::111122223333:role/x"] },
    says: ['deployers[0] is "arn:aws:iam::111122223333:role/x"', 'region is "us-gov-west-1"'],
  },
  {
    what: "queue of another account",
    context: {
      deployers: ["arn:aws:iam::444455556666:role/x"],
      subscribers: [{ protocol: "sqs", endpoint: QUEUE }],
    },
    says: [`subscribers[0].endpoint is "${QUEUE}"`, "deployers[0]"],
  },
  {
    what: "resource in another region",
    context: {
      region: "eu-west-1",
      resources: { alertsTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:111122223333:a" } },
    },
    says: ['resources.alertsTopic.id is "arn:aws:sns:us-east-1:111122223333:a"', 'region is "eu-west-1"'],
  },
  {
    what: "name of a resource that keeps its own",
    context: {
      bucketName: "other-logs",
      resources: { bucket: { mode: "adopt", id: "our-logs", ownerStatements: [] } },
    },
    says: ['bucketName is "other-logs"', 'resources.bucket is called "our-logs"'],
  },
  {
    what: "several faults at once",
    context: { region: "mars", speed: 9, tags: { team: "#fff" } },
    environment: { TRAILWARDEN_MAX_ALERTS_PER_HOUR: "0" },
    says: ['region is "mars"', "speed is 9", 'tags.team is "#fff"', "maxAlertsPerHour is 0"],
  },
];
