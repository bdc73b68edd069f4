import { describe, expect, test } from "@jest/globals";
import { reference, resources, theResource } from "../../../assertions/resources";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { switchedOn } from "../../../detection/definition/switched-on";
import { compileForwarders } from "../../../detection/forwarding/compile-forwarders";
import { memberTemplate } from "../../../detection/forwarding/member-template";
import { resolveTemplate } from "../../detection/forwarding/resolve-template";
import { ACCOUNT, synthesizeStack } from "../synthesize-stack";

const UNITS = ["ou-ab12-c3d4e5f6", "ou-ab12-c3d4e5f7"];
const organization = {
  id: "o-a1b2c3d4e5",
  managementAccount: "444455556666",
  stackSet: { organizationalUnits: UNITS },
};
const stack = synthesizeStack({ organization, regions: ["eu-west-1", "us-east-1", "us-west-2"] });
const stackSet = theResource(stack, "aws_cloudformation_stack_set", "MemberStackSet");
const { attributes } = stackSet;
/** As Terraform reads it. */
const body = (text: unknown) => String(text).replaceAll("$${", "${").replaceAll("%%{", "%{");

describe("the members' stack set", () => {
  test("has the template that the command writes, of the enabled detections", () => {
    const choice = { packs: ["default" as const], disabledDetections: [] };
    const props = { namePrefix: "trailwarden", homeRegion: "us-east-1", globalRegion: "us-east-1" };

    expect(body(attributes.template_body)).toBe(
      memberTemplate({ ...props, forwarders: compileForwarders(switchedOn(catalogue, choice)) }),
    );
  });

  test("has nothing in its template that Terraform would evaluate", () => {
    expect(String(attributes.template_body).replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
  });

  test("says in its parameters where the central account is, so that it makes nothing there", () => {
    expect(attributes.parameters).toEqual({ CentralAccount: ACCOUNT, NamePrefix: "trailwarden" });

    const parameters = { CentralAccount: "999988887777", NamePrefix: "trailwarden" };
    const inCentral = resolveTemplate(body(attributes.template_body), {
      account: "999988887777",
      region: "us-east-1",
      parameters,
    });
    expect(Object.keys(inCentral)).toEqual(["Always"]);
  });

  test("reaches accounts that join later, and leaves nothing in those that go", () => {
    expect(attributes).toMatchObject({
      name: "trailwarden-members",
      permission_model: "SERVICE_MANAGED",
      auto_deployment: { enabled: true, retain_stacks_on_account_removal: false },
      capabilities: ["CAPABILITY_NAMED_IAM"],
      managed_execution: { active: true },
    });
  });

  test("is the management account's own, or its delegated administrator's: whoever deploys", () => {
    const callAs = `\${(data.aws_caller_identity.Account.account_id == "444455556666") ? "SELF" : "DELEGATED_ADMIN"}`;

    for (const each of resources(stack, "aws_cloudformation_stack_set", "aws_cloudformation_stack_set_instance")) {
      expect(each.attributes.call_as).toBe(callAs);
    }
  });

  test("shows no difference for the role that AWS fills in", () => {
    expect(attributes.lifecycle).toEqual({ ignore_changes: ["administration_role_arn"] });
    expect(attributes).not.toHaveProperty("administration_role_arn");
  });

  test("waits for the bus's policy: events that come before it are refused", () => {
    const policy = theResource(stack, "aws_cloudwatch_event_bus_policy");

    expect(attributes.depends_on).toEqual([policy.address]);
  });

  test("has an instance for each unit and each watched region, the home region among them", () => {
    const instances = resources(stack, "aws_cloudformation_stack_set_instance").map((instance) => {
      const { stack_set_name, deployment_targets, stack_set_instance_region } = instance.attributes;
      expect(stack_set_name).toBe(reference(stackSet, "name"));
      return [
        (deployment_targets as { organizational_unit_ids: unknown }).organizational_unit_ids,
        stack_set_instance_region,
      ];
    });
    const expected = UNITS.flatMap((unit) => ["eu-west-1", "us-east-1", "us-west-2"].map((region) => [[unit], region]));

    expect(instances).toHaveLength(6);
    expect(instances).toEqual(expect.arrayContaining(expected));
  });

  test("watches the members' home region alone where regions is home", () => {
    const home = synthesizeStack({ organization });
    const regions = resources(home, "aws_cloudformation_stack_set_instance").map(
      (instance) => instance.attributes.stack_set_instance_region,
    );

    expect(regions).toEqual(["us-east-1", "us-east-1"]);
  });

  test("sends IAM's events from GovCloud's own global region there", () => {
    const gov = synthesizeStack({ organization, region: "us-gov-east-1", regions: "default" });
    const text = body(theResource(gov, "aws_cloudformation_stack_set", "MemberStackSet").attributes.template_body);

    expect(text).toContain(
      '"SendsGlobalEvents": {"Fn::And":[{"Condition":"Sends"},{"Fn::Equals":[{"Ref":"AWS::Region"},"us-gov-west-1"]}]}',
    );
    expect(text).toContain(":events:us-gov-east-1:");
  });

  test("is not made unless it is asked for", () => {
    const { stackSet: _, ...without } = organization;

    for (const none of [synthesizeStack({ organization: without }), synthesizeStack()]) {
      expect(Object.keys(none.resource).filter((type) => type.includes("stack_set"))).toEqual([]);
    }
  });

  test("is refused, and says why, when CloudFormation would refuse the template", () => {
    const long = (n: number): Detection => ({
      ...(catalogue.find(({ id }) => id === "trail-stopped") as Detection),
      id: `long-${n}`,
      pattern: {
        source: ["aws.ec2"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { eventName: Array.from({ length: 60 }, (_, index) => `Create${n}${"x".repeat(12)}${index}`) },
      },
    });
    const many = Array.from({ length: 60 }, (_, n) => long(n));

    expect(() => synthesizeStack({ organization }, { catalogue: many })).toThrow(
      /the member accounts' template would have \d+ bytes \(\d+ forwarders\), CloudFormation takes at most 51200/,
    );
  });
});
