import { describe, expect, test } from "@jest/globals";
import { theResource } from "../../../assertions/resources";
import { memberTemplate } from "../../../detection/forwarding/member-template";
import { type ResolvedResource, resolveTemplate } from "../../detection/forwarding/resolve-template";
import { SOME_FORWARDERS } from "../../detection/forwarding/some-forwarders";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";
import { isAllowed, type Policy, type Request, verdict } from "./evaluate-policy";

const CENTRAL = "999988887777";
const MEMBER = "111122223333";
const ORGANIZATION = { id: "o-a1b2c3d4e5", managementAccount: "444455556666" };
const BUS = `arn:aws:events:us-east-1:${CENTRAL}:event-bus/default`;
const API_CALL = "AWS API Call via CloudTrail";

/** The bus's policy, with what Terraform would fill in. */
function busPolicy(deliveries: "topic" | "eventbridge" = "topic", context: object = {}): Policy {
  const { attributes } = theResource(
    synthesizeStack(
      { ...context, organization: ORGANIZATION },
      { unchecked: { organization: { ...ORGANIZATION, deliveries } } },
    ),
    "aws_cloudwatch_event_bus_policy",
    "CentralBus_Policy",
  );
  const text = String(attributes.policy).replaceAll(ACCOUNT, CENTRAL).replaceAll(PARTITION, "aws");
  expect(text).not.toContain("${");
  return JSON.parse(text) as Policy;
}

function memberRole(region: string): { readonly arn: string; readonly trust: Policy; readonly policy: Policy } {
  const template = memberTemplate({
    forwarders: SOME_FORWARDERS,
    namePrefix: "trailwarden",
    homeRegion: "us-east-1",
    globalRegion: "us-east-1",
  });
  const place = { account: MEMBER, region, parameters: { CentralAccount: CENTRAL } };
  const { Properties } = resolveTemplate(template, place).Role as ResolvedResource;
  const [inline] = Properties.Policies as readonly { readonly PolicyDocument: Policy }[];
  return {
    arn: `arn:aws:iam::${MEMBER}:role/${Properties.RoleName}`,
    trust: Properties.AssumeRolePolicyDocument as Policy,
    policy: inline?.PolicyDocument as Policy,
  };
}

const role = memberRole("eu-west-3");
const policy = busPolicy();

/** What EventBridge asks for on behalf of a member's rule. */
const FORWARDED: Request = {
  principal: { account: MEMBER, arn: role.arn },
  action: "events:PutEvents",
  resource: BUS,
  owner: CENTRAL,
  context: {
    "aws:PrincipalArn": role.arn,
    "aws:PrincipalOrgID": ORGANIZATION.id,
    "events:eventBusInvocation": "true",
    "events:source": ["aws.ec2"],
    "events:detail-type": [API_CALL],
  },
};
/** As much as an identity may have. */
const EVERYTHING: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** Whether the bus takes it, though the sender's own policy allows everything. A key of undefined is left out. */
function takes(changes: Readonly<Record<string, unknown>>, principal = FORWARDED.principal, bus = policy): boolean {
  const context = Object.entries({ ...FORWARDED.context, ...changes }).filter(([, value]) => value !== undefined);
  return isAllowed(
    { ...FORWARDED, principal, context: Object.fromEntries(context) as Request["context"] },
    EVERYTHING,
    bus,
  );
}

describe("a member's rule", () => {
  test("gets its event to the central bus: its role may send, and the bus takes it", () => {
    expect(isAllowed(FORWARDED, role.policy, policy)).toBe(true);
    expect(takes({})).toBe(true);
  });

  test.each(["AWS Service Event via CloudTrail", "AWS Console Action via CloudTrail"])("may send %s", (type) => {
    expect(takes({ "events:detail-type": [type] })).toBe(true);
  });

  test.each(["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"])("may send %s", (type) => {
    expect(takes({ "events:source": ["aws.signin"], "events:detail-type": [type] })).toBe(true);
  });

  test("uses a role that EventBridge assumes for that rule of that account and region alone", () => {
    const assumed = (sourceArn: string, sourceAccount = MEMBER, service = "events.amazonaws.com") =>
      verdict(
        {
          principal: { account: MEMBER, arn: "", service },
          action: "sts:AssumeRole",
          resource: role.arn,
          owner: MEMBER,
          context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": sourceAccount },
        },
        role.trust,
        true,
      );
    const rule = `arn:aws:events:eu-west-3:${MEMBER}:rule/trailwarden-forward-1`;

    expect(assumed(rule)).toBe("Allow");
    expect(assumed(rule, "222233334444")).toBeUndefined();
    expect(assumed(rule, MEMBER, "lambda.amazonaws.com")).toBeUndefined();
    expect(assumed(rule.replace("eu-west-3", "eu-west-1"))).toBeUndefined();
    expect(assumed(`${rule}0`)).toBeUndefined();
    expect(assumed(`arn:aws:events:eu-west-3:${MEMBER}:rule/other/trailwarden-forward-1`)).toBeUndefined();
  });

  test("can't do anything else with its role", () => {
    for (const action of ["events:PutRule", "events:PutTargets", "events:PutPermission", "sqs:SendMessage"]) {
      expect(isAllowed({ ...FORWARDED, action }, role.policy, policy)).toBe(false);
    }
    const other = { ...FORWARDED, resource: `arn:aws:events:us-east-1:${CENTRAL}:event-bus/other` };
    expect(isAllowed(other, role.policy, EVERYTHING)).toBe(false);
  });
});

