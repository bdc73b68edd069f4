import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { resources } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import { catalogue } from "../../detection/catalogue/catalogue";
import { hasRule } from "../../detection/definition/detection";
import { SUBSCRIBERS, synthesizeStack } from "./synthesize-stack";

const stack = synthesizeStack();

/**
 * What a user's Terraform state holds, the detections' rules and targets aside. A changed line here destroys and replaces
 * that resource of theirs.
 */
const ADDRESSES = [
  "aws_cloudtrail.Trail_8987F129",
  "aws_cloudwatch_log_group.AlertFunction_LogGroup_20E0764D",
  "aws_cloudwatch_log_group.TrailLogGroup_A108A5B4",
  "aws_cloudwatch_log_metric_filter.Alarms_FindingsMetric_23446672",
  "aws_cloudwatch_metric_alarm.Alarms_AlertsUndelivered_84644B5B",
  "aws_cloudwatch_metric_alarm.Alarms_DeliveriesDeadLetters_0047ED6D",
  "aws_cloudwatch_metric_alarm.Alarms_EventsDeadLetters_468F0F31",
  "aws_cloudwatch_metric_alarm.Alarms_Findings_785C09B0",
  "aws_cloudwatch_metric_alarm.Alarms_FunctionErrors_9E33D071",
  "aws_cloudwatch_metric_alarm.Alarms_InvocationDeadLetters_0778791F",
  "aws_cloudwatch_metric_alarm.Alarms_Silence_BE6E44E3",
  "aws_cloudwatch_metric_alarm.Alarms_StoppedClock_F761B8F5",
  "aws_cloudwatch_metric_alarm.Alarms_SubscriptionDeadLetters_9A6BEC82",
  "aws_cloudwatch_metric_alarm.Alarms_TargetDeadLetters_DED74A31",
  "aws_cloudwatch_metric_alarm.Alarms_UrgentUndelivered_281861C3",
  "aws_dynamodb_table.SeenTable_E0593B5B",
  "aws_iam_role.AlertFunction_Role_69AED6D0",
  "aws_iam_role.Schedules_Role_4691E2BA",
  "aws_iam_role.TrailLogGroup_Role_3768C9AF",
  "aws_iam_role_policy.AlertFunction_RolePolicy_1EC0B157",
  "aws_iam_role_policy.Schedules_RolePolicy_37308D1D",
  "aws_iam_role_policy.TrailLogGroup_RolePolicy_39BC9AAD",
  "aws_kms_alias.AlertsKey_Alias_62DD22C9",
  "aws_kms_alias.ArchiveKey_Alias_EFB81336",
  "aws_kms_key.AlertsKey_5B861B41",
  "aws_kms_key.ArchiveKey_5C51534B",
  "aws_lambda_event_source_mapping.AlertFunction_DeliveriesMapping_326B87D9",
  "aws_lambda_event_source_mapping.AlertFunction_EventsMapping_CE36841B",
  "aws_lambda_function.AlertFunction_49E4A01B",
  "aws_s3_bucket.LogArchive_Bucket_4CEEDFB3",
  "aws_s3_bucket_lifecycle_configuration.LogArchive_Lifecycle_D9FE28CB",
  "aws_s3_bucket_ownership_controls.LogArchive_Ownership_F9690093",
  "aws_s3_bucket_policy.LogArchive_Policy_A06CF80A",
  "aws_s3_bucket_public_access_block.LogArchive_PublicAccessBlock_D1EA7B4D",
  "aws_s3_bucket_server_side_encryption_configuration.LogArchive_Encryption_AC4CCA74",
  "aws_s3_bucket_versioning.LogArchive_Versioning_41EF2975",
  "aws_scheduler_schedule.Schedules_CloseWindows_5A53203E",
  "aws_scheduler_schedule.Schedules_SendDigest_3137FC43",
  "aws_scheduler_schedule_group.Schedules_Group_C7F67308",
  "aws_sns_topic.AlertsTopic_A61BB229",
  "aws_sns_topic.DeliveriesTopic_D4057686",
  "aws_sns_topic.UrgentTopic_2C2CF12D",
  "aws_sns_topic_policy.AlertsTopic_Policy_90A9AE19",
  "aws_sns_topic_policy.DeliveriesTopic_Policy_0A4122F0",
  "aws_sns_topic_policy.UrgentTopic_Policy_1957D659",
  "aws_sns_topic_subscription.DeliveriesSubscription_0CC32809",
  "aws_sqs_queue.DeliveriesQueue_DeadLetters_Queue_7954161B",
  "aws_sqs_queue.DeliveriesQueue_EDD0B0C7",
  "aws_sqs_queue.EventsQueue_724D86F7",
  "aws_sqs_queue.EventsQueue_DeadLetters_Queue_255E02B2",
  "aws_sqs_queue.InvocationDeadLetters_Queue_6304EF4B",
  "aws_sqs_queue.SubscriptionDeadLetters_Queue_25AEF0C0",
  "aws_sqs_queue.TargetDeadLetters_Queue_74910437",
  "aws_sqs_queue_policy.DeliveriesQueue_DeadLetters_Policy_A2526B9C",
  "aws_sqs_queue_policy.DeliveriesQueue_Policy_E692A780",
  "aws_sqs_queue_policy.EventsQueue_DeadLetters_Policy_05B82DA6",
  "aws_sqs_queue_policy.EventsQueue_Policy_D6D52C60",
  "aws_sqs_queue_policy.InvocationDeadLetters_Policy_66ED49F1",
  "aws_sqs_queue_policy.SubscriptionDeadLetters_Policy_E0BFC92B",
  "aws_sqs_queue_policy.TargetDeadLetters_Policy_7B5DDA1F",
  "aws_sqs_queue_redrive_allow_policy.DeliveriesQueue_RedriveAllowPolicy_C42358C6",
  "aws_sqs_queue_redrive_allow_policy.EventsQueue_RedriveAllowPolicy_6766744F",
];

