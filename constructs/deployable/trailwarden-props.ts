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
      }
    | { readonly use: "ci-roles"; readonly roles: readonly string[] }
    | { readonly use: "identity-center-sign-in" | "console-probes" }
  );

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
  readonly ownerStatements: readonly (object & { readonly Sid?: string; readonly Effect: "Allow" | "Deny" })[];
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

/** The keys of the configuration (`docs/configuration.md`), and what only a program can give. */
export interface TrailwardenProps {
  /**
   * The home region: that of the stack's AWS provider. The trail covers every region.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /**
   * Starts the name of every resource whose name is not a property of its own.
   *
   * @default "trailwarden"
   */
  readonly namePrefix?: string;
  /** @default "MyCloudTrail" */
  readonly trailName?: string;
  /**
   * Bucket of the log archive.
   *
   * @default - `<namePrefix>-logs-<account>-<region>`
   */
  readonly bucketName?: string;
  /** @default "cloudtrail-alerts-demo" */
  readonly alertsTopicName?: string;
  /** @default "APICallAlert" */
  readonly urgentTopicName?: string;
  /**
   * Days after which log files move to GLACIER_IR, a cheaper storage class that is still readable at once.
   *
   * @default 90
   */
  readonly archiveTransitionDays?: number;
  /**
   * Days that log files are kept.
   *
   * @default 400
   */
  readonly archiveRetentionDays?: number;
  /**
   * Days that the log groups are kept, one of the periods that CloudWatch Logs offers.
   *
   * @default 365
   */
  readonly logGroupRetentionDays?: number;
  /**
   * Who gets the alerts.
   *
   * @default - no subscribers, with a warning
   */
  readonly subscribers?: readonly SubscriberProps[];
  /**
   * Resources that exist already.
   *
   * @default - every resource is created
   */
  readonly resources?: ResourceProps;
  /**
   * Rate limit of the alerts that the function publishes, critical ones aside.
   *
   * @default 100
   */
  readonly maxAlertsPerHour?: number;
  /**
   * Detections to switch on: `cis` are those of a CIS control, `strict` are all.
   *
   * @default ["default"]
   */
  readonly packs?: readonly ("default" | "cis" | "strict")[];
  /**
   * Ids of detections to switch off.
   *
   * @default - none
   */
  readonly disabledDetections?: readonly string[];
  /**
   * Custom detections, checked as those of a folder are; see `docs/custom-detections.md`.
   *
   * @default - none
   */
  readonly customDetections?: readonly CustomDetection[];
  /**
   * Folder of custom detections; a relative path starts at the working directory.
   *
   * @default - none
   */
  readonly detectionsFolder?: string;
  /**
   * EventBridge rules that the default bus has room for.
   *
   * @default - the quota that AWS grants in the region: 300, or 100 in af-south-1 and eu-south-1
   */
  readonly ruleBudget?: number;
  /**
   * ARNs of the roles and users that may change the monitor without an alert.
   *
   * @default - none, with a warning
   */
  readonly deployers?: readonly string[];
  /**
   * Matches that send no alert.
   *
   * @default - none
   */
  readonly suppressions?: readonly SuppressionProps[];
  /**
   * Path of every IAM role.
   *
   * @default "/"
   */
  readonly rolePath?: string;
  /**
   * ARN of the policy that bounds every IAM role.
   *
   * @default - none
   */
  readonly permissionsBoundary?: string;
  /**
   * Names of accounts in alerts, by account id.
   *
   * @default - alerts show the ids
   */
  readonly accountNames?: Readonly<Record<string, string>>;
  /**
   * IANA time zone in which alerts show times, beside UTC.
   *
   * @default - UTC alone
   */
  readonly timeZone?: string;
}

/** Those of {@link TrailwardenProps}, and what the stack's provider and backend need. */
export interface TrailwardenStackProps extends TrailwardenProps {
  /**
   * Tags on every resource.
   *
   * @default - `application: trailwarden`
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Bucket of the remote state; see `docs/remote-state.md`.
   *
   * @default - the state is a local file
   */
  readonly stateBucket?: string;
  /**
   * Region of that bucket.
   *
   * @default - the state is a local file
   */
  readonly stateRegion?: string;
  /** @default "trailwarden/terraform.tfstate" */
  readonly stateKey?: string;
  /**
   * ARN of the KMS key that encrypts the remote state.
   *
   * @default - S3's own key
   */
  readonly stateKmsKeyArn?: string;
}

/** A detection of your own: `id`, `title`, `severity` and `pattern`, and defaults for the rest. */
export type CustomDetection = Pick<Detection, "id" | "title" | "severity" | "pattern"> &
  Partial<Omit<Detection, "pack" | "runbook">> & { readonly runbook?: Partial<Detection["runbook"]> };
