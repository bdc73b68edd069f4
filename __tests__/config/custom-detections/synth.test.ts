import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { resources, theAttributes } from "../../../assertions/resources";
import { parseStack } from "../../../assertions/synthesized-stack";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { REPOSITORY } from "../../repository";
import { LEAST, withFolder } from "./folder";

test("a folder of detections becomes rules and part of the zip, as data", () => {
  const files = {
    "cdktf.json": { context: { detectionsFolder: "own", disabledDetections: ["bastion-started"] } },
    "own/stopped.json": { ...LEAST, title: "Cost: ${5}" },
    "own/more.ts": `
      const calls: readonly string[] = ["StartInstances"];
      export const started = { ...${JSON.stringify({ ...LEAST, id: "bastion-started" })},
        pattern: { source: ["aws.ec2"], detail: { eventName: calls } } };
      export const quiet = { ...started, id: "bastion-quiet", path: "log" };`,
  };
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-synth-"));
  try {
    withFolder(files, (cwd) => {
      const inherited = Object.entries(process.env).filter(([key]) => !/^(TRAILWARDEN_|CDKTF_)/.test(key));
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, "main.ts")],
        { cwd, encoding: "utf8", env: { ...Object.fromEntries(inherited), CDKTF_OUTDIR: outdir } },
      );
      expect([status, stderr]).toEqual([0, expect.stringContaining("Terraform JSON: ")]);
    });
    const folder = join(outdir, "stacks", "trailwarden");
    const stack = parseStack(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    const rules = resources(stack, "aws_cloudwatch_event_rule").map(({ attributes }) => attributes);
    const fn = theAttributes(stack, "aws_lambda_function");
    const { "catalogue.json": json } = unzipSync(readFileSync(join(folder, String(fn.filename))));
    const zipped = JSON.parse(strFromU8(json as Uint8Array)) as readonly Detection[];

    expect(rules.map(({ name }) => String(name)).filter((name) => name.includes("bastion"))).toEqual([
      "trailwarden-bastion-stopped",
    ]);
    expect(rules.map(({ description }) => description)).toContain("HIGH: Cost: $${5}");
    expect(zipped.slice(0, catalogue.length)).toEqual(catalogue);
    expect(zipped.slice(catalogue.length).map(({ id, pack }) => [id, pack])).toEqual([
      ["bastion-quiet", "own"],
      ["bastion-started", "own"],
      ["bastion-stopped", "own"],
    ]);
    expect(fn.environment).toMatchObject({
      variables: { DISABLED_DETECTIONS: "bastion-started", PACKS: '["default"]' },
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
