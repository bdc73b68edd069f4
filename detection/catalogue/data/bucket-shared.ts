import type { Detection } from "../../definition/detection";

export const bucketShared: Detection = {
  id: "bucket-shared",
  title: "S3 bucket shared with another account",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.s3-backdoor-bucket-policy/",
  ],
  why: "The accounts that the policy names can copy the bucket's data. A public access block doesn't prevent it.",
  falsePositives:
    "Each policy change that grants access to a partner, your organization or, in older regions, a load balancer. Suppress known buckets by requestParameters.bucketName.",
  runbook: {
    check: "Does the account in the policy belong to you or a partner? The record's requestParameters has the policy.",
    command:
      "aws s3api get-bucket-policy --region <awsRegion> --bucket <requestParameters.bucketName> --query Policy --output text",
    contain:
      "Restore the previous policy. If there was none, delete the policy (aws s3api delete-bucket-policy --region <awsRegion> --bucket <requestParameters.bucketName>). Data events, if a trail logs them, show what was read.",
    undo: {
      PutBucketPolicy:
        "aws s3api put-bucket-policy --region <awsRegion> --bucket <requestParameters.bucketName> --policy file://former-policy.json",
    },
  },
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: ["PutBucketPolicy"],
      errorCode: [{ exists: false }],
      requestParameters: {
        bucketPolicy: {
          Statement: {
            Effect: ["Allow"],
            $or: [
              // Public access is bucket-made-public's. CloudFront reads as a user in its own account.
              { Principal: { AWS: [{ "anything-but": { wildcard: ["\\*", "arn:*:iam::cloudfront:user/*"] } }] } },
              { NotPrincipal: { AWS: [{ exists: true }] } },
            ],
          },
        },
      },
    },
  },
  // Most name users and roles of one's own account.
  refine: [{ kind: "otherAccount", fields: ["requestParameters.bucketPolicy"] }],
};
