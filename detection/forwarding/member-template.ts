import type { Forwarder } from "./forwarder";

/** The longest template that CloudFormation takes in a request. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const MAX_TEMPLATE_BYTES = 51_200;

/** The longest that SQS keeps a message: 14 days. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 3600;
/** How long EventBridge tries again: as long as it does without being asked, written down so that it stays. */
const RETRY_SECONDS = 24 * 3600;
const RETRIES = 185;

/** Characters of JSON that are easily read on one line. */
const SHORT = 100;

/** The template would be longer than CloudFormation takes. */
export class MemberTemplateError extends Error {
  override readonly name = "MemberTemplateError";
}

export interface MemberTemplateProps {
  readonly forwarders: readonly Forwarder[];
  /** Starts every name, unless the stack's parameter says another. */
  readonly namePrefix: string;
  /** Where the central account's event bus is. */
  readonly homeRegion: string;
  /** The partition's region of IAM's events: forwarders of `globalRegion` are deployed there alone. */
  readonly globalRegion: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The CloudFormation template of a member account: forwarders to the central account's default event bus, of one region.
 * Stacks of different regions share nothing, so that they may be deployed in any order. In the central account it makes
 * nothing: that account's own forwarders are its stack's, and a second one would pass each event twice.
 *
 * @returns JSON, the same for the same forwarders, byte for byte
 * @throws MemberTemplateError when it is longer than 51,200 bytes
 */
export function memberTemplate({ forwarders, namePrefix, homeRegion, globalRegion }: MemberTemplateProps): string {
  const names = forwarders.map((_, index) => `forward-${index + 1}`);
  const bus = sub(`arn:\${AWS::Partition}:events:${homeRegion}:\${CentralAccount}:event-bus/default`);
  const rules = forwarders.map(({ pattern, state, where }, index): readonly [string, Json] => [
    `Forward${index + 1}`,
    {
      Type: "AWS::Events::Rule",
      Condition: where === "globalRegion" ? "SendsGlobalEvents" : "Sends",
      Properties: {
        Name: named(names[index] ?? ""),
        Description: "Passes events to the central account, where trailwarden evaluates them",
        State: state,
        EventPattern: pattern,
        Targets: [
          {
            Id: "central",
            Arn: bus,
            RoleArn: attribute("Role", "Arn"),
            DeadLetterConfig: { Arn: attribute("DeadLetters", "Arn") },
            RetryPolicy: { MaximumEventAgeInSeconds: RETRY_SECONDS, MaximumRetryAttempts: RETRIES },
          },
        ],
      },
    },
  ]);
  const ruleArns = forwarders.map(({ where }, index) => {
    const arn = sub(
      `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/\${NamePrefix}-${names[index]}`,
    );
    return where === "globalRegion" ? { "Fn::If": ["SendsGlobalEvents", arn, { Ref: "AWS::NoValue" }] } : arn;
  });
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "trailwarden: passes events of this account and region to the central account's event bus",
    Parameters: {
      CentralAccount: {
        Type: "String",
        Description: "Id of the account in which trailwarden is deployed",
        AllowedPattern: "^[0-9]{12}$",
        ConstraintDescription: "must be an account id of 12 digits",
      },
      NamePrefix: {
        Type: "String",
        Description: "Starts every name; the same as trailwarden's namePrefix in the central account",
        Default: namePrefix,
        AllowedPattern: "^[a-z][a-z0-9-]{0,18}[a-z0-9]$",
        ConstraintDescription: "must be 2 to 20 lower-case letters, digits and -",
      },
    },
    Conditions: conditions(forwarders, globalRegion),
    Resources: {
      // In the central account every other resource is left out, and CloudFormation takes no stack without any.
      Always: { Type: "AWS::CloudFormation::WaitConditionHandle" },
      DeadLetters: {
        Type: "AWS::SQS::Queue",
        Condition: "Sends",
        Properties: {
          QueueName: named("forward-dlq"),
          SqsManagedSseEnabled: true,
          MessageRetentionPeriod: DEAD_LETTER_RETENTION_SECONDS,
        },
      },
      DeadLettersPolicy: {
        Type: "AWS::SQS::QueuePolicy",
        Condition: "Sends",
        Properties: {
          Queues: [{ Ref: "DeadLetters" }],
          PolicyDocument: policy(
            {
              Sid: "EventsSends",
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: attribute("DeadLetters", "Arn"),
              Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
            },
            {
              Sid: "DenyInsecureTransport",
              Effect: "Deny",
              Principal: "*",
              Action: "sqs:*",
              Resource: attribute("DeadLetters", "Arn"),
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ),
        },
      },
      Role: {
        Type: "AWS::IAM::Role",
        Condition: "Sends",
        Properties: {
          // IAM is global: the region keeps the names of an account's stacks apart.
          RoleName: sub("${NamePrefix}-forward-${AWS::Region}"),
          Description: "Lets trailwarden's forwarders send to the central account's event bus",
          AssumeRolePolicyDocument: policy({
            Sid: "AssumedByForwarders",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
              ArnEquals: { "aws:SourceArn": ruleArns },
            },
          }),
          Policies: [
            {
              PolicyName: "forward",
              PolicyDocument: policy({
                Sid: "SendsToCentralBus",
                Effect: "Allow",
                Action: "events:PutEvents",
                Resource: bus,
              }),
            },
          ],
        },
      },
      ...Object.fromEntries(rules),
    },
  };
  return withinLimit(`${printed(template, "")}\n`, forwarders.length);
}

/** As JSON for people to read: what is short stands on one line, and so does every pattern, which would fill pages. */
function printed(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (line.length <= SHORT || typeof value !== "object" || value === null) return line;
  const inner = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((each) => printed(each, inner))
    : Object.entries(value).map(
        ([key, each]) =>
          `${JSON.stringify(key)}: ${key === "EventPattern" ? JSON.stringify(each) : printed(each, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

function withinLimit(text: string, count: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEMPLATE_BYTES) {
    throw new MemberTemplateError(
      `the member accounts' template would have ${bytes} bytes (${count} forwarders), CloudFormation takes at most ${MAX_TEMPLATE_BYTES}: disable detections, or shorten the patterns of custom ones`,
    );
  }
  return text;
}

function conditions(forwarders: readonly Forwarder[], globalRegion: string): Json {
  return {
    Sends: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "AWS::AccountId" }, { Ref: "CentralAccount" }] }] },
    ...(forwarders.some(({ where }) => where === "globalRegion") && {
      SendsGlobalEvents: {
        "Fn::And": [{ Condition: "Sends" }, { "Fn::Equals": [{ Ref: "AWS::Region" }, globalRegion] }],
      },
    }),
  };
}

function policy(...statements: readonly Json[]): Json {
  return { Version: "2012-10-17", Statement: statements };
}

function named(thing: string): Json {
  return sub(`\${NamePrefix}-${thing}`);
}

function sub(text: string): Json {
  return { "Fn::Sub": text };
}

function attribute(resource: string, name: string): Json {
  return { "Fn::GetAtt": [resource, name] };
}
