import { describe, expect, test } from "@jest/globals";
import type { ConfiguredChannel } from "../../../alerting/channels/configured-channel";
import { statements } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { Deployment } from "../../../constructs/deployment/deployment";
import { channelStatements } from "../../../constructs/notifier/channel-permissions";
import { KINDS } from "../../config/channel-kinds";
import { ACCOUNT, CHANNELS, PARTITION, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack({}, { unchecked: { channels: CHANNELS } });
const chatless = synthesizeStack({}, { unchecked: { channels: CHANNELS.filter(({ type }) => type !== "amazon-q") } });
const policy = theResource(stack, "aws_iam_role_policy", "Notifier_RolePolicy");

function allowed(synthesized: SynthesizedStack): readonly string[] {
  return statements(theResource(synthesized, "aws_iam_role_policy", "Notifier_RolePolicy")).flatMap(
    ({ actions, resources: on }) => actions.flatMap((action) => on.map((arn) => `${action} ${arn}`)),
  );
}

describe("the notifier", () => {
  test("may do what it needs for its queue, table, topic and log, and nothing else", () => {
    const arn = (type: string, path: string) => reference(theResource(stack, type, path), "arn");
    const queue = arn("aws_sqs_queue", "ChannelQueue");
    const table = arn("aws_dynamodb_table", "SeenTable");
    const key = arn("aws_kms_key", "AlertsKey");
    const log = arn("aws_cloudwatch_log_group", "Notifier_LogGroup");

    expect(allowed(stack).filter((each) => !/^(secretsmanager|ssm|securityhub):|:key\/\*$/.test(each))).toEqual([
      `sqs:ReceiveMessage ${queue}`,
      `sqs:DeleteMessage ${queue}`,
      `sqs:GetQueueAttributes ${queue}`,
      `sqs:ChangeMessageVisibility ${queue}`,
      `sqs:SendMessage ${arn("aws_sqs_queue", "ChannelQueue_DeadLetters_Queue")}`,
      `dynamodb:GetItem ${table}`,
      `dynamodb:PutItem ${table}`,
      `dynamodb:UpdateItem ${table}`,
      `dynamodb:Query ${table}`,
      `dynamodb:Query ${table}/index/open-closesAt`,
      `kms:Decrypt ${key}`,
      `kms:GenerateDataKey ${key}`,
      `sns:Publish ${arn("aws_sns_topic", "ChatTopic")}`,
      `logs:CreateLogStream ${log}:*`,
      `logs:PutLogEvents ${log}:*`,
    ]);
  });

  test("may read exactly the secrets that channels name", () => {
    const arn = (service: string, resource: string) => `arn:${PARTITION}:${service}:us-east-1:${ACCOUNT}:${resource}`;

    expect(allowed(stack).filter((each) => /^(secretsmanager|ssm):/.test(each))).toEqual([
      "secretsmanager:GetSecretValue arn:aws:secretsmanager:us-east-1:444455556666:secret:hook-AbC123",
      `secretsmanager:GetSecretValue ${arn("secretsmanager", "secret:trailwarden/slack-??????")}`,
      `ssm:GetParameter ${arn("ssm", "parameter/trailwarden/pagerduty")}`,
      "ssm:GetParameter arn:aws:ssm:us-east-1:444455556666:parameter/hook",
    ]);
  });

  test("may decrypt them with customer keys, through the service and for these secrets alone", () => {
    const decrypting = statements(policy).filter(({ sid }) => /^Decrypt(Secrets|Parameters)$/.test(sid));
    const read = statements(policy).filter(({ sid }) => /^Read(Secrets|Parameters)$/.test(sid));

    expect(decrypting.map(({ condition }) => condition)).toEqual([
      {
        StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
        StringLike: { "kms:EncryptionContext:SecretARN": read[0]?.resources },
      },
      {
        StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" },
        StringLike: { "kms:EncryptionContext:PARAMETER_ARN": read[1]?.resources },
      },
    ]);
    for (const { resources: keys } of decrypting) {
      expect([...keys].sort()).toEqual([
        `arn:${PARTITION}:kms:us-east-1:${ACCOUNT}:key/*`,
        `arn:${PARTITION}:kms:us-east-1:444455556666:key/*`,
      ]);
    }
  });

  test("may read no secret where none is named", () => {
    const secretless = synthesizeStack(
      {},
      { unchecked: { channels: CHANNELS.filter(({ secret }) => secret === undefined) } },
    );

    expect(allowed(secretless).filter((each) => /secret|ssm:/i.test(each))).toEqual([]);
  });
});

describe("what channels ask for themselves", () => {
  test("is allowed in this account and region alone", () => {
    expect(allowed(stack).filter((each) => each.startsWith("securityhub:"))).toEqual([
      `securityhub:BatchImportFindings arn:${PARTITION}:securityhub:us-east-1:${ACCOUNT}:product/${ACCOUNT}/default`,
    ]);
  });

  const deployment = new Deployment("aws-us-gov", "111122223333", "us-gov-west-1", "guard");
  const pigeon = (loft: string): ConfiguredChannel => ({
    id: `pigeon-${loft}`,
    type: "pigeon",
    minSeverity: "low",
    settings: { loft },
  });

  test("is filled in, and once for channels of a kind", () => {
    expect(channelStatements([pigeon("L1"), pigeon("L2"), pigeon("L1")], KINDS, deployment)).toEqual([
      {
        Sid: "ReleasePigeons",
        Effect: "Allow",
        Action: ["airship:Release"],
        Resource: ["L1", "L2"].map((loft) => `arn:aws-us-gov:airship:us-gov-west-1:111122223333:loft/${loft}`),
      },
    ]);
  });

  test("has statements of different ids, whatever they call them", () => {
    const [kind] = KINDS;
    const other = {
      ...(kind as (typeof KINDS)[number]),
      type: "dove",
      permissions: () => [{ sid: "ReleasePigeons", actions: ["airship:Land"], resources: ["arn:{partition}:x"] }],
    };
    const dove: ConfiguredChannel = { id: "dove", type: "dove", minSeverity: "low", settings: {} };

    expect(channelStatements([pigeon("L1"), dove], [...KINDS, other], deployment).map(({ Sid }) => Sid)).toEqual([
      "ReleasePigeons",
      "ReleasePigeons1",
    ]);
  });
});

describe("the topic for Amazon Q Developer", () => {
  test("is there where a channel needs it, encrypted, with its ARN as an output", () => {
    const topic = theResource(stack, "aws_sns_topic", "ChatTopic");

    expect(topic.attributes).toMatchObject({
      name: "trailwarden-chat",
      kms_master_key_id: reference(theResource(stack, "aws_kms_key", "AlertsKey"), "arn"),
    });
    expect(stack.output).toMatchObject({ chat_topic_arn: { value: reference(topic, "arn") } });
    expect(allowed(stack)).toContain(`sns:Publish ${reference(topic, "arn")}`);
    expect(
      statements(theResource(stack, "aws_sns_topic_policy", "ChatTopic_Policy")).map(({ effect }) => effect),
    ).toEqual(["Deny"]);
  });

  test("is not there where none does, and then the notifier may publish nothing", () => {
    expect(resources(chatless).filter(({ address }) => address.includes("Chat"))).toEqual([]);
    expect(chatless.output).not.toHaveProperty("chat_topic_arn");
    expect(allowed(chatless).filter((each) => /^sns:|GenerateDataKey/.test(each))).toEqual([]);
    expect(JSON.stringify(theAttributes(chatless, "aws_lambda_function", "Notifier_Function"))).not.toContain("CHAT_");
  });
});
