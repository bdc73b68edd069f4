/**
 * Services whose events come to EventBridge in the partition's global region alone. Sign-in and STS aren't among them: they
 * have endpoints in every region.
 *
 * Source: https://repost.aws/knowledge-center/use-eventbridge-rule-across-regions (IAM, Organizations and Account Management),
 * https://repost.aws/knowledge-center/eventbridge-rule-triggers-iam-single-region (IAM and Route 53), and
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html.
 */
const GLOBAL_SOURCES: ReadonlySet<string> = new Set(["aws.iam", "aws.organizations", "aws.account"]);

export function isGlobal(source: string): boolean {
  return GLOBAL_SOURCES.has(source);
}
