import { GetRoleCommand, GetRolePolicyCommand, ListRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetQueueAttributesCommand, ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { Policy } from "../../constructs/organization/evaluate-policy";
import type { Account } from "../moto/account";
import type { DeployedBus, DeployedRole, DeployedRule } from "./event-buses";

interface ListedRule {
  readonly Name: string;
  readonly EventPattern: string;
  readonly State: string;
}

interface ListedTarget {
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly DeadLetterConfig?: { readonly Arn: string };
}

/** What moto has on the default bus of an account and region. */
export async function readBus(account: Account, region: string): Promise<DeployedBus> {
  const rules: DeployedRule[] = [];
  const { Rules } = await account.events<{ readonly Rules: readonly ListedRule[] }>(region, "ListRules", {});
  for (const { Name, EventPattern, State } of Rules) {
    const { Targets } = await account.events<{ readonly Targets: readonly ListedTarget[] }>(
      region,
      "ListTargetsByRule",
      { Rule: Name },
    );
    rules.push({
      name: Name,
      pattern: JSON.parse(EventPattern),
      state: State,
      targets: Targets.map(({ Arn, RoleArn, DeadLetterConfig }) => ({
        arn: Arn,
        ...(RoleArn !== undefined && { roleArn: RoleArn }),
        ...(DeadLetterConfig && { deadLetterArn: DeadLetterConfig.Arn }),
      })),
    });
  }
  const { Policy } = await account.events<{ readonly Policy?: string }>(region, "DescribeEventBus", {
    Name: "default",
  });
  return {
    account: account.id,
    region,
    rules,
    ...(Policy !== undefined && { policy: JSON.parse(Policy) as Policy }),
  };
}

/** The account's roles, by ARN. */
export async function readRoles({ iam }: Account): Promise<ReadonlyMap<string, DeployedRole>> {
  const roles = new Map<string, DeployedRole>();
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  for (const { RoleName, Arn = "" } of Roles) {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const statements: Policy["Statement"][number][] = [];
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      statements.push(...policyOf(PolicyDocument).Statement);
    }
    roles.set(Arn, { trust: policyOf(Role?.AssumeRolePolicyDocument), policy: { Statement: statements } });
  }
  return roles;
}

/** Policies of the account's queues in a region that have one, by ARN. */
export async function readQueuePolicies(account: Account, region: string): Promise<ReadonlyMap<string, Policy>> {
  const policies = new Map<string, Policy>();
  const sqs = account.sqs(region);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  for (const QueueUrl of QueueUrls) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn", "Policy"] }),
    );
    if (Attributes.Policy && Attributes.QueueArn) policies.set(Attributes.QueueArn, JSON.parse(Attributes.Policy));
  }
  return policies;
}

/** IAM answers with documents encoded as in addresses. */
function policyOf(document: string | undefined): Policy {
  return JSON.parse(decodeURIComponent(document ?? '{"Statement":[]}')) as Policy;
}
