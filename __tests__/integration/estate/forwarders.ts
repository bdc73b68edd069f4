import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { type ResolvedResource, resolveTemplate } from "../../detection/forwarding/resolve-template";
import type { Account } from "../moto/account";
import type { Terraform } from "./terraform";

/** Rules of one account and region that pass events to another bus, and what they need. */
interface Forwarders {
  readonly account: Account;
  readonly region: string;
  readonly rules: readonly {
    readonly name: string;
    readonly pattern: unknown;
    readonly state: string;
    readonly target: {
      readonly id: string;
      readonly arn: string;
      readonly roleArn: string;
      readonly deadLetterArn: string;
    };
  }[];
}

/** Creates the forwarders of the central account's other regions, as synthesized. @returns those regions */
export async function createForwarders(terraform: Terraform, account: Account): Promise<readonly string[]> {
  const ofForwarding = (type: string) => terraform.all(type).filter(([id]) => id.startsWith("Forwarding_"));
  for (const [id, role] of ofForwarding("aws_iam_role")) {
    const name = terraform.text(role.name);
    const arn = await createRole(account, name, terraform.text(role.assume_role_policy));
    terraform.know("aws_iam_role", id, "arn", arn);
  }
  for (const [, policy] of ofForwarding("aws_iam_role_policy")) {
    await putRolePolicy(
      account,
      terraform.text(policy.role),
      terraform.text(policy.name),
      terraform.text(policy.policy),
    );
  }
  for (const [id, queue] of ofForwarding("aws_sqs_queue")) {
    const [region, name] = [terraform.text(queue.region), terraform.text(queue.name)];
    terraform.know("aws_sqs_queue", id, "arn", `arn:aws:sqs:${region}:${account.id}:${name}`);
    terraform.know("aws_sqs_queue", id, "url", await createQueue(account, region, name));
  }
  for (const [, policy] of ofForwarding("aws_sqs_queue_policy")) {
    const [region, url] = [terraform.text(policy.region), terraform.text(policy.queue_url)];
    await setQueuePolicy(account, region, url, terraform.text(policy.policy));
  }
  const targets = ofForwarding("aws_cloudwatch_event_target");
  const rules = ofForwarding("aws_cloudwatch_event_rule");
  const regions = [...new Set(rules.map(([, { region }]) => terraform.text(region)))];
  for (const region of regions) {
    await putForwarders({
      account,
      region,
      rules: rules
        .filter(([, rule]) => rule.region === region)
        .map(([id, rule]) => {
          const [, target] = targets.find(([, { rule: of }]) => String(of).includes(`.${id}.`)) ?? [];
          if (target?.region !== region) throw new Error(`${id} has no target in ${region}`);
          return {
            name: terraform.text(rule.name),
            pattern: JSON.parse(terraform.text(rule.event_pattern)),
            state: terraform.text(rule.state),
            target: {
              id: terraform.text(target.target_id),
              arn: terraform.text(target.arn),
              roleArn: terraform.text(target.role_arn),
              deadLetterArn: terraform.text((target.dead_letter_config as { readonly arn: string }).arn),
            },
          };
        }),
    });
  }
  return regions;
}

/** Where a stack set deploys its template, and with which parameters. */
export interface MemberStacks {
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly regions: readonly string[];
}

export function memberStacks(terraform: Terraform): MemberStacks {
  const [, { template_body: template, parameters }] = terraform.only("aws_cloudformation_stack_set");
  return {
    template: terraform.text(template),
    parameters: Object.fromEntries(
      Object.entries(parameters as object).map(([name, value]) => [name, terraform.text(value)]),
    ),
    regions: terraform
      .all("aws_cloudformation_stack_set_instance")
      .map(([, { stack_set_instance_region: region }]) => terraform.text(region)),
  };
}

