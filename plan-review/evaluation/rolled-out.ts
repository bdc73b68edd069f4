import { at, blocks, canonical, isValues, parsed, UNKNOWN, type Value, type Values } from "../plan/values";
import { deployedIn, regionsNamed } from "./deployed-where";

/** A resource of a CloudFormation template, as the AWS provider would have it. */
export interface RolledOut {
  /** Undefined for types that aren't compared. */
  readonly type: string | undefined;
  readonly values: Values;
  /** All of it, to see whether anything else changes. */
  readonly text: string;
}

export interface Template {
  /** By logical id; a rule's targets by its own and theirs. */
  readonly resources: ReadonlyMap<string, RolledOut>;
  /** All that decides what is deployed where, as text. */
  readonly rest: string;
}

/** Parts of a template that say nothing about what is deployed, or that its resources are read with. */
const ASIDE = [
  ...["AWSTemplateFormatVersion", "Description", "Metadata", "Outputs"],
  ...["Parameters", "Conditions", "Resources"],
];

/** A template that is known, and is JSON. */
export interface Readable {
  readonly template: Values;
  /** Regions that its conditions name. */
  readonly regions: readonly string[];
  /** Given to the stack or the stack set. */
  readonly given: Value | undefined;
}

/** The template of a stack or a stack set; undefined where it isn't JSON, or isn't known. */
export function templateOf({ template_body: body, parameters: given }: Values): Readable | undefined {
  const template = parsed(body);
  if (!isValues(template) || !isValues(template.Resources)) return undefined;
  return { template, regions: regionsNamed(template.Conditions), given };
}

/**
 * What a template deploys in a region.
 *
 * @param region undefined for any that its conditions don't name
 */
export function rolledOut({ template, given }: Readable, region: string | undefined): Template {
  const parameters = parametersOf(template.Parameters, given);
  const resources = new Map<string, RolledOut>();
  for (const [id, resource] of Object.entries(deployedIn(template, region))) {
    if (!isValues(resource)) continue;
    const properties = filled(resource.Properties ?? {}, parameters);
    const text = canonical(filled(resource, parameters));
    const type = typeof resource.Type === "string" ? TYPES[resource.Type] : undefined;
    resources.set(id, { type: type?.type, values: type?.read(properties) ?? {}, text });
    if (type?.type !== "aws_cloudwatch_event_rule") continue;
    for (const target of blocks(properties, "Targets")) {
      const name = `${id}.${textOf(at(target, "Id"))}`;
      resources.set(name, { type: "aws_cloudwatch_event_target", values: targetOf(target), text: "" });
    }
  }
  const rest = Object.entries(template).filter(([part]) => !ASIDE.includes(part));
  return { resources, rest: canonical(filled(Object.fromEntries(rest), parameters)) };
}

const TYPES: Readonly<Record<string, { readonly type: string; readonly read: (properties: Value) => Values }>> = {
  "AWS::Events::Rule": {
    type: "aws_cloudwatch_event_rule",
    read: (of) => ({
      name: textOf(at(of, "Name")),
      event_pattern: textOf(at(of, "EventPattern")),
      schedule_expression: textOf(at(of, "ScheduleExpression")),
      state: textOf(at(of, "State")) || "ENABLED",
      role_arn: textOf(at(of, "RoleArn")),
    }),
  },
  "AWS::SQS::Queue": {
    type: "aws_sqs_queue",
    read: (of) => ({
      message_retention_seconds: at(of, "MessageRetentionPeriod") ?? 345_600,
      delay_seconds: at(of, "DelaySeconds") ?? 0,
      max_message_size: at(of, "MaximumMessageSize") ?? 1_048_576,
      kms_master_key_id: textOf(at(of, "KmsMasterKeyId")),
      sqs_managed_sse_enabled: at(of, "SqsManagedSseEnabled") ?? true,
    }),
  },
  "AWS::SQS::QueuePolicy": {
    type: "aws_sqs_queue_policy",
    read: (of) => ({ policy: textOf(at(of, "PolicyDocument")), queue_url: "of the stack" }),
  },
  "AWS::IAM::Role": {
    type: "aws_iam_role",
    read: (of) => ({
      assume_role_policy: textOf(at(of, "AssumeRolePolicyDocument")),
      inline_policy: blocks(of, "Policies").map((policy) => ({ policy: textOf(at(policy, "PolicyDocument")) })),
      managed_policy_arns: blocks(of, "ManagedPolicyArns").map(textOf),
      permissions_boundary: textOf(at(of, "PermissionsBoundary")),
    }),
  },
};

function targetOf(target: Value): Values {
  const [letters, retries, transformer] = ["DeadLetterConfig", "RetryPolicy", "InputTransformer"].map((name) =>
    at(target, name),
  );
  return {
    arn: textOf(at(target, "Arn")),
    role_arn: textOf(at(target, "RoleArn")),
    input: textOf(at(target, "Input")),
    input_path: textOf(at(target, "InputPath")),
    input_transformer: transformer === undefined ? [] : [transformer],
    dead_letter_config: letters === undefined ? [] : [{ arn: textOf(at(letters, "Arn")) }],
    retry_policy:
      retries === undefined
        ? []
        : [
            {
              maximum_event_age_in_seconds: at(retries, "MaximumEventAgeInSeconds") ?? 86_400,
              maximum_retry_attempts: at(retries, "MaximumRetryAttempts") ?? 185,
            },
          ],
  };
}

function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  const sub = at(value, "Fn::Sub");
  if (typeof sub === "string") return sub;
  return typeof value === "string" ? value : canonical(value);
}

/** What each parameter is: given to the stack, or by default. */
function parametersOf(declared: Value | undefined, given: Value | undefined): ReadonlyMap<string, string> {
  // Any partition is as good: it stays what it is.
  const found = new Map([["AWS::Partition", "aws"]]);
  for (const [name, parameter] of Object.entries(isValues(declared) ? declared : {})) {
    const value = at(given, name) ?? at(parameter, "Default");
    if (value === UNKNOWN) continue;
    if (typeof value === "string" || typeof value === "number") found.set(name, String(value));
  }
  return found;
}

/** A value with the parameters put in that are known. */
function filled(value: Value, parameters: ReadonlyMap<string, string>): Value {
  if (Array.isArray(value)) return value.map((each) => filled(each, parameters));
  if (!isValues(value)) return value;
  const { Ref: ref, "Fn::Sub": sub } = value;
  if (typeof ref === "string" && Object.keys(value).length === 1) return parameters.get(ref) ?? value;
  if (typeof sub === "string") {
    const text = sub.replace(/\$\{([A-Za-z0-9:]+)\}/g, (whole, name: string) => parameters.get(name) ?? whole);
    return { "Fn::Sub": text };
  }
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, filled(field ?? null, parameters)]));
}
