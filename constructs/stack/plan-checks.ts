import type { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegions } from "@cdktf/provider-aws/lib/data-aws-regions";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { placesOf } from "../../config/places";
import type { Config } from "../../config/schema";

/** A `check` block in Terraform's JSON: every plan warns where a condition doesn't hold. */
interface Check {
  readonly assert: readonly { readonly condition: string; readonly error_message: string }[];
}

/**
 * Which account is deployed to is known only when Terraform runs: every plan looks whether the configuration's ARNs lie in it.
 * No data source stands in the block: Terraform would read it at every apply again, and no plan would be empty.
 *
 * @param account the data source of the account that Terraform runs in
 * @param config as the user wrote it, without Terraform's tokens
 */
export function addPlanChecks(account: DataAwsCallerIdentity, config: Config): void {
  const id = account.friendlyUniqueId;
  const check = accounts(config, `data.aws_caller_identity.${id}.account_id`);
  // A stack may hold several of them.
  if (check) TerraformStack.of(account).addOverride(`check.${id === "Account" ? "accounts" : `accounts_${id}`}`, check);
}

/**
 * Which regions the account has enabled is known only when Terraform runs: every plan looks whether those are among them that
 * an account must enable first. Without any there is no data source, whose reading is one more permission (ec2:DescribeRegions).
 */
export function addRegionCheck(scope: Construct, regions: readonly string[]): void {
  if (regions.length === 0) return;
  const { friendlyUniqueId: id } = new DataAwsRegions(scope, "Regions");
  const off = `setsubtract(${JSON.stringify(regions)}, data.aws_regions.${id}.names)`;
  const check: Check = {
    assert: [
      {
        condition: `\${length(${off}) == 0}`,
        error_message: `regions has \${join(", ", ${off})}, which the account has not enabled: enable it (aws account enable-region --region-name NAME), or take it out of regions; else the apply fails.`,
      },
    ],
  };
  TerraformStack.of(scope).addOverride(`check.${id === "Regions" ? "regions" : `regions_${id}`}`, check);
}

function accounts(config: Config, accountId: string): Check | undefined {
  const places = placesOf(config, (_, index) => index).filter(
    ({ key }) => key === "resources" || key === "subscribers",
  );
  if (places.length === 0) return undefined;
  const assert = places.map(({ where, arn, account }) => ({
    condition: `\${${accountId} == "${account}"}`,
    error_message: `${where} is ${arn}, but Terraform runs in account \${${accountId}}: ${
      where === "resources.trail.id"
        ? "a trail of another account is an organization's, and those aren't supported yet."
        : where.startsWith("subscribers")
          ? "only the queue's owner could confirm the subscription, and the apply would fail after two minutes; use a queue of this account."
          : "use a resource of this account."
    }`,
  }));
  return { assert };
}
