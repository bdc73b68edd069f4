import { App } from "cdktf";
import { functionCode } from "./constructs/function-code";
import { zipFunction } from "./constructs/function-zip";
import { loadDeployable } from "./constructs/load-deployable";
import { moduleParameters } from "./constructs/module-parameters";
import { runProgram } from "./constructs/run-program";
import { moduleSuppressions } from "./constructs/suppressions";
import { TrailwardenStack } from "./constructs/trailwarden-stack";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
async function main(): Promise<void> {
  const { config, catalogue } = loadDeployable(process.env);
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
