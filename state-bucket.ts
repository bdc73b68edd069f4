import { App } from "cdktf";
import { loadConfig } from "./config/load";
import { addLockFile } from "./constructs/lock-file";
import { runProgram } from "./constructs/run-program";
import { StateBucketStack, stateBucketProps } from "./constructs/state-bucket-stack";
import { catalogue } from "./lambda-src/detections/catalogue";

function main(): void {
  const { config } = loadConfig({
    environment: process.env,
    file: "cdktf.json",
    detectionIds: catalogue.map(({ id }) => id),
  });
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
