import { describe, expect, test } from "@jest/globals";
import { changed, entry, valuesOf } from "../plans";
import { ACCOUNT, JUDGE_ARN, outcome, policy, QUEUE_ARN, RULE_ARN, staying } from "./outcome";

describe("a statement for everybody that names its sender", () => {
  const address = "aws_sqs_queue_policy.events";
  const sends = {
    Effect: "Allow",
    Principal: "*",
    Action: "sqs:SendMessage",
    Resource: QUEUE_ARN,
    Condition: { ArnEquals: { "aws:SourceArn": RULE_ARN } },
  };
  const change = (...after: readonly object[]) =>
    outcome(changed(address, { policy: policy(...after) }, { policy: policy(sends) }));

  test("is needed", () => {
    expect(change().refused).toEqual([`${address}#policy-statement`]);
    expect(change({ ...sends, Action: "sqs:ReceiveMessage" }).refused).toEqual([`${address}#policy-statement`]);
    expect(change({ ...sends, Condition: { ArnEquals: { "aws:SourceArn": `${RULE_ARN}2` } } }).refused).toEqual([
      `${address}#policy-statement`,
    ]);
  });

  test("may become one for the sender's service", () => {
    expect(change({ ...sends, Principal: { Service: "events.amazonaws.com" } })).toEqual({
      refused: [],
      indeterminate: [],
    });
  });
});

describe("terms", () => {
  test("in which a wildcard becomes a letter are narrower", () => {
    const address = "aws_sqs_queue_policy.events";
    const sends = (operator: string) =>
      policy({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: QUEUE_ARN,
        Condition: { [operator]: { "aws:SourceArn": `arn:aws:events:us-east-1:${ACCOUNT}:rule/*` } },
      });
    expect(
      outcome(changed(address, { policy: sends("StringEquals") }, { policy: sends("StringLike") })).refused,
    ).toEqual([`${address}#policy-statement`]);
  });
});