/** What must not get in, as what differs from a member's rule. */
const FORGED: readonly (readonly [what: string, changes: Readonly<Record<string, unknown>>])[] = [
  ["another organization", { "aws:PrincipalOrgID": "o-zzzzzzzzzz" }],
  ["an account of no organization", { "aws:PrincipalOrgID": undefined }],
  ["a direct PutEvents", { "events:eventBusInvocation": "false" }],
  ["what doesn't say whether a rule sends it", { "events:eventBusInvocation": undefined }],
  ["a source that isn't AWS's", { "events:source": ["acme.orders"] }],
  ["a source that only looks like AWS's", { "events:source": ["awsX.ec2"] }],
  ["a source with AWS's within", { "events:source": ["acme.aws.ec2"] }],
  ["an event without a source", { "events:source": undefined }],
  ["entries of AWS's and other sources", { "events:source": ["aws.ec2", "acme.orders"] }],
  ["what isn't CloudTrail's", { "events:detail-type": ["EC2 Instance State-change Notification"] }],
  ["S3's notices, where none are awaited", { "events:source": ["aws.s3"], "events:detail-type": ["Object Created"] }],
  ["an event without a detail-type", { "events:detail-type": undefined }],
  ["entries of CloudTrail's and other types", { "events:detail-type": [API_CALL, "Object Created"] }],
  ["a rule with another role", { "aws:PrincipalArn": `arn:aws:iam::${MEMBER}:role/other` }],
  ["a rule with no role", { "aws:PrincipalArn": undefined }],
  ["a user of the forwarders' name", { "aws:PrincipalArn": `arn:aws:iam::${MEMBER}:user/trailwarden-forward-x` }],
];

describe("the bus refuses", () => {
  test.each(FORGED)("%s", (_, changes) => {
    expect(takes(changes)).toBe(false);
  });

  test("each for a condition of its own: without any of them, one of these gets in", () => {
    const [statement] = policy.Statement;
    const conditions = Object.entries(statement?.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => [operator, key] as const),
    );
    const needless = conditions.filter(([operator, key]) => {
      const less = structuredClone(policy) as unknown as {
        Statement: { Condition: Record<string, Record<string, unknown>> }[];
      };
      delete less.Statement[0]?.Condition[operator]?.[key];
      return FORGED.every(([, changes]) => !takes(changes, undefined, less as unknown as Policy));
    });

    expect(conditions).toHaveLength(7);
    expect(needless).toEqual([]);
  });

  test("a member's administrator who calls PutEvents", () => {
    const arn = `arn:aws:iam::${MEMBER}:role/admin`;
    const context = { "aws:PrincipalArn": arn, "events:eventBusInvocation": "false" };

    expect(takes(context, { account: MEMBER, arn })).toBe(false);
  });

  test("an anonymous caller", () => {
    expect(takes({ "aws:PrincipalArn": undefined, "aws:PrincipalOrgID": undefined }, undefined)).toBe(false);
  });

  test("a member whose own role does not let it send", () => {
    expect(isAllowed(FORWARDED, { Statement: [] }, policy)).toBe(false);
  });
});

test("the central account's own forwarders need no statement: their role's policy is enough", () => {
  const arn = `arn:aws:iam::${CENTRAL}:role/trailwarden-forward-us-east-1`;
  const own: Request = { ...FORWARDED, principal: { account: CENTRAL, arn }, context: {} };

  expect(isAllowed(own, role.policy, policy)).toBe(true);
});

test("forwarders of another deployment, which has another prefix, are not ours", () => {
  const keeper = busPolicy("topic", { namePrefix: "keeper" });
  const keepers = { "aws:PrincipalArn": `arn:aws:iam::${MEMBER}:role/keeper-forward-eu-west-3` };

  expect(takes(keepers, undefined, keeper)).toBe(true);
  expect(takes({}, undefined, keeper)).toBe(false);
  expect(takes(keepers)).toBe(false);
});

describe("with deliveries by EventBridge", () => {
  const withS3 = busPolicy("eventbridge");
  const created = {
    "aws:PrincipalArn": `arn:aws:iam::222233334444:role/log-archive-events`,
    "events:source": ["aws.s3"],
    "events:detail-type": ["Object Created"],
  };

  test("S3's notices of new objects come in by a rule of the organization", () => {
    expect(takes(created, undefined, withS3)).toBe(true);
    expect(takes({}, undefined, withS3)).toBe(true);
  });

  test.each([
    ["deletions", { "events:detail-type": ["Object Deleted"] }],
    ["CloudTrail's events with that role", { "events:detail-type": [API_CALL] }],
    ["both at once", { "events:detail-type": ["Object Created", API_CALL] }],
    ["another service's", { "events:source": ["aws.ec2"] }],
    ["a direct PutEvents", { "events:eventBusInvocation": "false" }],
    ["another organization", { "aws:PrincipalOrgID": "o-zzzzzzzzzz" }],
    ["neither source nor type", { "events:source": undefined, "events:detail-type": undefined }],
  ])("but not %s", (_, changes) => {
    expect(takes({ ...created, ...changes }, undefined, withS3)).toBe(false);
  });
});
