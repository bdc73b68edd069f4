import { App } from "cdktf";
import { functionCode } from "./constructs/function-code";
import { zipFunction } from "./constructs/function-zip";
import { loadDeployable } from "./constructs/load-deployable";
import { moduleParameters } from "./constructs/module-parameters";
import { runProgram } from "./constructs/run-program";
import { suppressionsOf } from "./constructs/suppressions";
import { TrailwardenStack } from "./constructs/trailwarden-stack";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
async function main(): Promise<void> {
  const { config, catalogue } = loadDeployable(process.env);
  const detectionIds = catalogue.map(({ id }) => id);
  const app = new App();
  new TrailwardenStack(app, "trailwarden-module", {
    config,
    catalogue,
    zip: zipFunction(await functionCode(), catalogue, suppressionsOf(config, catalogue)),
    warnings: [],
    parameterize: (stack) => moduleParameters(stack, config, detectionIds),
  });
  app.synth();
}

runProgram(main);
