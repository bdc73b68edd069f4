import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { type Attributes, parseStack, type SynthesizedStack } from "../../assertions/synthesized-stack";
import { checkConfig } from "../../config/check";
import type { Config } from "../../config/schema";
import { Deployable } from "../../constructs/deployable/deployable";
import type { FunctionZip } from "../../constructs/function/function-zip";
import { withoutStackTraces } from "../../constructs/program/without-stack-traces";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { REPOSITORY } from "../repository";

export const ACCOUNT = "${data.aws_caller_identity.Account.account_id}";
export const PARTITION = "${data.aws_partition.Partition.partition}";
/** Built from the trail's name: a reference to the trail would make a cycle. */
export const TRAIL_ARN = `arn:${PARTITION}:cloudtrail:us-east-1:${ACCOUNT}:trail/MyCloudTrail`;

/** A subscriber of every protocol and every severity. */
export const SUBSCRIBERS = [
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "critical" },
  { protocol: "https", endpoint: "https://siem.example.com/alerts", minSeverity: "medium" },
  { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:111122223333:tickets", minSeverity: "high" },
] as const;

/** Any small file: only the tests of the zip itself look into it. */
const SOME_ZIP: FunctionZip = { path: join(REPOSITORY, "cdktf.json"), hash: "c29tZSBoYXNo" };

interface Overrides {
  readonly zip?: FunctionZip;
  readonly catalogue?: readonly Detection[];
  /** Put over the checked configuration, to say what the check would refuse. */
  readonly unchecked?: Partial<Config>;
}

/** Synthesizes the whole stack; `context` is what stands in `cdktf.json`. */
export function synthesizeStack(context: Attributes = {}, overrides: Overrides = {}): SynthesizedStack {
  const { config, warnings } = checkConfig(
    context,
    catalogue.map(({ id }) => id),
  );
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-synth-"));
  try {
    return withoutStackTraces(() => {
      const deployable = new Deployable({
        config: { ...config, ...overrides.unchecked },
        catalogue: overrides.catalogue ?? catalogue,
        zip: overrides.zip ?? SOME_ZIP,
        warnings,
      });
      const stack = new TrailwardenStack(Testing.app({ outdir }), "trailwarden", deployable);
      return parseStack(Testing.synth(stack, true));
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
