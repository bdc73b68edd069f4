// Over 250 lines: values of every key.
import fc from "fast-check";
import { checkConfig, type GivenConfig } from "../../config/check";
import { ConfigurationError } from "../../config/errors";
import { snakeCase } from "../../config/hcl/snake-case";
import type { ConfigKey } from "../../config/schema";
import { suppressionsOf } from "../../constructs/deployable/suppressions";
import { catalogue } from "../../detection/catalogue/catalogue";

/** Whoever writes HCL writes `min_severity`. */
export function inSnakeCase(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).map(([key, field]) => [snakeCase(key), field]))
      : entry,
  );
}

/** What the configuration says of values at a time, in milliseconds since 1970. */
export function problems(given: Readonly<Record<string, unknown>>, now: number): readonly string[] {
  try {
    const ids = catalogue.map(({ id }) => id);
    suppressionsOf(checkConfig(given as GivenConfig, ids).config, catalogue, now);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const NASTY = [
  "",
  " ",
  "\n",
  "\u00a0",
  "\u200b",
  "é",
  "A",
  "0",
  "-",
  ".",
  "_",
  ":",
  "/",
  "@",
  "\\",
  '"',
  "'",
  "?",
  "aws:",
]
  .concat(["xn--", "-s3alias", ".fifo", "${a}", "%{if}", "..", "//", "9".repeat(12), "x".repeat(130), "😀"])
  .concat(["999", "0x1f", "%zz", "[", "]", "#", "+", "=", "*", "$", "|", "\u0000", "\u2028", "\ufeff"]);

/** One of the texts, or what a slip makes of it. */
function nearly(...good: readonly string[]): fc.Arbitrary<string> {
  const slip = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...NASTY));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...good) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...good), fc.array(slip, { minLength: 1, maxLength: 2 }))
        .map(([text, slips]) =>
          slips.reduce((made, [at, gone, put]) => {
            const place = at % (made.length + 1);
            return made.slice(0, place) + put + made.slice(place + gone);
          }, text),
        ),
    },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
  );
}

const wrong = fc.constantFrom<unknown>(null, [], {}, ["a"], { a: "b" });
const orWrong = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary }, { weight: 1, arbitrary: wrong });
const days = fc.oneof(fc.integer({ min: -2, max: 40_000 }), fc.constantFrom(1.5, 90.000001, 0, 1, 365, 3653, 36_500));
const topic = nearly("cloudtrail-alerts-demo", "APICallAlert", "trailwarden-deliveries", "A_b-3");
const role = nearly("arn:aws:iam::111122223333:role/ci", "arn:aws:iam::111122223333:role/a/b@c");
const severity = nearly("critical", "high", "medium", "low");
const extra = fc.dictionary(fc.constantFrom("minSeverityy", "endpoints", "name", "constructor"), fc.constant("x"), {
  maxKeys: 1,
});
const mostly = <T>(arbitrary: fc.Arbitrary<T>, rarely: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: rarely });

/** A list of texts may hold what is no text. */
const orNull = (...texts: readonly fc.Arbitrary<string>[]) => mostly<unknown>(fc.oneof(...texts), fc.constant(null));

const subscriber = fc
  .tuple(
    fc.oneof(
      fc.record({
        protocol: fc.constant("email"),
        endpoint: orWrong(nearly("oncall@example.com", "o'brien+x@a-b.co.uk")),
      }),
      fc.record({ protocol: fc.constant("sms"), endpoint: orWrong(nearly("+15555550100", "+4912345678")) }),
      fc.record({
        protocol: fc.constant("https"),
        endpoint: orWrong(
          nearly(
            ...["https://siem.example.com/alerts", "https://u:p@a_b.example:8443?x#y", "https://10.0.0.1:65535/"],
            ...[
              "https://hooks.Slack.com/services/x",
              "https://events.pagerduty.com/v2/enqueue",
              "https://siem.internal/",
            ],
            "https://events.pagerduty.com/integration/KEY/enqueue",
          ),
        ),
      }),
      fc.record({
        protocol: fc.constant("sqs"),
        endpoint: orWrong(nearly("arn:aws:sqs:us-east-1:111122223333:alerts")),
      }),
      fc.record({ protocol: orWrong(nearly("email", "fax")), endpoint: fc.constant("oncall@example.com") }),
    ),
    mostly(
      fc.constant({}),
      severity.map((minSeverity) => ({ minSeverity })),
    ),
    mostly(fc.constant({}), extra),
  )
  .map((parts) => Object.assign({}, ...parts) as unknown);

const channel = fc
  .tuple(
    fc.oneof(
      fc.record({ type: orWrong(nearly("security-hub", "amazon-q")) }),
      fc.record({
        type: fc.constantFrom("slack", "microsoft-teams", "pagerduty", "webhook"),
        secret: orWrong(nearly("trailwarden/chat", "/trailwarden/chat", "https://hooks.slack.com/services/x")),
      }),
    ),
    mostly(
      fc.constant({}),
      severity.map((minSeverity) => ({ minSeverity })),
    ),
    mostly(fc.constant({}), extra),
  )
  .map((parts) => Object.assign({}, ...parts) as unknown);

