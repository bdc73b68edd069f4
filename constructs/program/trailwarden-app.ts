import { App } from "cdktf";
import type { LoadedDetections } from "../../config/custom-detections/load";
import { Deployable } from "../deployable/deployable";
import { suppressionsOf } from "../deployable/suppressions";
import { type FunctionCode, zipFunction } from "../function/function-zip";
import { notifierZipOf } from "../notifier/notifier-zip";
import { TrailwardenStack } from "../trailwarden-stack";
import { addLockFile } from "./lock-file";
import { withoutStackTraces } from "./without-stack-traces";

/**
 * Writes the whole stack as Terraform JSON, to the folder that `CDKTF_OUTDIR` names.
 *
 * @param print takes a line for people
 * @throws SynthError when something of the configuration can't be deployed
 */
export function synthesizeApp(
  { config, catalogue, warnings }: LoadedDetections,
  code: FunctionCode,
  print: (line: string) => void,
): void {
  const zip = zipFunction(code, catalogue, suppressionsOf(config, catalogue));
  const notifierZip = notifierZipOf(config);
  const app = new App();
  const stack = withoutStackTraces(() => {
    const stack = new TrailwardenStack(
      app,
      "trailwarden",
      new Deployable({ config, catalogue, zip, notifierZip, warnings }),
    );
    app.synth();
    addLockFile(".", app.outdir, "trailwarden");
    return stack;
  });
  const { trailwarden } = stack;
  for (const warning of trailwarden.warnings) print(`warning: ${warning}`);
  for (const { resource, id, statements } of trailwarden.statementsToAdd) {
    print(`note: ${resource} ${id} exists and is not changed; its owner must add these statements to its policy:`);
    print(JSON.stringify(statements, null, 2));
  }
  const [home, ...others] = trailwarden.watchedRegions;
  if (others.length > 0) print(`note: alerts within seconds: ${home}, and by forwarders ${others.join(", ")}`);
  print(`Terraform JSON: ${app.outdir}/stacks/trailwarden/cdk.tf.json`);
}
