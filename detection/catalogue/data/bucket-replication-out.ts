import type { Detection } from "../../definition/detection";

export const bucketReplicationOut: Detection = {
  id: "bucket-replication-out",
  title: "S3 bucket replication configured",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  ],
  why: "Everything written to the bucket is now copied to another one, without any visible download. The destination's name doesn't show its owner.",
  runbook: {
    check:
      "Who owns the destination in the record's ReplicationConfiguration? aws s3api head-bucket --bucket <destinationBucket> --expected-bucket-owner <accountId> is denied if it belongs to another account.",
    command: "aws s3api get-bucket-replication --region <awsRegion> --bucket <requestParameters.bucketName>",
    contain: "Stop the replication, and remove the replication role's permissions.",
    undo: {
      PutBucketReplication:
        "aws s3api delete-bucket-replication --region <awsRegion> --bucket <requestParameters.bucketName>",
    },
  },
  // Whatever the destination: the request names its account only where the copies are to belong to it.
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: ["PutBucketReplication"],
      errorCode: [{ exists: false }],
    },
  },
};
