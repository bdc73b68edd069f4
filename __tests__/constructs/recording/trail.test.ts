import { describe, expect, test } from "@jest/globals";
import { statements } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack();
const trail = theAttributes(stack, "aws_cloudtrail");
const logGroup = theResource(stack, "aws_cloudwatch_log_group", "TrailLogGroup");
const role = theResource(stack, "aws_iam_role", "TrailLogGroup_Role");

describe("the trail", () => {
  test("records every region and the global services, and signs its files", () => {
    expect(trail).toMatchObject({
      name: "MyCloudTrail",
      enable_logging: true,
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
    });
  });

  test("has the configured name", () => {
    expect(theAttributes(synthesizeStack({ trailName: "Other" }), "aws_cloudtrail").name).toBe("Other");
  });

  test("writes encrypted files to the log archive", () => {
    expect(trail.kms_key_id).toBe(reference(theResource(stack, "aws_kms_key", "ArchiveKey"), "arn"));
    expect(trail.s3_bucket_name).toBe(reference(theResource(stack, "aws_s3_bucket"), "bucket"));
  });

  test("names the deliveries topic by its name: an ARN would show a difference for ever", () => {
    const topic = theResource(stack, "aws_sns_topic", "DeliveriesTopic");

    expect(trail.sns_topic_name).toBe(reference(topic, "name"));
    expect(topic.attributes.name).toBe("trailwarden-deliveries");
  });

  test("writes to its log group, whose ARN ends with :*", () => {
    expect(trail.cloud_watch_logs_group_arn).toBe(`${reference(logGroup, "arn")}:*`);
    expect(trail.cloud_watch_logs_role_arn).toBe(reference(role, "arn"));
  });

  test("selects all management events, and of data events the deletions in its own bucket alone", () => {
    const bucketArn = reference(theResource(stack, "aws_s3_bucket"), "arn");
    const selectors = trail.advanced_event_selector as readonly { readonly field_selector: unknown }[];

    expect(selectors.map(({ field_selector }) => field_selector)).toEqual([
      [{ field: "eventCategory", equals: ["Management"] }],
      [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        { field: "resources.ARN", starts_with: [`${bucketArn}/`] },
        { field: "eventName", starts_with: ["Delete"] },
      ],
    ]);
  });

  test("has no basic event selector, which the advanced ones exclude", () => {
    expect(trail).not.toHaveProperty("event_selector");
  });

  test("is created after every policy that CloudTrail tries out", () => {
    expect(trail.depends_on).toEqual(
      expect.arrayContaining([
        theResource(stack, "aws_s3_bucket_policy").address,
        theResource(stack, "aws_sns_topic_policy", "DeliveriesTopic_Policy").address,
        theResource(stack, "aws_iam_role_policy", "TrailLogGroup_RolePolicy").address,
      ]),
    );
  });
});

describe("the trail's role", () => {
  const policies = resources(stack, "aws_iam_role_policy").filter(
    ({ attributes }) => attributes.role === reference(role, "name"),
  );

  test("can be assumed by CloudTrail alone", () => {
    expect(statements(role, "assume_role_policy")).toMatchObject([
      { effect: "Allow", principal: { Service: "cloudtrail.amazonaws.com" }, actions: ["sts:AssumeRole"] },
    ]);
  });

  test("may create streams of its log group and write to them, and nothing else", () => {
    const group = `arn:${PARTITION}:logs:us-east-1:${ACCOUNT}:log-group:/aws/cloudtrail/MyCloudTrail`;

    expect(policies.flatMap((policy) => statements(policy))).toEqual([
      expect.objectContaining({
        effect: "Allow",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`${group}:log-stream:${ACCOUNT}_CloudTrail_*`],
      }),
    ]);
  });

  test("writes to the group that the trail is told", () => {
    expect(logGroup.attributes.name).toBe("/aws/cloudtrail/MyCloudTrail");
  });
});

describe("every log group", () => {
  const groups = resources(stack, "aws_cloudwatch_log_group");

  test("is encrypted with the archive key", () => {
    const keyArn = reference(theResource(stack, "aws_kms_key", "ArchiveKey"), "arn");

    expect(groups.map(({ attributes }) => attributes.kms_key_id)).toEqual([keyArn, keyArn]);
  });

  test("keeps its events for a year, or as long as is configured", () => {
    const configured = resources(synthesizeStack({ logGroupRetentionDays: 731 }), "aws_cloudwatch_log_group");

    expect(groups.map(({ attributes }) => attributes.retention_in_days)).toEqual([365, 365]);
    expect(configured.map(({ attributes }) => attributes.retention_in_days)).toEqual([731, 731]);
  });
});
