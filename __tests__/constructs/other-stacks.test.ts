import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { checkConfig } from "../../config/check";
import { Deployable } from "../../constructs/deployable/deployable";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { REPOSITORY } from "../repository";

let outdir: string;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "trailwarden-stacks-"));
});
afterAll(() => rmSync(outdir, { recursive: true }));

function written(stack: string) {
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
}

test("what is added to our stack may refer to another one of the app", () => {
  const app = new App({ outdir });
  const other = new TerraformStack(app, "other");
  new AwsProvider(other, "Aws", { region: "us-east-1" });
  const { arn } = new SnsTopic(other, "Tickets", {});
  const { config, warnings } = checkConfig({}, []);
  const zip = { path: join(REPOSITORY, "cdktf.json"), hash: "c29tZSBoYXNo" };
  const ours = new TrailwardenStack(
    app,
    "trailwarden",
    new Deployable({ config, catalogue: [], zip, notifierZip: undefined, warnings }),
  );
  new TerraformOutput(ours, "Theirs", { value: arn });
  app.synth();

  const { value } = written("trailwarden").output.Theirs;
  const [, state = "", output = ""] =
    /^\$\{data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)\}$/.exec(value) ?? [];
  expect(Object.keys(written("trailwarden").data.terraform_remote_state)).toEqual([state]);
  expect(written("other").output[output].value).toBe("${aws_sns_topic.Tickets.arn}");
});
