import { describe, expect, test } from "@jest/globals";
import { conditionKeys, statements, theStatement } from "../../assertions/policy-statements";

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "SnsSends",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: ["one", "two"],
      Condition: { ArnLike: { "aws:SourceArn": "arn" }, Bool: { "aws:SecureTransport": "true" } },
    },
    { Effect: "Deny", Principal: "*", Action: ["sqs:*"], Resource: "one" },
  ],
};

function resource(policy: unknown) {
  return {
    type: "aws_sqs_queue_policy",
    address: "aws_sqs_queue_policy.Policy",
    attributes: { queue_url: "u", policy },
  };
}

describe("statements", () => {
  test("have lists where IAM takes one value too, and empty ones where it takes none", () => {
    expect(statements(resource(JSON.stringify(POLICY)))).toEqual([
      {
        sid: "SnsSends",
        effect: "Allow",
        services: ["sns.amazonaws.com"],
        principal: { Service: "sns.amazonaws.com" },
        actions: ["sqs:SendMessage"],
        resources: ["one", "two"],
        condition: { ArnLike: { "aws:SourceArn": "arn" }, Bool: { "aws:SecureTransport": "true" } },
      },
      { sid: "", effect: "Deny", services: [], principal: "*", actions: ["sqs:*"], resources: ["one"], condition: {} },
    ]);
  });

  test("may be one that stands by itself, in an argument of any name", () => {
    const attributes = { assume_role_policy: JSON.stringify({ Statement: POLICY.Statement[0] }) };

    expect(statements({ ...resource(""), attributes }, "assume_role_policy")).toHaveLength(1);
  });

  test.each([
    [undefined, "aws_sqs_queue_policy.Policy has no policy; it has: queue_url, policy"],
    ["${data.a.b.json}", "policy of aws_sqs_queue_policy.Policy is not JSON but ${data.a.b.json}"],
    ["{}", "policy of aws_sqs_queue_policy.Policy has no Statement: {}"],
    ["null", "policy of aws_sqs_queue_policy.Policy has no Statement: null"],
  ])("says why %s has none", (policy, message) => {
    expect(() => statements(resource(policy))).toThrow(new Error(message));
  });
});

describe("theStatement", () => {
  test("is found by its Sid", () => {
    expect(conditionKeys(theStatement(resource(JSON.stringify(POLICY)), "SnsSends"))).toEqual([
      "aws:SourceArn",
      "aws:SecureTransport",
    ]);
  });

  test("names those that there are", () => {
    expect(() => theStatement(resource(JSON.stringify(POLICY)), "Other")).toThrow(
      "aws_sqs_queue_policy.Policy has no statement Other; there are: SnsSends, one without a Sid",
    );
  });
});
