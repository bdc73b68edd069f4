import { describe, expect, test } from "@jest/globals";
import { besides, entry, NOTHING, outcome, valuesOf } from "./plans";

const ROLE = "aws_iam_role.judge";

const JUDGE = { arn: "arn:aws:iam::123456789012:role/judge", id: "judge", name: "judge" };

function trusting(before: string, after: string) {
  return outcome(
    entry(ROLE, ["update"], { ...JUDGE, assume_role_policy: before }, { ...JUDGE, assume_role_policy: after }),
  );
}

function trust(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function allows(Principal: object): object {
  return { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
}

const LAMBDA = allows({ Service: "lambda.amazonaws.com" });

describe("a role's trust", () => {
  test.each([
    ["in another service", trust(allows({ Service: "ec2.amazonaws.com" }))],
    ["in no one", trust()],
    ["with a denial", trust(LAMBDA, { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" })],
  ])("%s is refused", (_, assume_role_policy) => {
    expect(trusting(trust(LAMBDA), assume_role_policy).refused).toEqual([`${ROLE}#policy-statement`]);
  });

  test("in one service more is fine", () => {
    const assume_role_policy = trust(allows({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }));

    expect(trusting(trust(LAMBDA), assume_role_policy)).toEqual(NOTHING);
  });
});

describe("an account is the same by its number and by its root's ARN", () => {
  test.each(["aws", "aws-us-gov", "aws-cn", "aws-eusc"])("in %s", (partition) => {
    const address = "aws_kms_key.audit";
    const arn = `arn:${partition}:kms:r:123456789012:key/1111`;
    const key = { ...valuesOf(address), arn };
    const policy = (AWS: string) => trust({ Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" });
    const [root, number] = [policy(`arn:${partition}:iam::123456789012:root`), policy("123456789012")];
    const change = (before: string, after: string) =>
      outcome(
        besides("aws_cloudtrail.other", { name: "other", kms_key_id: arn }),
        entry(address, ["update"], { ...key, policy: before }, { ...key, policy: after }),
      );

    expect(change(root, number)).toEqual(NOTHING);
    expect(change(number, root)).toEqual(NOTHING);
    expect(change(root, policy("210987654321")).refused).toEqual([`${address}#policy-statement`]);
  });
});
