import type { Detection } from "../../definition/detection";

export const bucketShared: Detection = {
  id: "bucket-shared",
  title: "Bucket opened to another account",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: ["4.8"],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.s3-backdoor-bucket-policy/",
  ],
  why: "Whoever the policy names can copy what lies in the bucket into an account of their own, and a block on public access does not stop that.",
  noise:
    "Speaks up at each change of a policy that lets a partner's or your own organization's account in, or a load balancer's in the older regions. A suppression by requestParameters.bucketName takes a known bucket out.",
  runbook: {
    check:
      "Is the account that the policy names one of yours or a partner's? The record's requestParameters has the policy.",
    command:
      "aws s3api get-bucket-policy --region <awsRegion> --bucket <requestParameters.bucketName> --query Policy --output text",
    contain:
      "Put the old policy back; only where there was none, take the policy off (aws s3api delete-bucket-policy --region <awsRegion> --bucket <requestParameters.bucketName>). Data events, if a trail logs them, say what was read.",
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
              // Everybody is bucket-made-public's; CloudFront reads as a user in an account of its own.
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
