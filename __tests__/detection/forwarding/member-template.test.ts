import { describe, expect, test } from "@jest/globals";
import {
  MAX_TEMPLATE_BYTES,
  MemberTemplateError,
  type MemberTemplateProps,
  memberTemplate,
} from "../../../detection/forwarding/member-template";
import { type ResolvedResource, resolveTemplate } from "./resolve-template";
import { SOME_FORWARDERS } from "./some-forwarders";

const CENTRAL = "999988887777";
const MEMBER = "111122223333";

const PROPS: MemberTemplateProps = {
  forwarders: SOME_FORWARDERS,
  namePrefix: "trailwarden",
  homeRegion: "eu-west-1",
  globalRegion: "us-east-1",
};
const template = memberTemplate(PROPS);

function deployed(
  account: string,
  region: string,
  parameters: Readonly<Record<string, string>> = {},
  partition = "aws",
) {
  return resolveTemplate(template, {
    account,
    region,
    partition,
    parameters: { CentralAccount: CENTRAL, ...parameters },
  });
}

function ofType(resources: Readonly<Record<string, ResolvedResource>>, type: string) {
  return Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}

describe("a member's stack", () => {
  const member = deployed(MEMBER, "eu-west-3");

  test("has a rule for each forwarder that sends everywhere, with its pattern and state", () => {
    expect(ofType(member, "AWS::Events::Rule")).toEqual([
      expect.objectContaining({
        Name: "trailwarden-forward-1",
        State: "ENABLED",
        EventPattern: SOME_FORWARDERS[0]?.pattern,
      }),
      expect.objectContaining({
        Name: "trailwarden-forward-2",
        State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        EventPattern: SOME_FORWARDERS[1]?.pattern,
      }),
    ]);
  });

  test("sends straight to the central account's bus, with its own role and queue", () => {
    for (const { Targets } of ofType(member, "AWS::Events::Rule")) {
      expect(Targets).toEqual([
        {
          Id: "central",
          Arn: "arn:aws:events:eu-west-1:999988887777:event-bus/default",
          RoleArn: "Role.Arn",
          DeadLetterConfig: { Arn: "DeadLetters.Arn" },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ]);
    }
  });

  test("has a role of its region, which its rules alone may use and which may do one thing", () => {
    expect(ofType(member, "AWS::IAM::Role")).toEqual([
      {
        RoleName: "trailwarden-forward-eu-west-3",
        Description: expect.any(String),
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AssumedByForwarders",
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: { "aws:SourceAccount": MEMBER },
                ArnEquals: {
                  "aws:SourceArn": [1, 2].map(
                    (n) => `arn:aws:events:eu-west-3:${MEMBER}:rule/trailwarden-forward-${n}`,
                  ),
                },
              },
            },
          ],
        },
        Policies: [
          {
            PolicyName: "forward",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [
                {
                  Sid: "SendsToCentralBus",
                  Effect: "Allow",
                  Action: "events:PutEvents",
                  Resource: "arn:aws:events:eu-west-1:999988887777:event-bus/default",
                },
              ],
            },
          },
        ],
      },
    ]);
  });

  test("keeps what could not be sent in an encrypted queue for 14 days, which its rules alone may write to", () => {
    const [policy] = ofType(member, "AWS::SQS::QueuePolicy");

    expect(ofType(member, "AWS::SQS::Queue")).toEqual([
      { QueueName: "trailwarden-forward-dlq", SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 },
    ]);
    expect(policy).toMatchObject({
      Queues: ["DeadLetters"],
      PolicyDocument: {
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Condition: {
              ArnEquals: {
                "aws:SourceArn": [1, 2].map((n) => `arn:aws:events:eu-west-3:${MEMBER}:rule/trailwarden-forward-${n}`),
              },
            },
          },
          { Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
        ],
      },
    });
  });

  test("sends IAM's events from the region where they occur, and from there alone", () => {
    const global = deployed(MEMBER, "us-east-1");
    const names = ofType(global, "AWS::Events::Rule").map(({ Name }) => Name);

    expect(names).toEqual(["trailwarden-forward-1", "trailwarden-forward-2", "trailwarden-forward-3"]);
    expect(JSON.stringify(ofType(global, "AWS::IAM::Role"))).toContain("rule/trailwarden-forward-3");
    expect(JSON.stringify(member)).not.toContain("trailwarden-forward-3");
  });

  test("sends from the home region too: the bus there is the member's own", () => {
    expect(ofType(deployed(MEMBER, "eu-west-1"), "AWS::Events::Rule")).toHaveLength(2);
  });

  test("makes nothing in the central account, in any region, but what costs nothing", () => {
    for (const region of ["eu-west-1", "us-east-1", "eu-west-3"]) {
      expect(Object.values(deployed(CENTRAL, region)).map(({ Type }) => Type)).toEqual([
        "AWS::CloudFormation::WaitConditionHandle",
      ]);
    }
  });

  test("takes prefix and partition as they are where it is deployed", () => {
    const text = JSON.stringify(deployed(MEMBER, "us-gov-west-1", { NamePrefix: "keeper" }, "aws-us-gov"));

    expect(text).toContain("keeper-forward-1");
    expect(text).toContain(`arn:aws-us-gov:events:eu-west-1:${CENTRAL}:event-bus/default`);
    expect(text).not.toMatch(/trailwarden-|arn:aws:/);
  });

  test("knows no account: stacks of every account have one text", () => {
    expect(template).not.toMatch(/\d{12}/);
  });
});

