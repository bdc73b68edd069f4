import { App } from "cdktf";
import { Deployable } from "./constructs/deployable";
import { functionCode } from "./constructs/function-code";
import { zipFunction } from "./constructs/function-zip";
import { loadDeployable } from "./constructs/load-deployable";
import { moduleParameters } from "./constructs/module-parameters";
import { runProgram } from "./constructs/run-program";
import { moduleSuppressions } from "./constructs/suppressions";
import { TrailwardenStack } from "./constructs/trailwarden-stack";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
function main(): void {
  const { config, catalogue } = loadDeployable(process.env);
  const app = new App();
  const deployable = new Deployable({
    config,
    catalogue,
    zip: zipFunction(functionCode(), catalogue, moduleSuppressions(catalogue)),
    warnings: [],
    parameterize: (stack) => moduleParameters(stack, config, catalogue),
  });
  new TrailwardenStack(app, "trailwarden-module", deployable);
  app.synth();
}

runProgram(main);
