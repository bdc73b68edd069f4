/** The versions of the CIS AWS Foundations Benchmark that number as `Detection.cis` does, and those that count sections one higher. */
export const CIS_VERSIONS = { cis: "1.4 to 5.0", cisFrom6: "6.0 and 7.0" } as const;

/** The number in versions 6.0 and 7.0, where another section came before: `5.1` for `4.1`, which is another control there. */
export function cisFrom6(control: string): string {
  const [section, rest] = control.split(/\.(.*)/s);
  return `${Number(section) + 1}.${rest}`;
}

/** `4.1, 4.10 (versions 1.4 to 5.0), 5.1, 5.10 (versions 6.0 and 7.0)`. */
export function cisNumbers(controls: readonly string[]): string {
  const after = controls.map(cisFrom6).join(", ");
  return `${controls.join(", ")} (versions ${CIS_VERSIONS.cis}), ${after} (versions ${CIS_VERSIONS.cisFrom6})`;
}

/**
 * The monitoring section of the CIS AWS Foundations Benchmark, numbering of versions 1.4 to 5.0, as far as events show it:
 * 4.16 (Security Hub is enabled) is about how an account is set up.
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