/** Does what CloudFormation does with the members' template. @returns how many rules it made */
export async function deployMember(
  { template, parameters }: MemberStacks,
  account: Account,
  region: string,
): Promise<number> {
  const named = resolveTemplate(template, { account: account.id, region, parameters });
  const { DeadLetters, Role } = named;
  if (!DeadLetters || !Role) return 0;
  const deadLetterArn = `arn:aws:sqs:${region}:${account.id}:${DeadLetters.Properties.QueueName}`;
  const queueUrl = await createQueue(account, region, String(DeadLetters.Properties.QueueName));
  const roleName = String(Role.Properties.RoleName);
  const roleArn = await createRole(account, roleName, JSON.stringify(Role.Properties.AssumeRolePolicyDocument));
  const attributes: Readonly<Record<string, string>> = { "DeadLetters.Arn": deadLetterArn, "Role.Arn": roleArn };
  // What CloudFormation knows once resources are there.
  const resources = JSON.parse(JSON.stringify(named), (_, value) =>
    typeof value === "string" ? (attributes[value] ?? value) : value,
  ) as Readonly<Record<string, ResolvedResource>>;
  for (const policy of Object.values(resources).filter(({ Type }) => Type === "AWS::SQS::QueuePolicy")) {
    await setQueuePolicy(account, region, queueUrl, JSON.stringify(policy.Properties.PolicyDocument));
  }
  const policies = Role.Properties.Policies as readonly {
    readonly PolicyName: string;
    readonly PolicyDocument: object;
  }[];
  for (const { PolicyName, PolicyDocument } of policies) {
    await putRolePolicy(account, roleName, PolicyName, JSON.stringify(PolicyDocument));
  }
  const rules = Object.values(resources)
    .filter(({ Type }) => Type === "AWS::Events::Rule")
    .map(({ Properties }) => {
      const [target] = Properties.Targets as readonly {
        readonly Id: string;
        readonly Arn: string;
        readonly RoleArn: string;
        readonly DeadLetterConfig: { readonly Arn: string };
      }[];
      if (!target) throw new Error(`${Properties.Name} has no target`);
      return {
        name: String(Properties.Name),
        pattern: Properties.EventPattern,
        state: String(Properties.State),
        target: {
          id: target.Id,
          arn: target.Arn,
          roleArn: target.RoleArn,
          deadLetterArn: target.DeadLetterConfig.Arn,
        },
      };
    });
  await putForwarders({ account, region, rules });
  return rules.length;
}

/** Gives the home default bus the synthesized policy. */
export async function createBusPolicy(terraform: Terraform, account: Account): Promise<void> {
  const [, { policy }] = terraform.only("aws_cloudwatch_event_bus_policy");
  await account.events(terraform.region, "PutPermission", { EventBusName: "default", Policy: terraform.text(policy) });
}

async function putForwarders({ account, region, rules }: Forwarders): Promise<void> {
  for (const { name, pattern, state, target } of rules) {
    await account.events(region, "PutRule", { Name: name, EventPattern: JSON.stringify(pattern), State: state });
    const { id: Id, arn: Arn, roleArn: RoleArn, deadLetterArn } = target;
    await account.events(region, "PutTargets", {
      Rule: name,
      Targets: [{ Id, Arn, RoleArn, DeadLetterConfig: { Arn: deadLetterArn } }],
    });
  }
}

async function createRole({ iam }: Account, name: string, trust: string): Promise<string> {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  return Role?.Arn ?? "";
}

async function putRolePolicy({ iam }: Account, role: string, name: string, policy: string): Promise<void> {
  await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy }));
}

async function createQueue(account: Account, region: string, name: string): Promise<string> {
  const { QueueUrl = "" } = await account.sqs(region).send(new CreateQueueCommand({ QueueName: name }));
  return QueueUrl;
}

async function setQueuePolicy(account: Account, region: string, queueUrl: string, policy: string): Promise<void> {
  await account.sqs(region).send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy: policy } }));
}
