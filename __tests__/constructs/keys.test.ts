import { describe, expect, test } from "@jest/globals";
import { statements, theStatement } from "../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../assertions/resources";
import { ACCOUNT, PARTITION, synthesizeStack, TRAIL_ARN } from "./synthesize-stack";

const stack = synthesizeStack();
const archiveKey = theResource(stack, "aws_kms_key", "ArchiveKey");
const alertsKey = theResource(stack, "aws_kms_key", "AlertsKey");

describe("every key", () => {
  test("is rotated and can be saved for 30 days after its deletion", () => {
    for (const { attributes } of resources(stack, "aws_kms_key")) {
      expect(attributes).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    }
  });

  test("stays under the account's administration", () => {
    for (const key of resources(stack, "aws_kms_key")) {
      expect(theStatement(key, "AccountAdministersKey")).toMatchObject({
        effect: "Allow",
        principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` },
        actions: ["kms:*"],
        resources: ["*"],
      });
    }
  });

  test("has an alias that says what it is for", () => {
    expect(
      resources(stack, "aws_kms_alias").map(({ attributes }) => [attributes.name, attributes.target_key_id]),
    ).toEqual([
      ["alias/trailwarden-alerts", reference(alertsKey, "key_id")],
      ["alias/trailwarden-archive", reference(archiveKey, "key_id")],
    ]);
  });
});

describe("the archive key", () => {
  test("lets in CloudTrail and CloudWatch Logs, no other service", () => {
    expect(statements(archiveKey).map(({ sid, services }) => [sid, ...services])).toEqual([
      ["AccountAdministersKey"],
      ["CloudTrailEncryptsLogFiles", "cloudtrail.amazonaws.com"],
      ["CloudTrailReadsKey", "cloudtrail.amazonaws.com"],
      ["CloudTrailPublishesDeliveries", "cloudtrail.amazonaws.com"],
      ["LogGroupsEncrypt", "logs.us-east-1.amazonaws.com"],
    ]);
  });

  test("encrypts log files for this trail, in its encryption context", () => {
    expect(theStatement(archiveKey, "CloudTrailEncryptsLogFiles")).toMatchObject({
      actions: ["kms:GenerateDataKey*"],
      condition: {
        StringEquals: { "aws:SourceArn": TRAIL_ARN, "kms:EncryptionContext:aws:cloudtrail:arn": TRAIL_ARN },
      },
    });
  });

  test("is read and described for this trail", () => {
    expect(theStatement(archiveKey, "CloudTrailReadsKey")).toMatchObject({
      actions: ["kms:Decrypt", "kms:DescribeKey"],
      condition: { StringEquals: { "aws:SourceArn": TRAIL_ARN } },
    });
  });

  test("encrypts this trail's notices without the encryption context, which is the topic's then", () => {
    const { actions, condition } = theStatement(archiveKey, "CloudTrailPublishesDeliveries");

    expect(actions).toEqual(["kms:GenerateDataKey*", "kms:Decrypt"]);
    expect(condition).toEqual({ StringEquals: { "aws:SourceArn": TRAIL_ARN } });
  });

  test("encrypts exactly the stack's log groups", () => {
    const groups = resources(stack, "aws_cloudwatch_log_group").map(
      ({ attributes }) => `arn:${PARTITION}:logs:us-east-1:${ACCOUNT}:log-group:${attributes.name}`,
    );
    const { condition } = theStatement(archiveKey, "LogGroupsEncrypt");

    expect(Object.keys(condition)).toEqual(["ArnEquals"]);
    expect(condition.ArnEquals?.["kms:EncryptionContext:aws:logs:arn"]).toHaveLength(groups.length);
    expect(condition.ArnEquals?.["kms:EncryptionContext:aws:logs:arn"]).toEqual(expect.arrayContaining(groups));
  });

  test("lets in the log service of the configured region", () => {
    const key = theResource(synthesizeStack({ region: "eu-west-1" }), "aws_kms_key", "ArchiveKey");

    expect(theStatement(key, "LogGroupsEncrypt").services).toEqual(["logs.eu-west-1.amazonaws.com"]);
  });
});

describe("the alerts key", () => {
  test("encrypts what the function remembers and what it is told by the clock", () => {
    const keyArn = reference(alertsKey, "arn");

    expect(theAttributes(stack, "aws_dynamodb_table").server_side_encryption).toEqual({
      enabled: true,
      kms_key_arn: keyArn,
    });
    for (const { attributes } of resources(stack, "aws_scheduler_schedule")) {
      expect(attributes.kms_key_arn).toBe(keyArn);
    }
  });

  test("lets in EventBridge and CloudWatch's alarms, no other service", () => {
    expect(statements(alertsKey).map(({ sid, services }) => [sid, ...services])).toEqual([
      ["AccountAdministersKey"],
      ["EventBridgePublishes", "events.amazonaws.com"],
      ["AlarmsPublish", "cloudwatch.amazonaws.com"],
    ]);
  });

  test("encrypts for EventBridge without a condition, because it sends no source", () => {
    expect(theStatement(alertsKey, "EventBridgePublishes")).toMatchObject({
      actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
      condition: {},
    });
    expect(theStatement(alertsKey, "EventBridgePublishes").condition).toEqual({});
  });

  test("encrypts for alarms of this account", () => {
    expect(theStatement(alertsKey, "AlarmsPublish")).toMatchObject({
      actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
      condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    });
  });
});
