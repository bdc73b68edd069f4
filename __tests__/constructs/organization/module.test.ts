import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { theResource } from "../../../assertions/resources";
import { parseStack } from "../../../assertions/synthesized-stack";
import { startSynth } from "../../synth-program";

const outdir = mkdtempSync(join(tmpdir(), "trailwarden-organization-"));
afterAll(() => rmSync(outdir, { recursive: true }));

test("a module knows its organization's forwarders by its variables, and the home region for which it was written", async () => {
  const organization = {
    id: "o-a1b2c3d4e5",
    managementAccount: "444455556666",
    stackSet: { organizationalUnits: ["r-ab12"] },
  };
  const environment = {
    CDKTF_CONTEXT_JSON: JSON.stringify({ organization, region: "eu-west-1", namePrefix: "keeper" }),
  };
  const { status, stderr } = await startSynth("terraform-module.ts", outdir, { environment });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const stack = parseStack(readFileSync(join(outdir, "stacks", "trailwarden-module", "cdk.tf.json"), "utf8"));
  const policy = theResource(stack, "aws_cloudwatch_event_bus_policy").attributes;
  const stackSet = theResource(stack, "aws_cloudformation_stack_set").attributes;
  const template = String(stackSet.template_body);

  expect(policy.policy).toContain(":iam::*:role/${var.name_prefix}-forward-*");
  expect(policy.policy).toContain(":events:${data.aws_region.Region.region}:");
  expect(policy.lifecycle).toMatchObject({
    precondition: [{ condition: "${data.aws_region.Region.region == local.home_region}" }],
  });
  expect(stack).toMatchObject({ locals: { home_region: "eu-west-1" } });
  expect(stackSet.parameters).toMatchObject({ NamePrefix: "${var.name_prefix}" });
  expect(template).toContain(":events:eu-west-1:$${CentralAccount}:event-bus/default");
  expect(JSON.parse(template.replaceAll("$${", "${"))).toMatchObject({
    Parameters: { NamePrefix: { Default: "keeper" } },
  });
  expect(template.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
});
