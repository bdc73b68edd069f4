import "../../constructs/program/faster-synth";
import { loadDeployable } from "../../constructs/deployable/load-deployable";
import { functionCodeMeanwhile } from "../../constructs/function/function-code";
import { runProgram } from "../../constructs/program/run-program";
import { synthesizeApp } from "../../constructs/program/trailwarden-app";

// As main.ts, with forwarders in every region that an account has without opting in.
runProgram(async () => {
  const loaded = loadDeployable({ ...process.env, TRAILWARDEN_REGIONS: "default" });
  synthesizeApp(loaded, await functionCodeMeanwhile(), console.error);
});
