import { App } from "cdktf";
import { Deployable } from "./constructs/deployable/deployable";
import { loadDeployable } from "./constructs/deployable/load-deployable";
import { moduleSuppressions } from "./constructs/deployable/suppressions";
import { functionCode } from "./constructs/function/function-code";
import { zipFunction } from "./constructs/function/function-zip";
import { moduleParameters } from "./constructs/module/parameters";
import { notifierZipOf } from "./constructs/notifier/notifier-zip";
import { runProgram } from "./constructs/program/run-program";
import { TrailwardenStack } from "./constructs/trailwarden-stack";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
function main(): void {
  const { config, catalogue } = loadDeployable(process.env);
  const app = new App();
  const deployable = new Deployable({
    config,
    catalogue,
    zip: zipFunction(functionCode(), catalogue, moduleSuppressions(catalogue)),
    notifierZip: notifierZipOf(config),
    warnings: [],
    parameterize: (stack) => moduleParameters(stack, config, catalogue),
  });
  new TrailwardenStack(app, "trailwarden-module", deployable);
  app.synth();
}

runProgram(main);
