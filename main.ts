import { App } from "cdktf";
import { ConfigurationError } from "./config/errors";
import { loadConfig } from "./config/load";
import { buildFunctionZip } from "./constructs/function-zip";
import { SynthError } from "./constructs/synth-error";
import { TrailwardenStack } from "./constructs/trailwarden-stack";
import { catalogue } from "./lambda-src/detections/catalogue";

function main(): void {
  const { config, warnings } = loadConfig({
    environment: process.env,
    file: "cdktf.json",
    detectionIds: catalogue.map(({ id }) => id),
  });
  // The cdktf command shows the stack's annotations itself, and takes what we print for errors.
  const print = process.env.CDKTF_CONTEXT_JSON === undefined ? console.error : () => {};
  for (const warning of warnings) print(`warning: ${warning}`);
  const zip = buildFunctionZip(__dirname, catalogue);
  const app = new App();
  const stack = new TrailwardenStack(app, "trailwarden", { config, catalogue, zip, warnings });
  app.synth();
  for (const { resource, id, statements } of stack.statementsToAdd) {
    print(`note: ${resource} ${id} is used as it is; its owner has to add these statements to its policy:`);
    print(JSON.stringify(statements, null, 2));
  }
  print(`Terraform JSON: ${app.outdir}/stacks/trailwarden/cdk.tf.json`);
}

try {
  main();
} catch (error) {
  const problems =
    error instanceof ConfigurationError ? error.problems : error instanceof SynthError ? [error.message] : undefined;
  if (!problems) throw error;
  for (const problem of problems) console.error(`error: ${problem}`);
  process.exitCode = 1;
}
