import "./constructs/program/faster-synth";
import { loadDeployable } from "./constructs/deployable/load-deployable";
import { functionCodeMeanwhile } from "./constructs/function/function-code";
import { runProgram } from "./constructs/program/run-program";
import { synthesizeApp } from "./constructs/program/trailwarden-app";

async function main(): Promise<void> {
  const loaded = loadDeployable(process.env);
  // The cdktf command shows the stack's annotations itself, and takes what we print for errors.
  const print = process.env.CDKTF_CONTEXT_JSON === undefined ? console.error : () => {};
  synthesizeApp(loaded, await functionCodeMeanwhile(), print);
}

runProgram(main);
