import { text } from "../../config/hcl/expression";
import { jsonTemplate } from "../../config/hcl/print";
import type { MemberTemplateProps } from "../../detection/forwarding/member-template";
import { type MemberVariable, memberReadme } from "./member-readme";

export interface MemberModuleProps extends MemberTemplateProps {
  /** Regions in which the account sends, unless the caller says others. */
  readonly regions: readonly string[];
}

/** The first provider whose resources have a region of their own. */
const AWS_VERSION = ">= 6.0";

const SECONDS_14_DAYS = 14 * 24 * 3600;
const BUS = "${local.central_bus}";
const ROLE = "${aws_iam_role.forward[each.key]";

/**
 * A Terraform module that does in a member account what the CloudFormation template does, in every region at once: for
 * organizations without stack sets, and for the management account.
 *
 * @returns files by relative path, the same for the same forwarders, byte for byte
 */
export function memberModule(props: MemberModuleProps): Readonly<Record<string, string>> {
  const variables = variablesOf(props);
  return {
    "main.tf.json": json(mainOf(props)),
    "variables.tf.json": json({ variable: variables }),
    "README.md": memberReadme(props, variables),
  };
}

function mainOf({ forwarders, homeRegion, globalRegion }: MemberModuleProps): object {
  const rules = forwarders.map(({ pattern, state, where }, index) => ({
    name: `forward_${index + 1}`,
    rule: {
      for_each: where === "globalRegion" ? "${local.global_regions}" : "${var.regions}",
      region: "${each.value}",
      name: `\${var.name_prefix}-forward-${index + 1}`,
      description: "Passes events to the central account, where trailwarden evaluates them",
      event_pattern: jsonTemplate(text(JSON.stringify(pattern))),
      state,
    },
  }));
  const arns = (where: string) =>
    forwarders.flatMap((forwarder, index) =>
      forwarder.where === where
        ? [
            `"arn:\${data.aws_partition.current.partition}:events:\${region}:\${local.account}:rule/\${var.name_prefix}-forward-${index + 1}"`,
          ]
        : [],
    );
  return {
    terraform: {
      required_version: ">= 1.9.0",
      required_providers: { aws: { source: "hashicorp/aws", version: AWS_VERSION } },
    },
    data: {
      aws_caller_identity: {
        current: {
          lifecycle: {
            postcondition: [
              {
                condition: "${self.account_id != var.central_account}",
                error_message:
                  "This is the central account: trailwarden's own stack has its forwarders. Deploy this module in the other accounts.",
              },
            ],
          },
        },
      },
      aws_partition: { current: {} },
    },
    locals: {
      account: "${data.aws_caller_identity.current.account_id}",
      central_bus: `arn:\${data.aws_partition.current.partition}:events:${homeRegion}:\${var.central_account}:event-bus/default`,
      // Where IAM's and Organizations' events occur.
      global_regions: `\${toset([for region in var.regions : region if region == "${globalRegion}"])}`,
      rule_arns: `\${{ for region in var.regions : region => concat([${arns("everywhere").join(", ")}], region == "${globalRegion}" ? [${arns("globalRegion").join(", ")}] : []) }}`,
    },
    resource: {
      aws_sqs_queue: {
        dead_letters: {
          for_each: "${var.regions}",
          region: "${each.value}",
          name: "${var.name_prefix}-forward-dlq",
          sqs_managed_sse_enabled: true,
          message_retention_seconds: SECONDS_14_DAYS,
        },
      },
      aws_sqs_queue_policy: {
        dead_letters: {
          for_each: "${var.regions}",
          region: "${each.value}",
          queue_url: "${aws_sqs_queue.dead_letters[each.key].url}",
          policy: policy(
            {
              Sid: "EventsSends",
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: "${aws_sqs_queue.dead_letters[each.key].arn}",
              Condition: { ArnEquals: { "aws:SourceArn": RULE_ARNS } },
            },
            {
              Sid: "DenyInsecureTransport",
              Effect: "Deny",
              Principal: "*",
              Action: "sqs:*",
              Resource: "${aws_sqs_queue.dead_letters[each.key].arn}",
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ),
        },
      },
      aws_iam_role: {
        forward: {
          for_each: "${var.regions}",
          name: "${var.name_prefix}-forward-${each.value}",
          description: "Lets trailwarden's forwarders send to the central account's event bus",
          assume_role_policy: policy({
            Sid: "AssumedByForwarders",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": "${local.account}" },
              ArnEquals: { "aws:SourceArn": RULE_ARNS },
            },
          }),
        },
      },
      aws_iam_role_policy: {
        forward: {
          for_each: "${var.regions}",
          name: "forward",
          role: `${ROLE}.name}`,
          policy: policy({
            Sid: "SendsToCentralBus",
            Effect: "Allow",
            Action: "events:PutEvents",
            Resource: BUS,
          }),
        },
      },
      aws_cloudwatch_event_rule: Object.fromEntries(rules.map(({ name, rule }) => [name, rule])),
      aws_cloudwatch_event_target: Object.fromEntries(
        rules.map(({ name, rule }) => [
          name,
          {
            for_each: rule.for_each,
            region: "${each.value}",
            rule: `\${aws_cloudwatch_event_rule.${name}[each.key].name}`,
            target_id: "central",
            arn: BUS,
            role_arn: `${ROLE}.arn}`,
            dead_letter_config: { arn: "${aws_sqs_queue.dead_letters[each.key].arn}" },
            retry_policy: { maximum_event_age_in_seconds: 24 * 3600, maximum_retry_attempts: 185 },
            depends_on: ["aws_iam_role_policy.forward", "aws_sqs_queue_policy.dead_letters"],
          },
        ]),
      ),
    },
  };
}

/** Stands in a policy for the list of this region's rules, which Terraform fills in. */
const RULE_ARNS = "every rule of the region";

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }).replaceAll(
    JSON.stringify(RULE_ARNS),
    "${jsonencode(local.rule_arns[each.key])}",
  );
}

function variablesOf({ namePrefix, regions }: MemberModuleProps): Readonly<Record<string, MemberVariable>> {
  return {
    central_account: {
      type: "string",
      description: "Id of the account in which trailwarden is deployed",
      nullable: false,
      validation: {
        condition: '${can(regex("^[0-9]{12}$", var.central_account))}',
        error_message: "central_account must be an account id of 12 digits.",
      },
    },
    regions: {
      type: "set(string)",
      description: "Regions whose events are sent",
      default: regions,
      nullable: false,
      validation: {
        condition: "${length(var.regions) > 0}",
        error_message: "regions must be one region or more.",
      },
    },
    name_prefix: {
      type: "string",
      description: "Starts every name; the same as trailwarden's namePrefix in the central account",
      default: namePrefix,
      nullable: false,
      validation: {
        condition: '${can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.name_prefix))}',
        error_message: "name_prefix must be 2 to 20 lower-case letters, digits and -.",
      },
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
