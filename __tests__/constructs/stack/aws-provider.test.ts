import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import { StateBucketStack } from "../../../constructs/state-bucket-stack";
import { synthesizeStack } from "../synthesize-stack";

/** Every provider with the arguments that we use, and none of a major that may have renamed them. */
const TAKEN = { aws: { source: "aws", version: ">= 6.25.0, < 7.0.0" } };

test("the stack takes any AWS provider of the major that it was made for", () => {
  expect(synthesizeStack().terraform.required_providers).toEqual(TAKEN);
});

test("so does the stack of the state's bucket", () => {
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-provider-"));
  try {
    const stack = new StateBucketStack(Testing.app({ outdir }), "trailwarden-state", {
      bucketName: "our-state",
      region: "eu-west-1",
      namePrefix: "trailwarden",
      tags: {},
    });
    const { terraform } = JSON.parse(Testing.synth(stack, true)) as {
      readonly terraform: Readonly<Record<string, unknown>>;
    };

    expect(terraform.required_providers).toEqual(TAKEN);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
