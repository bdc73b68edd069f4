import type {
  ChannelProps,
  CustomDetection,
  OrganizationProps,
  ResourceProps,
  SubscriberProps,
  SuppressionProps,
} from "./nested-props";

// Generated from config/keys.ts: change a key there, and run `npm run docs`.

/** The keys of the configuration (`docs/configuration.md`), and what only a program can give. */
export interface TrailwardenProps {
  /**
   * Home region, in the commercial partition or GovCloud. Bucket, topics, queues, function and EventBridge rules are
   * created there; the trail covers every region.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /**
   * Regions whose API calls alert within seconds: `home` (the home region alone), `default` (the 17 that every account
   * has), or a list. Elsewhere, log files alert minutes later (`docs/organization.md`).
   *
   * @default "home"
   */
  readonly regions?: "home" | "default" | readonly string[];
  /**
   * Monitors every account of an AWS organization (`docs/organization.md`).
   *
   * @default - the one account
   */
  readonly organization?: OrganizationProps;
  /**
   * Starts the name of every resource without a key of its own. A second deployment in an account needs another prefix,
   * and other names in the next four keys.
   *
   * @default "trailwarden"
   */
  readonly namePrefix?: string;
  /**
   * Name of the trail.
   *
   * @default "MyCloudTrail"
   */
  readonly trailName?: string;
  /**
   * Bucket of the log archive.
   *
   * @default - `<namePrefix>-logs-<account>-<region>`
   */
  readonly bucketName?: string;
  /**
   * Topic of the alerts that the function publishes.
   *
   * @default "cloudtrail-alerts-demo"
   */
  readonly alertsTopicName?: string;
  /**
   * Topic for direct EventBridge and CloudWatch alerts.
   *
   * @default "APICallAlert"
   */
  readonly urgentTopicName?: string;
  /**
   * Days until log files move to `GLACIER_IR`: cheaper, still readable at once. Objects under 128 KB stay: to move them
   * costs more than it saves.
   *
   * @default 90
   */
  readonly archiveTransitionDays?: number;
  /**
   * Days that log files are kept; more than `archiveTransitionDays`.
   *
   * @default 400
   */
  readonly archiveRetentionDays?: number;
  /**
   * Days that CloudWatch Logs keeps events.
   *
   * @default 365
   */
  readonly logGroupRetentionDays?: number;
  /**
   * Where alerts are sent: objects such as `{"protocol": "email", "endpoint": "oncall@example.com", "minSeverity":
   * "high"}`. `protocol` is `email`, `sms` (E.164 number), `https` (address) or `sqs` (queue ARN). `minSeverity` is
   * `critical`, `high`, `medium` (default) or `low`; `accounts`, a list of ids, limits it to their alerts.
   *
   * @default - none, with a warning
   */
  readonly subscribers?: readonly SubscriberProps[];
  /**
   * Chat, paging and tickets, through a function of their own (`docs/channels.md`): objects such as `{"type": "slack",
   * "secret": "trailwarden/slack", "minSeverity": "high"}`. `secret` is the name or ARN of a secret of Secrets Manager,
   * or of a SecureString of Parameter Store.
   *
   * @default - none
   */
  readonly channels?: readonly ChannelProps[];
  /**
   * What exists already: key, bucket, trail, log group or topics, used as they are or adopted
   * (`docs/existing-infrastructure.md`).
   *
   * @default - all created
   */
  readonly resources?: ResourceProps;
  /**
   * Rate limit: alerts that the function publishes in an hour, critical ones aside. One notice reports what is beyond
   * it.
   *
   * @default 100
   */
  readonly maxAlertsPerHour?: number;
  /**
   * Minutes after a caller's first alert in which their further alerts belong to the same incident
   * (`docs/incidents.md`).
   *
   * @default 60
   */
  readonly incidentMinutes?: number;
  /**
   * Which detections are on: `default`, `cis` (all that cover a CIS control), `strict` (all).
   *
   * @default ["default"]
   */
  readonly packs?: readonly ("default" | "cis" | "strict")[];
  /**
   * Ids from detections (`docs/detections.md`), disabled in every pack.
   *
   * @default - none
   */
  readonly disabledDetections?: readonly string[];
  /**
   * Folder of custom detections (`docs/custom-detections.md`). A relative path starts at the working directory.
   *
   * @default - none
   */
  readonly detectionsFolder?: string;
  /**
   * EventBridge rules that the home default bus has room for: AWS's quota, less the rules that others have there.
   * Forwarders in other regions don't count.
   *
   * @default - `300`; `100` in `af-south-1` and `eu-south-1`
   */
  readonly ruleBudget?: number;
  /**
   * ARNs of the IAM roles and users that may change the monitor without an alert (`docs/suppressions.md`).
   *
   * @default - none, with a warning
   */
  readonly deployers?: readonly string[];
  /**
   * False positives that raise no alert, each with owner, reason and last day (`docs/suppressions.md`).
   *
   * @default - none
   */
  readonly suppressions?: readonly SuppressionProps[];
  /**
   * Path of every IAM role that is created. A later change replaces the roles.
   *
   * @default "/"
   */
  readonly rolePath?: string;
  /**
   * ARN of the permissions boundary of every IAM role that is created: a policy of the same account or AWS's, which
   * must allow what their policies (`docs/decisions/0004-policies.md`) allow.
   *
   * @default - none
   */
  readonly permissionsBoundary?: string;
  /**
   * Names of accounts in alerts, by account id; at most 50. With `organization`, those of AWS Organizations are known
   * too.
   *
   * @default - none
   */
  readonly accountNames?: Readonly<Record<string, string>>;
  /**
   * Time zone in which alerts and summaries give times beside UTC. The daily digest stays at 07:00 UTC.
   *
   * @default - UTC alone
   */
  readonly timeZone?: string;
  /**
   * Custom detections, checked as those of a folder are; see `docs/custom-detections.md`.
   *
   * @default - none
   */
  readonly customDetections?: readonly CustomDetection[];
}

/** Those of {@link TrailwardenProps}, and what the stack's provider and backend need. */
export interface TrailwardenStackProps extends TrailwardenProps {
  /**
   * Tags of every resource; at most 50.
   *
   * @default {"application":"trailwarden"}
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Bucket of the remote state (`docs/remote-state.md`); needs `stateRegion`.
   *
   * @default - local state
   */
  readonly stateBucket?: string;
  /**
   * Region of `stateBucket`; needs `stateBucket`.
   *
   * @default - local state
   */
  readonly stateRegion?: string;
  /**
   * Object key of the remote state.
   *
   * @default - `trailwarden/terraform.tfstate`
   */
  readonly stateKey?: string;
  /**
   * Key that encrypts the remote state, instead of the bucket's default.
   *
   * @default - S3's own key (AES256)
   */
  readonly stateKmsKeyArn?: string;
}
