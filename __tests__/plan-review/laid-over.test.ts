import { describe, expect, test } from "@jest/globals";
import { besides, type Entry, entry, ids, NOTHING, review, valuesOf } from "./plans";

function created(address: string, values: object, more: object = {}): Entry {
  return entry(address, ["create"], null, values, { after_unknown: { id: true }, ...more });
}

describe("a setting of what stands in another state", () => {
  const trail = {
    ...valuesOf("module.audit.aws_cloudtrail.main"),
    s3_bucket_name: "elsewhere",
    cloud_watch_logs_group_arn: "",
    kms_key_id: "",
  };
  const refused = (...resource_changes: readonly Entry[]) =>
    ids(
      review({ format_version: "1.2", resource_changes: [besides("aws_cloudtrail.main", trail), ...resource_changes] })
        .refused,
    );
  const allowing = (more: object, ...others: readonly object[]) =>
    JSON.stringify({
      Statement: [
        { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:*", Resource: "*", ...more },
        ...others.map((other) => ({ Resource: "*", ...other })),
      ],
    });
  const tls = JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

  test.each([
    ["aws_s3_bucket_policy", { policy: tls }],
    ["aws_s3_bucket_policy", { policy: allowing({ Action: "s3:GetBucketAcl" }) }],
    ["aws_s3_bucket_policy", { policy: allowing({}, { Effect: "Deny", Principal: "*", Action: "s3:Put*" }) }],
    ["aws_s3_bucket_versioning", { versioning_configuration: [{ status: "Suspended" }] }],
    ["aws_s3_bucket_public_access_block", { block_public_acls: true }],
  ])("%s is refused, where the monitoring uses that", (type, values) => {
    expect(refused(created(`${type}.new`, { bucket: "elsewhere", ...values }))).toEqual([`${type}.new#laid-over`]);
    expect(refused(created(`${type}.new`, { bucket: "website", ...values }))).toEqual([]);
  });

  test.each([
    ["policy", { policy: allowing({}) }],
    ["policy", { policy: allowing({}, { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject" }) }],
    ["logging", { target_bucket: "other", target_prefix: "" }],
    ["object_lock_configuration", { rule: [] }],
    ["replication_configuration", { rule: [] }],
    ["server_side_encryption_configuration", { rule: [] }],
  ])("%s %j is indeterminate", (setting, values) => {
    const laid = (bucket: string) => {
      const resource_changes = [
        besides("aws_cloudtrail.main", trail),
        created(`aws_s3_bucket_${setting}.new`, { bucket, ...values }),
      ];
      const { refused, indeterminate } = review({ format_version: "1.2", resource_changes });
      return { refused: ids(refused), indeterminate: ids(indeterminate) };
    };

    expect(laid("elsewhere")).toEqual({ refused: [], indeterminate: [`aws_s3_bucket_${setting}.new#laid-over`] });
    expect(laid("website")).toEqual(NOTHING);
  });

  test("which makes it stronger is fine", () => {
    const flags = {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    const versioned = { bucket: "elsewhere", versioning_configuration: [{ status: "Enabled" }] };

    expect(refused(created("aws_s3_bucket_public_access_block.new", { bucket: "elsewhere", ...flags }))).toEqual([]);
    expect(refused(created("aws_s3_bucket_versioning.new", versioned))).toEqual([]);
  });

  test("that denies a role everything is refused", () => {
    const role = { ...trail, cloud_watch_logs_role_arn: "arn:aws:iam::111122223333:role/trail-to-logs" };
    const laid = (more: object) => {
      const policy = JSON.stringify({ Statement: [{ Effect: "Deny", Action: "*", Resource: "*", ...more }] });
      const { refused, indeterminate } = review({
        format_version: "1.2",
        resource_changes: [
          besides("aws_cloudtrail.main", role),
          created("aws_iam_role_policy.new", { role: "trail-to-logs", name: "new", policy }),
        ],
      });
      return { refused: ids(refused), indeterminate: ids(indeterminate) };
    };
    const id = "aws_iam_role_policy.new#role-permissions";

    expect(laid({})).toEqual({ refused: [id], indeterminate: [] });
    expect(laid({ Action: "logs:*" })).toEqual({ refused: [], indeterminate: [id] });
    expect(laid({ Effect: "Allow" })).toEqual(NOTHING);
  });

  test("that someone took away, and the plan puts back, is fine", () => {
    const values = { bucket: "elsewhere", policy: tls };
    const resource_drift = [entry("aws_s3_bucket_policy.new", ["delete"], values, null)];
    const plan = {
      format_version: "1.2",
      resource_changes: [besides("aws_cloudtrail.main", trail), created("aws_s3_bucket_policy.new", values)],
    };

    expect(ids(review({ ...plan, resource_drift }).refused)).toEqual([]);
    expect(ids(review(plan).refused)).toEqual(["aws_s3_bucket_policy.new#laid-over"]);
  });

  test("of a new trail is fine", () => {
    const plan = {
      format_version: "1.2",
      resource_changes: [
        created("aws_cloudtrail.new", trail),
        created("aws_s3_bucket_policy.new", { bucket: "elsewhere", policy: tls }),
      ],
    };

    expect(ids(review(plan).refused)).toEqual([]);
  });

  test.each([
    ["aws_sns_topic_policy", "arn", "arn:aws-us-gov:sns:us-gov-west-1:123456789012:security"],
    ["aws_sqs_queue_policy", "queue_url", "https://sqs.us-gov-west-1.amazonaws.com/123456789012/security"],
  ])("%s is refused without what a rule needs, in any partition", (type, attribute, value) => {
    const service = type.includes("sns") ? "sns" : "sqs";
    const rule = besides("aws_cloudwatch_event_rule.iam", { name: "iam", event_pattern: '{"source":["aws.iam"]}' });
    const arn = `arn:aws-us-gov:${service}:us-gov-west-1:123456789012:security`;
    const target = besides("aws_cloudwatch_event_target.iam", { rule: "iam", arn });
    const policy = (Service: string) =>
      JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service }, Action: "*", Resource: "*" }] });

    expect(
      refused(rule, target, created(`${type}.new`, { [attribute]: value, policy: policy("s3.amazonaws.com") })),
    ).toEqual([`${type}.new#laid-over`]);
    expect(
      refused(rule, target, created(`${type}.new`, { [attribute]: value, policy: policy("events.amazonaws.com") })),
    ).toEqual([]);
  });
});
