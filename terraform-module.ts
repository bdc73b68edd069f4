import { App } from "cdktf";
import { ConfigurationError } from "./config/errors";
import { loadConfig } from "./config/load";
import { bundleFunction, zipFunction } from "./constructs/function-zip";
import { moduleParameters } from "./constructs/module-parameters";
import { SynthError } from "./constructs/synth-error";
import { TrailwardenStack } from "./constructs/trailwarden-stack";
import { catalogue } from "./lambda-src/detections/catalogue";

/** Synthesizes the stack with variables; `trailwarden module` makes a module of it. */
async function main(): Promise<void> {
  const detectionIds = catalogue.map(({ id }) => id);
  const { config } = loadConfig({ environment: process.env, file: "cdktf.json", detectionIds });
  const app = new App();
  new TrailwardenStack(app, "trailwarden-module", {
    config,
    catalogue,
    zip: zipFunction(await bundleFunction(__dirname), catalogue),
    warnings: [],
    parameterize: (stack) => moduleParameters(stack, config, detectionIds),
  });
  app.synth();
}

main().catch((error: unknown) => {
  const problems =
    error instanceof ConfigurationError ? error.problems : error instanceof SynthError ? [error.message] : undefined;
  if (!problems) throw error;
  for (const problem of problems) console.error(`error: ${problem}`);
  process.exitCode = 1;
});
