import type { Config, ConfigKey } from "./schema";

/** A key that whoever calls the Terraform module sets. */
export interface Settable {
  readonly description: string;
  /**
   * Whether it means anything beside the rest of the configuration.
   *
   * @default - it always does
   */
  readonly when?: (config: Config) => boolean;
}

/** A key that the module is written with; `instead`: why, or what the caller sets in its place. */
export interface Fixed {
  readonly instead: string;
}

/** What becomes of each key in the Terraform module. Type, default and conditions of a variable are the schema's. */
export const VARIABLES: Readonly<Record<ConfigKey, Settable | Fixed>> = {
  region: { instead: "the region of the AWS provider" },
  namePrefix: { description: "Starts the name of every resource that has no variable of its own" },
  trailName: { description: "Name of the trail", when: ({ resources }) => resources.trail.mode === "create" },
  bucketName: {
    description: "Bucket of the log archive; empty: derived from prefix, account and region",
    when: ({ resources }) => resources.bucket.mode === "create",
  },
  alertsTopicName: {
    description: "Topic of the alerts that the function publishes",
    when: ({ resources }) => resources.alertsTopic.mode === "create",
  },
  urgentTopicName: {
    description: "Topic for direct EventBridge and CloudWatch alerts",
    when: ({ resources }) => resources.urgentTopic.mode === "create",
  },
  archiveTransitionDays: { description: "Days until log files move to GLACIER_IR: cheaper, still readable at once" },
  archiveRetentionDays: { description: "Days that log files are kept; more than archive_transition_days" },
  logGroupRetentionDays: { description: "Days that CloudWatch Logs keeps events, one of the periods that it offers" },
  subscribers: {
    description:
      "Who is notified: a list of objects, or a map of them. protocol is email, sms, https or sqs; min_severity (critical, high, medium, low; default medium) counts on the alerts topic, the urgent topic sends everything. A map's keys are part of the subscriptions' addresses: with a map an entry can come and go without touching the others, and every endpoint may be known after apply only. In a list, https and sqs endpoints may be known after apply only",
  },
  resources: { instead: "written into the module: what exists already decides which resources the module has" },
  maxAlertsPerHour: { description: "Alerts that the function publishes in an hour, critical ones aside" },
  packs: { description: "Which detections are on: default, cis (all that cover a CIS control), strict (all)" },
  disabledDetections: { description: "Ids of detections that are off, whatever their pack" },
  detectionsFolder: {
    instead:
      "written into the module: Terraform can't compile custom detections; change the folder and write the module again",
  },
  ruleBudget: { description: "EventBridge rules that the default bus has room for" },
  deployers: {
    description:
      "ARNs of the IAM roles and users that may change the monitor without an alert; none: each deployment alerts",
  },
  suppressions: {
    description:
      "What is suppressed, a list of objects (or a map of them) as in docs/suppressions.md: id, detections, pattern, owner, reason, expires; or use, owner, reason, expires, and roles for ci-roles. Patterns are checked by the function: one that it can't use suppresses nothing and is a processing error in its log, which has an alarm",
  },
  rolePath: { description: "Path of every IAM role that is made" },
  permissionsBoundary: {
    description: "ARN of the policy that bounds what every IAM role that is made may do; empty: none",
  },
  accountNames: { description: "What alerts call accounts: names by account id" },
  timeZone: {
    description:
      "IANA time zone such as Europe/Berlin in which alerts give times beside UTC; empty, or no such zone: UTC alone",
  },
  tags: { description: "Put on every resource" },
  stateBucket: { instead: "the backend of the root that calls the module" },
  stateRegion: { instead: "the backend of the root that calls the module" },
  stateKey: { instead: "the backend of the root that calls the module" },
  stateKmsKeyArn: { instead: "the backend of the root that calls the module" },
};

export function isSettable(variable: Settable | Fixed): variable is Settable {
  return "description" in variable;
}
