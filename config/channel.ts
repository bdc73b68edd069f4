import * as v from "valibot";
import type { Channel, ChannelSetting } from "../alerting/channels/channel";
import { type ConfiguredChannel, channelId } from "../alerting/channels/configured-channel";
import { SEVERITIES, type Severity } from "../detection/definition/detection";
import { accountScope } from "./account-scope";
import { closedObject, oneOfKinds } from "./objects";
import { ARN_PARTITION, ARN_REGION } from "./regions";
import { ruled, ruleOf } from "./rule";
import { filledList, matching, oneOf, wholeNumber } from "./values";

/** Minutes that a critical alert may wait for somebody. */
const ESCALATION = { minimum: 5, maximum: 1_440 };

/** What every channel has; all else of it are settings of its type. */
const COMMON = {
  minSeverity: v.optional(oneOf(SEVERITIES, "the minimum severity on the channel"), "medium"),
  ...accountScope,
  detections: v.optional(
    filledList(
      matching("a detection's id", /^/),
      'a list of detection ids such as ["trail-stopped"]',
      "at least one detection's id; leave it out for all detections",
    ),
  ),
  escalateAfterMinutes: v.optional(wholeNumber(ESCALATION.minimum, ESCALATION.maximum, "minutes")),
};

/** What a text is that is the secret itself. Sources: the vendors' pages of their tokens, keys and webhooks. */
const VALUES: readonly RegExp[] = [
  // Slack.
  /^xox[a-z](-|\.)/,
  /^xapp-/,
  // Webhooks of any vendor.
  /:\/\//,
  // PagerDuty.
  /^[0-9a-fA-F]{32}$/,
  /^R[0-9A-Z]{31}$/,
  // Atlassian.
  /^ATATT/,
  /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  // JSON, PEM, signed tokens.
  /^[ \t\r\n]*[[{"]/,
  /^-----BEGIN/,
  /^eyJ[\w-]+[.]/,
];

const NOT_THE_VALUE =
  "secrets are names: must be the name or ARN of a secret, not its value; store the value in Secrets Manager or as a SecureString of Parameter Store, and revoke the one that was written down here";

const SECRET =
  "the name or whole ARN of a secret of Secrets Manager such as trailwarden/slack, or the name (beginning with /) or ARN of a SecureString of Parameter Store such as /trailwarden/slack";

/**
 * Sources: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
const NAME = new RegExp(
  [
    String.raw`^[\w/+=.@-]{1,512}$`,
    String.raw`^arn:${ARN_PARTITION}:secretsmanager:${ARN_REGION}:\d{12}:secret:[\w/+=.@-]{1,512}-[A-Za-z0-9]{6}$`,
    String.raw`^arn:${ARN_PARTITION}:ssm:${ARN_REGION}:\d{12}:parameter/[\w/.-]{1,1000}$`,
  ].join("|"),
);

const secret = matching(SECRET, /^/, [
  ...VALUES.map((pattern) => ({ pattern, problem: NOT_THE_VALUE })),
  { pattern: /^\/(aws|ssm)/i, problem: "must not begin with /aws or /ssm, which Parameter Store keeps for itself" },
  { pattern: /^/, unless: NAME, problem: `must be ${SECRET}` },
]);

/** A channel as a configuration says it: what every channel has, and settings of its type. */
export interface GivenChannel {
  readonly type: string;
  readonly secret?: string;
  readonly minSeverity?: Severity;
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly accountTags?: Readonly<Record<string, string>>;
  readonly detections?: readonly string[];
  readonly escalateAfterMinutes?: number;
  readonly [setting: string]: unknown;
}

/**
 * A channel of one of the kinds, which say what settings it has and whether it needs a secret.
 *
 * @param kinds every kind that there is
 */
export function channel(kinds: readonly Channel[]): v.GenericSchema<GivenChannel, ConfiguredChannel> {
  const schema = oneOfKinds(
    "type",
    Object.fromEntries(kinds.map((kind) => [kind.type, ofKind(kind)])),
    'an object such as {"type": "slack", "secret": "trailwarden/slack"}',
  );
  const configured = v.pipe(
    schema,
    v.transform((given) => configuredChannel(given as unknown as GivenChannel)),
  );
  const rule = ruleOf(schema);
  return (rule ? ruled(configured, rule) : configured) as v.GenericSchema<unknown> as v.GenericSchema<
    GivenChannel,
    ConfiguredChannel
  >;
}

function ofKind(kind: Channel) {
  const settings = Object.entries(kind.settings).map(([name, setting]) => [name, ofSetting(setting)] as const);
  return closedObject({
    type: v.literal(kind.type),
    ...(kind.secret !== undefined && { secret }),
    ...Object.fromEntries(settings),
    ...COMMON,
  });
}

function ofSetting({ required, allowed, pattern }: ChannelSetting) {
  const schema = matching(allowed, pattern);
  return required ? schema : v.optional(schema);
}

function configuredChannel(given: GivenChannel): ConfiguredChannel {
  const { type, secret, minSeverity = "medium", detections, escalateAfterMinutes, ...rest } = given;
  const { accounts, organizationalUnits, accountTags, ...others } = rest;
  const settings = others as ConfiguredChannel["settings"];
  const place = { type, ...(secret !== undefined && { secret }), settings };
  return {
    id: channelId(place),
    ...place,
    minSeverity,
    ...(accounts && { accounts }),
    ...(organizationalUnits && { organizationalUnits }),
    ...(accountTags && { accountTags }),
    ...(detections && { detections }),
    ...(escalateAfterMinutes !== undefined && { escalateAfterMinutes }),
  };
}
