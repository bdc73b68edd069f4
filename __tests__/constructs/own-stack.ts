import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { afterAll, beforeAll } from "@jest/globals";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { parseStack, type SynthesizedStack } from "../../assertions/synthesized-stack";
import { ConfigurationError } from "../../config/errors";
import { withoutStackTraces } from "../../constructs/program/without-stack-traces";
import { Trailwarden } from "../../constructs/trailwarden";

let outdir: string;
let apps = 0;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "trailwarden-construct-"));
});
afterAll(() => rmSync(outdir, { recursive: true }));

/** A user's own stack: nothing in it is ours until `fill` puts it there. */
export class OwnStack extends TerraformStack {
  constructor(app: App, id: string, region: string, fill: (stack: TerraformStack) => void) {
    super(app, id);
    new LocalBackend(this, { path: `${id}.tfstate` });
    new AwsProvider(this, "Aws", { region });
    withoutStackTraces(() => fill(this));
  }
}

export function newApp(): App {
  return new App({ outdir: join(outdir, String(apps++)) });
}

export function synthesized(app: App, stack = "own"): SynthesizedStack {
  withoutStackTraces(() => app.synth());
  return parseStack(readFileSync(join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
}

export function inOwnStack(fill: (stack: TerraformStack) => void, region = "us-east-1"): SynthesizedStack {
  const app = newApp();
  new OwnStack(app, "own", region, fill);
  return synthesized(app);
}

export function problemsOf(props: object): readonly string[] {
  try {
    new OwnStack(newApp(), "own", "us-east-1", (stack) => new Trailwarden(stack, "Default", props));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}
