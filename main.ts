import { functionCode } from "./constructs/function-code";

// esbuild bundles in a process of its own while everything below is loaded; `require`, because imports would come first.
const bundling = functionCode();
bundling.catch(() => {
  // Told of where it is awaited.
});
// CDKTF's files carry source maps, and it keeps a stack trace per token: reading and applying them would take as long as
// the rest of the synth.
process.setSourceMapsEnabled(false);
const { runProgram } = require("./constructs/run-program") as typeof import("./constructs/run-program");
const { zipFunction } = require("./constructs/function-zip") as typeof import("./constructs/function-zip");
const { loadDetections } = require("./own-detections/load") as typeof import("./own-detections/load");
const { suppressionsOf } = require("./constructs/suppressions") as typeof import("./constructs/suppressions");

async function main(): Promise<void> {
  const { config, catalogue, warnings } = loadDetections(process.env);
  // The cdktf command shows the stack's annotations itself, and takes what we print for errors.
  const print = process.env.CDKTF_CONTEXT_JSON === undefined ? console.error : () => {};
  // By `import`, which waits: tsx looks through each file of CDKTF's, and takes a fraction of the time once its
  // WebAssembly is compiled.
  const { App } = await import("cdktf");
  const { TrailwardenStack } =
    require("./constructs/trailwarden-stack") as typeof import("./constructs/trailwarden-stack");
  const zip = zipFunction(await bundling, catalogue, suppressionsOf(config, catalogue));
  const app = new App();
  const stack = new TrailwardenStack(app, "trailwarden", { config, catalogue, zip, warnings });
  app.synth();
  for (const warning of stack.warnings) print(`warning: ${warning}`);
  for (const { resource, id, statements } of stack.statementsToAdd) {
    print(`note: ${resource} ${id} is used as it is; its owner has to add these statements to its policy:`);
    print(JSON.stringify(statements, null, 2));
  }
  print(`Terraform JSON: ${app.outdir}/stacks/trailwarden/cdk.tf.json`);
}

runProgram(main);
