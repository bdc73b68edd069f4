import { describe, expect, test } from "@jest/globals";
import { opened } from "../../plan-review/policy/opened";
import { type Statement, statementsOf } from "../../plan-review/policy/statements";
import { entry, ids, planWith, review, valuesOf } from "./plans";

const TRAIL_ARN = "arn:aws:cloudtrail:us-east-1:123456789012:trail/main";

function policy(...statements: readonly object[]): readonly Statement[] {
  return statementsOf(JSON.stringify({ Statement: statements })) ?? [];
}

const writes = {
  Sid: "Write",
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/AWSLogs/*",
  Condition: { StringEquals: { "aws:SourceArn": TRAIL_ARN } },
};

describe("everyone", () => {
  const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
  const on = (Condition: object) => ({ ...open, Condition });

  test.each([
    ["*", open],
    ["any AWS principal", { ...open, Principal: { AWS: ["*"] } }],
    ["all but someone", { ...open, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::1:root" } }],
    ["on terms that say nothing of who", on({ StringEquals: { "s3:x-amz-acl": "private" } })],
    ["on terms that anyone meets", on({ StringLike: { "aws:SourceArn": "*" } })],
    ["from anywhere", on({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } })],
    ["but one", on({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } })],
    ["where the term is there at all", on({ StringEqualsIfExists: { "aws:SourceAccount": "1" } })],
  ])("is allowed: %s", (_, statement) => {
    expect(opened(policy(writes), policy(writes, statement))).toHaveLength(1);
    expect(opened(policy(writes, statement), policy(writes, { ...statement, Sid: "renamed" }))).toEqual([]);
  });

  test.each([
    ["one account", { ...open, Principal: { AWS: "arn:aws:iam::1:root" } }],
    ["an organization", on({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
    ["the account, by its resources", on({ StringEquals: { "AWS:SourceOwner": "123456789012" } })],
    ["a network", on({ IpAddress: { "aws:SourceIp": "192.0.2.0/24" } })],
    ["a denial", { ...open, Effect: "Deny" }],
  ])("is not: %s", (_, statement) => {
    expect(opened(policy(writes), policy(writes, statement))).toEqual([]);
  });

  test("is not newly allowed by what lets everyone do less than before", () => {
    expect(opened(policy({ ...open, Action: ["s3:GetObject", "s3:PutObject"] }), policy(open))).toEqual([]);
  });

  test("is allowed by a policy that overwrites one of an existing bucket", () => {
    const bucket = valuesOf("aws_s3_bucket.audit");
    const statement = JSON.stringify({ Statement: [open] });
    const policies = entry("aws_s3_bucket_policy.new", ["create"], null, { bucket: bucket.bucket, policy: statement });

    expect(ids(review(planWith([policies])).refused)).toEqual([
      "aws_s3_bucket_policy.new#policy-statement",
      "aws_s3_bucket_policy.new#policy-opened",
    ]);
  });

  test("is allowed by a public ACL, and by a permission of a function without a source", () => {
    const acl = entry("aws_s3_bucket_acl.new", ["create"], null, { bucket: "audit-logs", acl: "public-read" });
    const may = (more: object) =>
      entry("aws_lambda_permission.new", ["create"], null, { function_name: "judge", principal: "*", ...more });

    expect(ids(review(planWith([acl, may({})])).refused)).toEqual([
      "aws_s3_bucket_acl.new#policy-opened",
      "aws_lambda_permission.new#policy-opened",
    ]);
    expect(ids(review(planWith([may({ source_account: "123456789012" })])).refused)).toEqual([]);
  });
});
