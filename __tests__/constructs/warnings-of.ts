import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { Testing } from "cdktf";
import { checkConfig } from "../../config/check";
import { Deployable } from "../../constructs/deployable/deployable";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import type { Detection } from "../../detection/definition/detection";
import { REPOSITORY } from "../repository";

/** What the stack says of its detections, both to who runs the synth and to the cdktf command. */
export function warningsOf(detections: readonly Detection[]): readonly unknown[] {
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-synth-"));
  try {
    const { config } = checkConfig({}, []);
    const deployable = new Deployable({
      config,
      catalogue: detections,
      zip: { path: join(REPOSITORY, "cdktf.json"), hash: "c29tZSBoYXNo" },
      notifierZip: undefined,
      warnings: [],
    });
    const stack = new TrailwardenStack(Testing.app({ outdir }), "trailwarden", deployable);
    const annotated = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .flatMap(({ type, data }): readonly unknown[] => (type.includes("warn") ? [data] : []));
    expect(annotated).toEqual(stack.trailwarden.warnings);
    return stack.trailwarden.warnings;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
