import { App } from "cdktf";
import { loadDetections } from "./config/custom-detections/load";
import { addLockFile } from "./constructs/program/lock-file";
import { runProgram } from "./constructs/program/run-program";
import { StateBucketStack, stateBucketMissing, stateBucketProps } from "./constructs/state-bucket-stack";

function main(): void {
  const { config } = loadDetections(process.env, undefined, ({ origins }) => stateBucketMissing(origins));
  const props = stateBucketProps(config);
  const app = new App();
  new StateBucketStack(app, "trailwarden-state", props);
  app.synth();
  addLockFile(".", app.outdir, "trailwarden-state");
  // The cdktf command takes what we print for errors.
  if (process.env.CDKTF_CONTEXT_JSON === undefined) {
    console.error(`Terraform JSON: ${app.outdir}/stacks/trailwarden-state/cdk.tf.json`);
  }
}

runProgram(main);
