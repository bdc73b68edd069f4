import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { type Origin, type StatementsToAdd, statementsToAdd } from "../deployment/origin";
import { oneOrAll, type PolicyStatement } from "../deployment/policy-document";
import { SecureBucket } from "./secure-bucket";

/** Days that a replaced or deleted version is kept: long enough to undo a deletion that was noticed late. */
const NONCURRENT_DAYS = 90;

export interface LogArchiveProps {
  readonly deployment: Deployment;
  readonly bucketName: string;
  /** ARN of the key that log files are encrypted with. */
  readonly keyArn: string;
  /** The key: the bucket depends on it, so that a destroy that stops at a bucket with log files leaves their key alone. */
  readonly key: readonly ITerraformDependable[];
  readonly origin: Origin;
  /** ARN of the one trail that may write. */
  readonly trailArn: string;
  /** Days after which log files move to GLACIER_IR, which is cheaper and still readable at once. */
  readonly transitionDays: number;
  /** Days that log files are kept. */
  readonly retentionDays: number;
  /** Beginnings of the keys that the trail writes. */
  readonly prefixes: readonly string[];
  /**
   * What the owner of an organization's bucket has to add, where it is used as it is.
   *
   * @default - what CloudTrail needs
   */
  readonly foreign?: readonly PolicyStatement[] | undefined;
}

/** ARN of a bucket. */
export function bucketArnOf({ partition }: Deployment, bucketName: string): string {
  return `arn:${partition}:s3:::${bucketName}`;
}

/** ARNs of the log files in a bucket. */
export function logFileArns(bucketArn: string, prefixes: readonly string[]): readonly string[] {
  return prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
}

/**
 * The bucket that keeps CloudTrail's log files: encrypted, versioned, closed to the public, written by one trail.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export class LogArchive extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** What must exist before CloudTrail may write here. */
  readonly writable: readonly ITerraformDependable[];
  readonly statementsToAdd: readonly StatementsToAdd[];

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const { deployment, trailArn, origin, prefixes, foreign } = props;
    const arn = bucketArnOf(deployment, props.bucketName);
    if (origin.mode === "existing") {
      this.bucketName = props.bucketName;
      this.arn = arn;
      this.writable = [];
      this.statementsToAdd = statementsToAdd(
        origin,
        "bucket",
        ...(foreign ?? writeStatements(arn, trailArn, prefixes)),
      );
      return;
    }
    this.statementsToAdd = [];
    // An id of "Default" leaves no trace in the addresses.
    const bucket = new SecureBucket(this, "Default", {
      bucketName: props.bucketName,
      keyArn: props.keyArn,
      lifecycle: {
        id: "keep-log-files",
        transition: [{ days: props.transitionDays, storageClass: "GLACIER_IR" }],
        expiration: [{ days: props.retentionDays }],
        noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS }],
      },
      statements: (bucketArn) => writeStatements(bucketArn, trailArn, prefixes),
      origin,
      dependsOn: props.key,
    });
    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
    this.writable = bucket.writable;
  }
}

/** What CloudTrail needs of the bucket that it writes log files to. */
export function writeStatements(
  arn: string,
  trailArn: string,
  prefixes: readonly string[],
): readonly PolicyStatement[] {
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "CloudTrailChecksAcl",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "CloudTrailWrites",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "s3:PutObject",
      Resource: oneOrAll(logFileArns(arn, prefixes)),
      Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}
