/**
 * Services whose events come to EventBridge in the partition's global region alone. Sign-in and STS aren't among them: they
 * have endpoints in every region.
 *
 * Sources: https://repost.aws/knowledge-center/use-eventbridge-rule-across-regions (IAM, Organizations, Account Management),
 * https://repost.aws/knowledge-center/eventbridge-rule-triggers-iam-single-region (IAM, Route 53),
 * https://docs.aws.amazon.com/general/latest/gr/r53.html (Route 53 and its domains have one region),
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html, and CloudTrail's notice of
 * November 2021 on global service events (CloudFront).
 */
const GLOBAL_SOURCES: ReadonlySet<string> = new Set(
  ["account", "cloudfront", "iam", "organizations", "route53", "route53domains"].map((service) => `aws.${service}`),
);

export function isGlobal(source: string): boolean {
  return GLOBAL_SOURCES.has(source);
}
