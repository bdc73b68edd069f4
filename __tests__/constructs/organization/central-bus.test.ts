import { describe, expect, test } from "@jest/globals";
import { theResource } from "../../../assertions/resources";
import { synthesizeStack } from "../synthesize-stack";

const ORGANIZATION = { id: "o-a1b2c3d4e5", managementAccount: "444455556666" };

describe("the bus's policy", () => {
  const theirs = {
    Sid: "Orders",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::222233334444:root" },
    Action: "events:PutEvents",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalTag/${team}": "x" } },
  };
  const of = (organization: object) => synthesizeStack({ organization });

  test("keeps the owner's statements, before ours, as they are", () => {
    const { attributes } = theResource(
      of({ ...ORGANIZATION, busStatements: [theirs] }),
      "aws_cloudwatch_event_bus_policy",
    );
    const [first, second, ...others] = JSON.parse(String(attributes.policy).replaceAll("$${", "${")).Statement;

    expect(first).toEqual(theirs);
    expect(String(attributes.policy)).toContain("$${team}");
    expect(second.Sid).toBe("MembersForward");
    expect(others).toEqual([]);
  });

  test("is imported where it has statements already, so that the plan shows what changes in it", () => {
    const { import: imports } = of({ ...ORGANIZATION, busStatements: [theirs] }) as {
      readonly import?: readonly unknown[];
    };

    expect(imports).toEqual([
      { to: expect.stringMatching(/^aws_cloudwatch_event_bus_policy\.CentralBus_Policy_\w+$/), id: "default" },
    ]);
    expect(of(ORGANIZATION)).not.toHaveProperty("import");
  });

  test("is refused with a statement of the Sid of ours", () => {
    const busStatements = [{ ...theirs, Sid: "MembersForward" }];

    expect(() => of({ ...ORGANIZATION, busStatements })).toThrow(
      'organization.busStatements has a statement with the Sid "MembersForward", which trailwarden adds itself: leave the statement out if it is the same, else rename it',
    );
  });

  test("is the home default bus's", () => {
    const { attributes } = theResource(of(ORGANIZATION), "aws_cloudwatch_event_bus_policy");

    expect(Object.keys(attributes).sort()).toEqual(["policy"]);
  });

  test("is left alone without an organization", () => {
    expect(synthesizeStack().resource).not.toHaveProperty("aws_cloudwatch_event_bus_policy");
  });
});
