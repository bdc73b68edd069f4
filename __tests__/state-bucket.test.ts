import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";
import { type Outcome, startSynth } from "./synth-program";

const STATE = { stateBucket: "our-state", stateRegion: "eu-west-1" };
const FROM_ENVIRONMENT = { TRAILWARDEN_STATE_BUCKET: "our-state", TRAILWARDEN_STATE_REGION: "eu-west-1" };
const FROM_COMMAND = { CDKTF_CONTEXT_JSON: JSON.stringify(STATE) };

let temporary: string;
let good: Outcome;
let command: Outcome;
let nothing: Outcome;
let half: Outcome;

const start = (name: string, environment: Readonly<Record<string, string>>) =>
  startSynth("state-bucket.ts", join(temporary, name), { environment });

function written({ outdir }: Outcome): string {
  return readFileSync(join(outdir, "stacks", "trailwarden-state", "cdk.tf.json"), "utf8");
}

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), "trailwarden-state-bucket-"));
  [good, command, nothing, half] = await Promise.all([
    start("good", FROM_ENVIRONMENT),
    start("command", FROM_COMMAND),
    start("nothing", {}),
    start("half", { TRAILWARDEN_STATE_BUCKET: "our-state" }),
  ]);
}, 30_000);
afterAll(() => rmSync(temporary, { recursive: true }));

describe("a configuration that names the bucket", () => {
  test("makes one stack and says where its Terraform JSON is", () => {
    expect(good.status).toBe(0);
    expect(good.stderr).toBe(`Terraform JSON: ${good.outdir}/stacks/trailwarden-state/cdk.tf.json\n`);
    expect(good.stdout).toBe("");
    expect(readdirSync(join(good.outdir, "stacks"))).toEqual(["trailwarden-state"]);
  });

  test("makes the same under the cdktf command, which takes what is printed for errors", () => {
    expect(command).toMatchObject({ status: 0, stderr: "", stdout: "" });
    expect(written(command)).toBe(written(good));
  });

  test("writes no path of this machine", () => {
    expect(written(good)).not.toContain(REPOSITORY);
    expect(written(good)).not.toContain(tmpdir());
  });
});

describe("a configuration that does not", () => {
  test.each([
    ["neither", () => nothing, /^error: stateBucket and stateRegion are missing: .*\n$/],
    ["the bucket alone", () => half, /^error: stateRegion is missing: .*\n$/],
  ])("ends with 1 and one line that says what is missing: %s", (_, outcome, line) => {
    expect(outcome()).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(line) });
  });

  test("writes nothing", () => {
    expect([nothing, half].map(({ outdir }) => existsSync(outdir))).toEqual([false, false]);
  });
});