/** A rule and its target per detection. */
const ofDetections = catalogue.filter(hasRule).flatMap(({ id, route }) => {
  const name = id.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
  return [
    `aws_cloudwatch_event_rule.${inDetectionRules(name)}`,
    `aws_cloudwatch_event_target.${inDetectionRules(`${name}Queue`)}`,
    ...(route === "topic" ? [`aws_cloudwatch_event_target.${inDetectionRules(`${name}Topic`)}`] : []),
  ];
});

/** CDKTF's id of a child of the construct "DetectionRules": its path, and what begins the path's MD5. */
function inDetectionRules(name: string): string {
  const hash = createHash("md5").update(`DetectionRules/${name}`).digest("hex");
  return `DetectionRules_${name}_${hash.slice(0, 8).toUpperCase()}`;
}

function addressesOf(synthesized: typeof stack): readonly string[] {
  return resources(synthesized)
    .map(({ address }) => address)
    .sort();
}

test("the stack has exactly these resources, at these addresses", () => {
  expect(addressesOf(stack)).toEqual([...ADDRESSES, ...ofDetections].sort());
});

test("the rules that the first release had are where they were", () => {
  const addresses = resources(stack).map(({ address }) => address);

  expect(addresses).toEqual(
    expect.arrayContaining([
      "aws_cloudwatch_event_rule.DetectionRules_RootGetCallerIdentity_632C4AA1",
      "aws_cloudwatch_event_target.DetectionRules_RootGetCallerIdentityQueue_E8C6E4FB",
      "aws_cloudwatch_event_target.DetectionRules_RootGetCallerIdentityTopic_F89728A4",
      "aws_cloudwatch_event_rule.DetectionRules_TrailStopped_E88F079A",
      "aws_cloudwatch_event_target.DetectionRules_TrailStoppedQueue_AFEBB852",
    ]),
  );
});

