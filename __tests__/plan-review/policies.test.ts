import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { globCovers } from "../../plan-review/policy/covers";
import { losses } from "../../plan-review/policy/lost";
import { type Statement, statementsOf } from "../../plan-review/policy/statements";
import { changed, entry, ids, planWith, review, valuesOf } from "./plans";

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

function lost(before: readonly object[], after: readonly object[]): readonly string[] {
  return losses(
    policy(...before),
    policy(...after),
    (principal) => principal === "Service:cloudtrail.amazonaws.com",
  ).map(({ how }) => how);
}

describe("what CloudTrail may do", () => {
  test.each([
    ["the same", writes],
    [
      "another name, other case and order",
      {
        ...writes,
        Sid: "Other",
        Action: ["S3:putobject"],
        Condition: { StringEquals: { "AWS:SourceArn": [TRAIL_ARN] } },
      },
    ],
    ["more actions", { ...writes, Action: "s3:*" }],
    ["more of the bucket", { ...writes, Resource: "arn:aws:s3:::logs/*" }],
    ["no terms", { ...writes, Condition: undefined }],
    [
      "wider terms",
      { ...writes, Condition: { StringLike: { "aws:SourceArn": ["arn:aws:cloudtrail:*:123456789012:trail/*"] } } },
    ],
    ["for everybody", { ...writes, Principal: "*" }],
    ["and others too", { ...writes, Principal: { Service: ["cloudtrail.amazonaws.com", "config.amazonaws.com"] } }],
  ])("is left with %s", (_, after) => {
    expect(lost([writes], [after])).toEqual([]);
  });

  test.each([
    ["no statement", [], "no longer allowed"],
    ["another service's", [{ ...writes, Principal: { Service: "config.amazonaws.com" } }], "no longer allowed"],
    ["another action", [{ ...writes, Action: "s3:GetObject" }], "no longer allowed"],
    ["less of the bucket", [{ ...writes, Resource: "arn:aws:s3:::logs/AWSLogs/1*" }], "no longer allowed"],
    [
      "another trail's terms",
      [{ ...writes, Condition: { StringEquals: { "aws:SourceArn": `${TRAIL_ARN}2` } } }],
      "allowed under narrower conditions",
    ],
    [
      "further terms",
      [{ ...writes, Condition: { ...writes.Condition, Bool: { "aws:MultiFactorAuthPresent": "true" } } }],
      "allowed under narrower conditions",
    ],
  ])("is lost with %s", (_, after, how) => {
    expect(lost([writes], after)).toEqual([how]);
  });

  test.each([
    ["a denial to everyone", { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }, ["denied"]],
    [
      "a denial of part of it",
      {
        Effect: "Deny",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:Put*",
        Resource: "arn:aws:s3:::logs/AWSLogs/1/*",
      },
      ["denied"],
    ],
    [
      "a denial of all but something else",
      { Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "*" },
      ["denied"],
    ],
    [
      "a denial to all but someone",
      { Effect: "Deny", NotPrincipal: { AWS: "arn:aws:iam::1:root" }, Action: "*", Resource: "*" },
      ["denied"],
    ],
    [
      "a denial on terms",
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
      },
      ["denied under some conditions"],
    ],
    [
      "a denial of insecure connections",
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      [],
    ],
    [
      "a denial of old TLS",
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
      [],
    ],
    ["a denial of deletion", { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject*", Resource: "*" }, []],
    [
      "a denial of all but secure connections",
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
      ["denied under some conditions"],
    ],
    ["a denial elsewhere", { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::other/*" }, []],
  ])("with %s besides", (_, denial, expected) => {
    expect(lost([writes], [writes, denial])).toEqual(expected);
  });

  test("is lost where what is excepted grows", () => {
    const except = (...values: readonly string[]) => ({
      ...writes,
      Condition: { StringNotEquals: { "aws:x": values } },
    });

    expect(lost([except("a")], [except("a", "b")])).toEqual(["allowed under narrower conditions"]);
  });

  test("is indeterminate where a statement says what it is not about", () => {
    expect(lost([{ ...writes, Action: undefined, NotAction: "s3:Delete*" }], [{ ...writes, Action: "s3:*" }])).toEqual([
      "indeterminate",
    ]);
  });
});

test("principals that no one needs may go: that is no weakening", () => {
  const role = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:user/admin" },
    Action: "s3:*",
    Resource: "*",
  };
  const { policy: text } = valuesOf("aws_s3_bucket_policy.audit") as { readonly policy: string };
  const { Statement } = JSON.parse(text) as { readonly Statement: readonly object[] };
  const before = JSON.stringify({ Statement: [...Statement, role] });

  expect(
    ids(review(planWith([changed("aws_s3_bucket_policy.audit", { policy: text }, { policy: before })])).refused),
  ).toEqual([]);
});

describe("what a plan destroys", () => {
  const LOG = valuesOf("aws_cloudwatch_log_group.audit");
  const follow = (address: string, attribute: string, was: string, is: string) =>
    changed(address, { [attribute]: String(valuesOf(address)[attribute]).replaceAll(was, is) });
  const policies = [
    follow("aws_s3_bucket_policy.audit", "policy", TRAIL_ARN, `${TRAIL_ARN}-2`),
    follow("aws_iam_role_policy.to_logs", "policy", "log-group:audit", "log-group:audit-2"),
  ];
  const trail = "module.audit.aws_cloudtrail.main";
  const renamed = (address: string, name: string) =>
    entry(
      address,
      ["delete", "create"],
      valuesOf(address),
      { ...valuesOf(address), name },
      { after_unknown: { arn: true, id: true } },
    );

  test("need not stay in policies: that it goes is refused already", () => {
    const plan = planWith([
      ...policies,
      renamed(trail, "main-2"),
      renamed("aws_cloudwatch_log_group.audit", "audit-2"),
    ]);

    expect([...ids(review(plan).refused)].sort()).toEqual([
      "aws_cloudwatch_log_group.audit#destroyed",
      `${trail}#destroyed`,
    ]);
  });

  test("must stay in them where it only is made anew under the same name", () => {
    const same = [renamed(trail, "main"), renamed("aws_cloudwatch_log_group.audit", String(LOG.name))];

    expect(ids(review(planWith([...policies, ...same])).refused)).toEqual(
      expect.arrayContaining([
        "aws_s3_bucket_policy.audit#policy-statement",
        "aws_iam_role_policy.to_logs#role-permissions",
      ]),
    );
  });
});

test("a topic with AWS's own key is deaf to services", () => {
  const topic = changed("aws_sns_topic.alerts", { kms_master_key_id: "alias/aws/sns" });

  expect(ids(review(planWith([topic])).refused)).toEqual(["aws_sns_topic.alerts#encryption"]);
});

test("a glob covers what it matches, wildcards of the other included", () => {
  expect(globCovers("s3:*", "s3:Get*")).toBe(true);
  expect(globCovers("s3:Get*", "s3:*")).toBe(false);
  expect(globCovers("a?c", "a*c")).toBe(false);
  expect(globCovers("*b*", "abc")).toBe(true);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), (pattern, text) => {
      const regex = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      expect(globCovers(pattern, text)).toBe(regex.test(text));
    }),
  );
});
