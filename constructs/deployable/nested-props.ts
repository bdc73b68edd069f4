import type { Detection, Severity } from "../../detection/definition/detection";
import type { EventPattern } from "../../detection/pattern/pattern";

/** Who gets the alerts. */
export interface SubscriberProps {
  readonly protocol: "email" | "sms" | "https" | "sqs";
  /** An email address, a phone number in E.164 form, an https:// address, or the ARN of a standard queue of this account. */
  readonly endpoint: string;
  /**
   * Minimum severity on the alerts topic. The urgent topic sends everything to every subscriber.
   *
   * @default "medium"
   */
  readonly minSeverity?: Severity;
  /**
   * Account ids, at most 50. The urgent topic sends everything to every subscriber.
   *
   * @default - all
   */
  readonly accounts?: readonly string[];
}

/** A chat channel, pager or ticket system; see `docs/channels.md` for its types and their settings. */
export interface ChannelProps {
  readonly type: string;
  /** Name or ARN of a secret of Secrets Manager, or of a SecureString of Parameter Store. */
  readonly secret?: string;
  /** @default "medium" */
  readonly minSeverity?: Severity;
  /**
   * Account ids.
   *
   * @default - all
   */
  readonly accounts?: readonly string[];
  /**
   * Ids of organizational units or roots: of accounts in one of them or below. Needs `organization`.
   *
   * @default - all
   */
  readonly organizationalUnits?: readonly string[];
  /**
   * Tags that the account has, such as `{ env: "prod" }`. Needs `organization`.
   *
   * @default - any
   */
  readonly accountTags?: Readonly<Record<string, string>>;
  /**
   * Ids of detections.
   *
   * @default - all
   */
  readonly detections?: readonly string[];
  /**
   * Notified only of critical alerts that have not been acknowledged for so many minutes, 5 to 1440.
   *
   * @default - of each alert at once
   */
  readonly escalateAfterMinutes?: number;
  /** Settings of the type. */
  readonly [setting: string]: unknown;
}

/** Who answers for a suppression, why, and until when. */
export interface SuppressionOwner {
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it works, such as `2026-12-31`. */
  readonly expires: string;
}

/** Matches that send no alert; see `docs/suppressions.md`. */
export type SuppressionProps = SuppressionOwner &
  (
    | {
        /** Lower-case words joined by dashes. */
        readonly id: string;
        /** Ids of detections, or `*` for all that are not critical. */
        readonly detections: readonly string[] | "*";
        readonly pattern: EventPattern;
        /**
         * Account ids.
         *
         * @default - all
         */
        readonly accounts?: readonly string[];
        /**
         * Ids of organizational units or roots: in accounts in one of them or below. Needs `organization`.
         *
         * @default - all
         */
        readonly organizationalUnits?: readonly string[];
        /**
         * Tags that the account has, such as `{ env: "sandbox" }`. Needs `organization`.
         *
         * @default - any
         */
        readonly accountTags?: Readonly<Record<string, string>>;
      }
    | { readonly use: "ci-roles"; readonly roles: readonly string[] }
    | { readonly use: "identity-center-sign-in" | "console-probes" }
  );

type OwnerStatement = object & { readonly Sid?: string; readonly Effect: "Allow" | "Deny" };

/** Which organization is monitored; see `docs/organization.md`. */
export interface OrganizationProps {
  /** Such as `o-a1b2c3d4e5`. */
  readonly id: string;
  /** Id of the account that owns the organization. */
  readonly managementAccount: string;
  /**
   * How the deliveries queue learns of new log files: `topic`, by the deliveries topic, which carries CloudTrail's notices or
   * S3's; `eventbridge`, by S3's events on the home bus.
   *
   * @default "topic"
   */
  readonly deliveries?: "topic" | "eventbridge";
  /**
   * Statements in the home default event bus's policy today that must stay.
   *
   * @default - none
   */
  readonly busStatements?: readonly OwnerStatement[];
  /**
   * Rolls out the members' forwarders with a service-managed StackSet.
   *
   * @default - members deploy what `trailwarden member` writes
   */
  readonly stackSet?: { readonly organizationalUnits: readonly string[] };
}

interface Create {
  readonly mode: "create";
}

interface Existing {
  readonly mode: "existing";
  readonly id: string;
}

interface Adopt {
  readonly mode: "adopt";
  /** What `terraform import` takes. */
  readonly id: string;
}

interface AdoptWithPolicy extends Adopt {
  /** Statements in the resource's policy today that must stay. */
  readonly ownerStatements: readonly OwnerStatement[];
}

type TopicResource =
  | Create
  | (Existing & {
      /** The key that encrypts the topic. */
      readonly keyArn?: string;
    })
  | (AdoptWithPolicy & { readonly absent?: readonly "policy"[] });

/** Which resources exist already; see `docs/existing-infrastructure.md`. Each is created by default. */
export interface ResourceProps {
  readonly archiveKey?: Create | Existing | AdoptWithPolicy;
  readonly bucket?:
    | Create
    | Existing
    | (AdoptWithPolicy & {
        readonly absent?: readonly (
          | "policy"
          | "lifecycle"
          | "versioning"
          | "encryption"
          | "publicAccessBlock"
          | "ownership"
        )[];
      });
  readonly trail?: Create | Existing | Adopt;
  readonly logGroup?: Create | Existing | Adopt;
  readonly deliveriesTopic?: TopicResource;
  readonly alertsTopic?: TopicResource;
  readonly urgentTopic?: TopicResource;
}

/** A custom detection: `id`, `title`, `severity` and `pattern`, and defaults for the rest. */
export type CustomDetection = Pick<Detection, "id" | "title" | "severity" | "pattern"> &
  Partial<Omit<Detection, "pack" | "runbook">> & { readonly runbook?: Partial<Detection["runbook"]> };