test("the stack has exactly this many resources of each type", () => {
  const counts = Object.entries(stack.resource).map(([type, byId]) => [type, Object.keys(byId).length]);

  expect(Object.fromEntries(counts)).toEqual({
    aws_cloudtrail: 1,
    aws_cloudwatch_event_rule: catalogue.filter(hasRule).length,
    aws_cloudwatch_event_target: catalogue.filter(hasRule).length + 1,
    aws_cloudwatch_log_group: 2,
    aws_cloudwatch_log_metric_filter: 1,
    aws_cloudwatch_metric_alarm: 11,
    aws_dynamodb_table: 1,
    aws_iam_role: 3,
    aws_iam_role_policy: 3,
    aws_kms_alias: 2,
    aws_kms_key: 2,
    aws_lambda_event_source_mapping: 2,
    aws_lambda_function: 1,
    aws_s3_bucket: 1,
    aws_s3_bucket_lifecycle_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
    aws_scheduler_schedule: 2,
    aws_scheduler_schedule_group: 1,
    aws_sns_topic: 3,
    aws_sns_topic_policy: 3,
    aws_sns_topic_subscription: 1,
    aws_sqs_queue: 7,
    aws_sqs_queue_policy: 7,
    aws_sqs_queue_redrive_allow_policy: 2,
  });
});

test("a subscriber adds two subscriptions and nothing else", () => {
  const added = resources(synthesizeStack({ subscribers: SUBSCRIBERS.slice(0, 1) })).filter(
    ({ address }) => !resources(stack).some((known) => known.address === address),
  );

  expect(added.map(({ type }) => type)).toEqual(["aws_sns_topic_subscription", "aws_sns_topic_subscription"]);
});

test("no configured name changes an address", () => {
  const named = synthesizeStack({
    region: "eu-west-1",
    namePrefix: "guard",
    trailName: "Other",
    bucketName: "other-bucket",
    alertsTopicName: "OtherAlerts",
    urgentTopicName: "OtherUrgent",
    tags: { team: "security" },
  });

  expect(addressesOf(named)).toEqual(addressesOf(stack));
});

test("the stack asks for account and partition and nothing else", () => {
  expect(stack.data).toEqual({ aws_caller_identity: { Account: {} }, aws_partition: { Partition: {} } });
});

describe("the provider", () => {
  test("has the configured region and puts the configured tags on everything", () => {
    expect(synthesizeStack({ region: "eu-west-1", tags: { team: "security" } }).provider).toEqual({
      aws: [{ region: "eu-west-1", default_tags: [{ tags: { team: "security" } }] }],
    });
  });

  test("is not asked for the region of whoever synthesizes", () => {
    const { AWS_REGION } = process.env;
    process.env.AWS_REGION = "ap-south-1";
    try {
      expect(synthesizeStack()).toEqual(stack);
    } finally {
      if (AWS_REGION === undefined) delete process.env.AWS_REGION;
      else process.env.AWS_REGION = AWS_REGION;
    }
  });
});

test("the region appears in every ARN that is built from names", () => {
  const text = JSON.stringify(synthesizeStack({ region: "eu-west-1" }));

  expect(text).not.toContain("us-east-1");
});

test("the prefix begins every name that is not a key of the configuration", () => {
  const named = synthesizeStack({ namePrefix: "guard", bucketName: "other-bucket", regions: ["eu-west-1"] });
  const names = resources(named).flatMap(({ type, attributes }) =>
    type === "aws_cloudtrail" || type === "aws_iam_role_policy"
      ? []
      : [attributes.name, attributes.function_name].filter((name) => typeof name === "string"),
  );

  expect(names.filter((name) => !/^(guard-|alias\/guard-|\/aws\/lambda\/guard-|\$\{)/.test(name)).sort()).toEqual([
    "/aws/cloudtrail/MyCloudTrail",
    "APICallAlert",
    "cloudtrail-alerts-demo",
  ]);
});

test("the outputs say what was made", () => {
  expect(Object.keys(stack.output)).toEqual([
    "alerts_topic_arn",
    "function_name",
    "log_archive_bucket",
    "trail_arn",
    "urgent_topic_arn",
  ]);
});

test("no path of the machine that synthesizes stands in the JSON", () => {
  const absolute = strings(stack).filter((text) => /^(\/|[A-Z]:\\)/.test(text));

  expect(absolute.sort()).toEqual(["/aws/cloudtrail/MyCloudTrail", "/aws/lambda/trailwarden-alerts"]);
  expect(JSON.stringify(stack)).not.toContain(process.cwd());
});