describe("the text", () => {
  test("is the same for the same forwarders", () => {
    const again = SOME_FORWARDERS.map((forwarder) => structuredClone(forwarder));

    expect(memberTemplate({ ...PROPS, forwarders: again })).toBe(template);
  });

  test("has each pattern on a line of its own, whatever stands in it", () => {
    const odd = { source: [{ prefix: "aws." }], detail: { eventName: ['a"$&${x}', "pattern 2"] } };
    const text = memberTemplate({
      ...PROPS,
      forwarders: [{ pattern: odd, state: "ENABLED", where: "everywhere" }, ...SOME_FORWARDERS],
    });

    expect(text.split("\n").filter((line) => line.includes("EventPattern"))).toHaveLength(4);
    expect(JSON.parse(text).Resources.Forward1.Properties.EventPattern).toEqual(odd);
    expect(JSON.parse(text).Resources.Forward2.Properties.EventPattern).toEqual(SOME_FORWARDERS[0]?.pattern);
  });

  test("has no condition that nothing asks for", () => {
    const [everywhere] = SOME_FORWARDERS;
    const text = memberTemplate({ ...PROPS, forwarders: everywhere ? [everywhere] : [] });

    expect(Object.keys(JSON.parse(text).Conditions)).toEqual(["Sends"]);
  });

  test("has room for 16 of the longest patterns, and is refused when CloudFormation would refuse it", () => {
    const longest = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        pattern: { source: [{ prefix: "aws." }], detail: { eventName: [`${index}`.padEnd(1_980, "x")] } },
        state: "ENABLED" as const,
        where: "everywhere" as const,
      }));

    expect(JSON.stringify(longest(1)[0]?.pattern).length).toBeGreaterThan(2_030);
    expect(Buffer.byteLength(memberTemplate({ ...PROPS, forwarders: longest(16) }))).toBeLessThan(MAX_TEMPLATE_BYTES);
    expect(() => memberTemplate({ ...PROPS, forwarders: longest(30) })).toThrow(MemberTemplateError);
    expect(() => memberTemplate({ ...PROPS, forwarders: longest(30) })).toThrow(
      /^the member accounts' template would have \d+ bytes \(30 forwarders\), CloudFormation takes at most 51200: /,
    );
  });
});