const answerable = fc.record(
  {
    owner: orWrong(nearly("ops@example.com")),
    reason: orWrong(nearly("known")),
    expires: orWrong(nearly("2026-11-20", "2028-02-29", "2026-11-19", "2027-02-29", "2999-12-31")),
  },
  { noNullPrototype: true },
);
const detectionIds = fc.array(
  mostly(fc.constantFrom("data-destroyed", "trail-stopped"), nearly("root-get-caller-identity")),
  {
    maxLength: 3,
  },
);
const suppression = fc
  .tuple(
    fc.oneof(
      fc.record({
        id: orWrong(nearly("nightly-clean-up", "known-scan", "deployers")),
        detections: orWrong(mostly(detectionIds as fc.Arbitrary<unknown>, fc.constantFrom("*", "**"))),
        pattern: mostly(
          fc.constant<unknown>({ detail: { eventName: ["DeleteTable"] } }),
          fc.constantFrom<unknown>("a", [], null),
        ),
      }),
      fc.record({ use: fc.constant("ci-roles"), roles: orWrong(fc.array(role, { maxLength: 2 })) }),
      fc.record({
        use: orWrong(fc.constantFrom("console-probes", "identity-center-sign-in", "everything", "ci-roles")),
      }),
    ),
    answerable,
    mostly(fc.constant({}), extra),
  )
  .map((parts) => Object.assign({}, ...parts) as unknown);

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const resource = (name: string, ...ids: readonly string[]) =>
  fc
    .oneof(
      fc.record({ mode: fc.constant("existing"), id: nearly(...ids) }),
      fc.record({ mode: fc.constant("adopt"), id: nearly(...ids), ownerStatements: orWrong(fc.constant([])) }),
      fc.record({ mode: orWrong(nearly("create")) }),
    )
    .map((given) => ({ [name]: { ...given } }));
const resources = fc
  .array(
    fc.oneof(
      resource("bucket", "my-logs"),
      resource("trail", "arn:aws:cloudtrail:us-east-1:111122223333:trail/events"),
      resource("archiveKey", keyId, `arn:aws:kms:us-east-1:111122223333:key/${keyId}`),
      resource("logGroup", "/aws/cloudtrail/events"),
      resource("urgentTopic", "arn:aws:sns:us-east-1:111122223333:urgent"),
    ),
    { maxLength: 2 },
  )
  .map((parts): object => Object.assign({}, ...parts));
const region = nearly("us-east-1", "eu-west-3", "us-gov-west-1", "cn-north-1", "mars");

/** For every key values, good and bad; of its type where the Terraform module has a variable for it. */
export const VALUES: Readonly<Record<ConfigKey, fc.Arbitrary<unknown>>> = {
  region,
  regions: fc.oneof(nearly("home", "default"), fc.array(orNull(region), { maxLength: 3 })),
  organization: orWrong(
    fc.record({
      id: nearly("o-a1b2c3d4e5"),
      managementAccount: nearly("111122223333"),
      deliveries: nearly("topic", "eventbridge"),
    }),
  ),
  namePrefix: nearly("trailwarden", "a1", "sthree-a", "a".repeat(20)),
  trailName: nearly("MyCloudTrail", "10.0.0.1", "a.b-c_d", "a..b", "abc", "x".repeat(128)),
  bucketName: nearly("my-logs", "a".repeat(63), "amzn-s3-demo-logs", "logs--x-s3"),
  alertsTopicName: topic,
  urgentTopicName: topic,
  archiveTransitionDays: days,
  archiveRetentionDays: days,
  logGroupRetentionDays: days,
  subscribers: fc.array(orWrong(subscriber), { maxLength: 3 }),
  channels: fc.array(orWrong(channel), { maxLength: 2 }),
  resources: orWrong(resources),
  maxAlertsPerHour: days,
  incidentMinutes: days,
  packs: fc.array(orNull(fc.constantFrom("default", "cis", "strict"), nearly("all")), { maxLength: 3 }),
  disabledDetections: fc.array(orNull(fc.constantFrom("trail-stopped", "data-destroyed"), nearly("trail-changed")), {
    maxLength: 3,
  }),
  detectionsFolder: fc.oneof(nearly("detections", "../own"), fc.constantFrom(" ", "\n", "\t ", "\u00a0")),
  ruleBudget: days,
  deployers: fc.array(orNull(role, nearly("arn:aws:iam::111122223333:user/ops/bob")), { maxLength: 3 }),
  suppressions: fc.array(orWrong(suppression), { maxLength: 3 }),
  rolePath: nearly("/security/", "/", "/a/b/", "/aws-service-role/", `/${"x".repeat(510)}/`),
  permissionsBoundary: nearly("arn:aws:iam::111122223333:policy/boundary", "arn:aws:iam::aws:policy/PowerUserAccess"),
  accountNames: fc.dictionary(
    nearly("111122223333", "444455556666", "1234"),
    mostly<unknown>(nearly("prod", "payments (EU)", ""), fc.constant(null)),
    { maxKeys: 3 },
  ),
  // Whether there is a zone of that name, no condition can tell.
  timeZone: fc.constantFrom("Asia/Tokyo", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+5", " UTC", "é", "a//b", "1/2"),
  tags: fc.dictionary(
    nearly("team", "Aws:x", "aws-x", "ключ"),
    mostly<unknown>(nearly("security", ""), fc.constant(null)),
    { maxKeys: 3 },
  ),
  stateBucket: nearly("my-state", "a.b", "A"),
  stateRegion: region,
  stateKey: nearly("trailwarden/terraform.tfstate", "/a"),
  stateKmsKeyArn: nearly(
    `arn:aws:kms:us-east-1:111122223333:key/${keyId}`,
    "arn:aws:kms:us-east-1:111122223333:alias/state",
  ),
};
