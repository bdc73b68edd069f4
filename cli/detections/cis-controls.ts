/**
 * Section 4 of the CIS AWS Foundations Benchmark, numbering of version 1.4 to 3.0, as far as events can tell: 4.16 (Security
 * Hub is enabled) is about how an account is set up.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const CIS_CONTROLS: Readonly<Record<string, string>> = {
  "4.1": "Unauthorized API calls",
  "4.2": "Console sign-in without MFA",
  "4.3": "Use of the root user",
  "4.4": "IAM policy changes",
  "4.5": "CloudTrail configuration changes",
  "4.6": "Console authentication failures",
  "4.7": "Customer keys disabled or scheduled for deletion",
  "4.8": "S3 bucket policy changes",
  "4.9": "AWS Config configuration changes",
  "4.10": "Security group changes",
  "4.11": "Network ACL changes",
  "4.12": "Network gateway changes",
  "4.13": "Route table changes",
  "4.14": "VPC changes",
  "4.15": "AWS Organizations changes",
};
