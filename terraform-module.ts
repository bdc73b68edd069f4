import { App } from "cdktf";
import { functionCode } from "./constructs/function-code";
import { zipFunction } from "./constructs/function-zip";
import { moduleParameters } from "./constructs/module-parameters";
import { runProgram } from "./constructs/run-program";
import { moduleSuppressions, suppressionsOf } from "./constructs/suppressions";
import { TrailwardenStack } from "./constructs/trailwarden-stack";
import { loadDetections } from "./own-detections/load";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
async function main(): Promise<void> {
  const { config, catalogue } = loadDetections(process.env);
  // Refuses what the variables' defaults would be refused for.
  suppressionsOf(config, catalogue);
  const app = new App();
  new TrailwardenStack(app, "trailwarden-module", {
    config,
    catalogue,
    zip: zipFunction(await functionCode(), catalogue, moduleSuppressions(catalogue)),
    warnings: [],
    parameterize: (stack) => moduleParameters(stack, config, catalogue),
  });
  app.synth();
}

runProgram(main);
