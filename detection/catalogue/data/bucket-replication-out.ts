import type { Detection } from "../../definition/detection";

export const bucketReplicationOut: Detection = {
  id: "bucket-replication-out",
  title: "Replication of a bucket set up or changed",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  ],
  why: "Everything that is written to the bucket is now copied to another one, without a single download that anybody would notice. Whose that is, its name does not tell.",
  runbook: {
    check:
      "Who owns the destination that the record's ReplicationConfiguration names? aws s3api head-bucket --bucket <destinationBucket> --expected-bucket-owner <accountId> is refused where it is another account.",
    command: "aws s3api get-bucket-replication --region <awsRegion> --bucket <requestParameters.bucketName>",
    contain: "Stop the replication, and take the replication role's permissions away.",
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
