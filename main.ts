import { functionCodeMeanwhile } from "./constructs/function-code";
import { loadPackagesAsTheyAre } from "./constructs/packages-as-they-are";
import { runProgram } from "./constructs/run-program";

// Where esbuild has to bundle it, it does so in a process of its own while the rest is loaded.
const bundling = functionCodeMeanwhile();
bundling.catch(() => {
  // Told of where it is awaited.
});
// CDKTF's files carry source maps: reading them would take as long as a good part of the synth.
process.setSourceMapsEnabled(false);
loadPackagesAsTheyAre();
// `require`, because imports would come before.
const { loadDeployable } = require("./constructs/load-deployable") as typeof import("./constructs/load-deployable");
const { synthesizeApp } = require("./constructs/trailwarden-app") as typeof import("./constructs/trailwarden-app");

async function main(): Promise<void> {
  const loaded = loadDeployable(process.env);
  // The cdktf command shows the stack's annotations itself, and takes what we print for errors.
  const print = process.env.CDKTF_CONTEXT_JSON === undefined ? console.error : () => {};
  synthesizeApp(loaded, await bundling, print);
}

runProgram(main);
