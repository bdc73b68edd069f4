import type { Detection } from "../../definition/detection";

export const bucketVersioningSuspended: Detection = {
  id: "bucket-versioning-suspended",
  title: "S3 bucket versioning suspended",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1490", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
    "https://www.elastic.co/docs/reference/security/prebuilt-rules/rules/integrations/aws/impact_s3_object_versioning_disabled",
  ],
  why: "Overwritten or deleted objects can no longer be recovered. Extortionists do this before they encrypt or empty a bucket.",
  runbook: {
    check: "Was it announced? Look for deletions in the bucket.",
    command:
      "aws s3api list-object-versions --region <awsRegion> --bucket <requestParameters.bucketName> --query 'DeleteMarkers[].[LastModified,Key]' --output text",
    contain: "Turn it on again. Older versions still exist.",
    undo: {
      PutBucketVersioning:
        "aws s3api put-bucket-versioning --region <awsRegion> --bucket <requestParameters.bucketName> --versioning-configuration Status=Enabled",
    },
  },
  pattern: {
    source: ["aws.s3"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: ["PutBucketVersioning"],
      errorCode: [{ exists: false }],
      requestParameters: { VersioningConfiguration: { Status: ["Suspended"] } },
    },
  },
};
