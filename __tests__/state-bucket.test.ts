import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** A folder that did not exist when the program was started. */
  readonly outdir: string;
}

const STATE = { stateBucket: "our-state", stateRegion: "eu-west-1" };
const FROM_ENVIRONMENT = { TRAILWARDEN_STATE_BUCKET: "our-state", TRAILWARDEN_STATE_REGION: "eu-west-1" };
const FROM_COMMAND = { CDKTF_CONTEXT_JSON: JSON.stringify(STATE) };

let temporary: string;
let good: Outcome;
let command: Outcome;
let nothing: Outcome;
let half: Outcome;

/** Starts `state-bucket.ts` as `npm run synth:state` does. */
function start(name: string, environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const outdir = join(temporary, name);
  const inherited = Object.entries(process.env).filter(([key]) => !/^(TRAILWARDEN_|CDKTF_)/.test(key));
  const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), "state-bucket.ts"], {
    cwd: REPOSITORY,
    env: { ...Object.fromEntries(inherited), ...environment, CDKTF_OUTDIR: outdir },
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, outdir, ...output }));
  });
}

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