describe("a statement for a service", () => {
  const address = "aws_sns_topic_policy.alerts";
  const [publishes] = JSON.parse(String(valuesOf(address).policy)).Statement;
  const change = (Condition: object) => outcome(changed(address, { policy: policy({ ...publishes, Condition }) }));

  test.each([
    ["its rules", { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${ACCOUNT}:rule/*` } }],
    ["its account", { StringEquals: { "aws:SourceAccount": ACCOUNT } }],
  ])("may be tied to %s: whether others send is indeterminate", (_, Condition) => {
    expect(change(Condition)).toEqual({ refused: [], indeterminate: [`${address}#policy-statement`] });
  });

  test.each([
    ["another rule", { ArnLike: { "aws:SourceArn": `${RULE_ARN}2` } }],
    ["another account", { StringEquals: { "aws:SourceAccount": "210987654321" } }],
    ["what it does not send", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }],
  ])("tied to %s is refused", (_, Condition) => {
    expect(change(Condition).refused).toEqual([`${address}#policy-statement`]);
  });
});

describe("a denial", () => {
  const role = staying("aws_iam_role.judge", { arn: JUDGE_ARN, id: "judge", name: "judge", assume_role_policy: "" });
  const rights = staying("aws_iam_role_policy.judge", {
    id: "evaluate:reads",
    name: "reads",
    role: "judge",
    policy: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::audit-logs/*" }),
  });
  const denial = { Effect: "Deny", Action: "s3:*", Resource: "*" };

  test("in another policy of the role is refused", () => {
    const created = entry("aws_iam_role_policy.denies", ["create"], null, {
      name: "denies",
      role: "judge",
      policy: policy(denial),
    });
    expect(outcome(role, rights, created).refused).toEqual(["aws_iam_role_policy.denies#role-permissions"]);
  });

  test("of what the role may not do anyway is fine", () => {
    const created = entry("aws_iam_role_policy.denies", ["create"], null, {
      name: "denies",
      role: "judge",
      policy: policy({ ...denial, Action: "iam:*" }),
    });
    expect(outcome(role, rights, created)).toEqual({ refused: [], indeterminate: [] });
  });

  test("of everything, by AWS's own policy, is refused", () => {
    const address = "aws_iam_role_policy_attachment.denies";
    const created = entry(address, ["create"], null, {
      role: "judge",
      policy_arn: "arn:aws:iam::aws:policy/AWSDenyAll",
    });
    expect(outcome(role, rights, created).refused).toEqual([`${address}#role-permissions`]);
  });

  test("of a TLS that no one has yet is indeterminate", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const terms = { NumericLessThan: { "s3:TlsVersion": "9" } };
    const denied = policy(...Statement, { ...denial, Principal: "*", Condition: terms });
    expect(outcome(changed(address, { policy: denied })).indeterminate).toEqual([`${address}#policy-statement`]);
  });

  test("of reading the bucket is refused", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const denied = policy(...Statement, {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::audit-logs/*",
    });
    expect(outcome(role, rights, changed(address, { policy: denied })).refused).toEqual([
      `${address}#policy-statement`,
    ]);
  });

  test("of deleting from the bucket is fine", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const denied = policy(...Statement, {
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: "arn:aws:s3:::audit-logs/*",
    });
    expect(outcome(role, rights, changed(address, { policy: denied }))).toEqual({ refused: [], indeterminate: [] });
  });

  test("a policy's attachment that leaves a role out is refused", () => {
    const address = "aws_iam_policy_attachment.reads";
    const before = { id: "reads", roles: ["other", "judge"], policy_arn: `arn:aws:iam::${ACCOUNT}:policy/reads` };
    const without = (left: string) => outcome(role, entry(address, ["update"], before, { ...before, roles: [left] }));
    expect(without("other").refused).toEqual([`${address}#role-permissions`]);
    expect(without("judge")).toEqual({ refused: [], indeterminate: [] });
  });
});

describe("everyone", () => {
  const acl = "aws_s3_bucket_acl.audit";
  const everybody = { uri: "http://acs.amazonaws.com/groups/global/AllUsers", type: "Group" };

  test("is allowed by a grant", () => {
    const before = { id: "audit-logs", bucket: "audit-logs", acl: "", access_control_policy: [] };
    const access_control_policy = [{ grant: [{ permission: "READ", grantee: [everybody] }] }];
    expect(outcome(entry(acl, ["update"], before, { ...before, access_control_policy })).refused).toEqual([
      `${acl}#policy-opened`,
    ]);
  });

  test("is allowed by a bucket's own ACL or grant", () => {
    const bucket = "aws_s3_bucket.audit";
    for (const after of [{ acl: "public-read" }, { grant: [{ uri: everybody.uri, permissions: ["READ"] }] }]) {
      expect(outcome(changed(bucket, after)).refused).toEqual([`${bucket}#policy-opened`]);
    }
  });

  test.each([
    ["half of all addresses, twice", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }],
    ["any account's trails", { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/*" } }],
    ["wildcards", { StringLike: { "aws:PrincipalOrgID": "o-*" } }],
  ])("is allowed under conditions of %s", (_, Condition) => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", Condition };
    expect(outcome(changed(address, { policy: policy(...Statement, open) })).refused).toEqual([
      `${address}#policy-opened`,
    ]);
  });

  test("who could do more may be left with less", () => {
    const address = "aws_s3_bucket_policy.audit";
    const { Statement } = JSON.parse(String(valuesOf(address).policy));
    const open = (Action: string) =>
      policy(...Statement, { Effect: "Allow", Principal: "*", Action, Resource: "arn:aws:s3:::audit-logs/*" });
    expect(outcome(changed(address, { policy: open("s3:GetObject") }, { policy: open("s3:*") }))).toEqual({
      refused: [],
      indeterminate: [],
    });
  });
});

describe("a first policy", () => {
  const address = "aws_sqs_queue_policy.events";
  const first = (more: object) => {
    const denial = { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*", ...more };
    return outcome(changed(address, { policy: policy(denial) }, { policy: "" }));
  };

  test("that keeps the function out is refused", () => {
    expect(first({}).refused).toEqual([`${address}#policy-statement`]);
  });

  test("that denies what it doesn't need is fine", () => {
    expect(first({ Action: "sqs:PurgeQueue" })).toEqual({ refused: [], indeterminate: [] });
    expect(first({ Condition: { Bool: { "aws:SecureTransport": "false" } } })).toEqual({
      refused: [],
      indeterminate: [],
    });
  });
});
