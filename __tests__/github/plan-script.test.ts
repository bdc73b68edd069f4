import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { fixture } from "../plan-review/plans";
import { REPOSITORY } from "../repository";

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly plan: string;
  readonly review: string;
  /** As the next steps of the workflow see it. */
  readonly outputs: string;
  /** What the tool was called with, a line each. */
  readonly calls: readonly string[];
}

interface Tool {
  readonly name?: string;
  /** Bash that says what it does when called; `$2` is the command. */
  readonly does?: string;
  readonly backend?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What \`show -json\` writes. */
  readonly json?: unknown;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden plan "));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `plan.sh` in a project whose stack has the backend, with a made-up Terraform. */
function plan({
  name = "terraform",
  does = "",
  backend = { s3: {} },
  environment = {},
  json = fixture("retention").fine,
}: Tool): Outcome {
  const stack = join(folder, "cdktf.out", "stacks", "trailwarden");
  const bin = join(folder, "bin");
  mkdirSync(stack, { recursive: true });
  mkdirSync(bin);
  writeFileSync(join(folder, "shown.json"), JSON.stringify(json));
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
  writeFileSync(
    join(bin, name),
    `#!/usr/bin/env bash
echo "$@" >> "${folder}/calls"
for a in "$@"; do case $a in -backend-config=*) echo "with $(cat "\${a#*=}")" >> "${folder}/calls" ;; esac; done
${does}
case "$2 $3" in "show -json") cat "${folder}/shown.json"; exit ;; esac
case $2 in plan) exit 2 ;; show) echo "Plan: 1 to add" ;; *) echo "chatter of $2" ;; esac
`,
    { mode: 0o755 },
  );
  const { status, stdout } = spawnSync("bash", [join(REPOSITORY, ".github", "scripts", "plan.sh"), "plan.out"], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env.PATH}`, GITHUB_OUTPUT: join(folder, "outputs"), ...environment },
  });
  return {
    status,
    stdout,
    plan: written(join("plan.out", "plan.txt")),
    review: written(join("plan.out", "review.md")),
    outputs: written("outputs"),
    calls: written("calls").split("\n").slice(0, -1),
  };
}

function written(file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch {
    return "";
  }
}

describe("a plan", () => {
  test("is made without a lock, from what is synthesized, and shown", () => {
    const { status, plan: shown, outputs, calls } = plan({});

    expect({ status, shown, outputs }).toEqual({
      status: 0,
      shown: "Plan: 1 to add\n",
      outputs: "review=0\nexitcode=2\n",
    });
    expect(calls.filter((call) => call.startsWith("-"))).toEqual([
      expect.stringMatching(/^-chdir=cdktf\.out\/stacks\/trailwarden init .*-input=false -backend-config=/),
      expect.stringMatching(/ validate -no-color$/),
      expect.stringMatching(/ plan .*-input=false -lock=false -detailed-exitcode -out=/),
      expect.stringMatching(/ show -no-color /),
      expect.stringMatching(/ show -json /),
    ]);
  });

  test("without changes is reported by the exit code, not by the text", () => {
    const { status, outputs } = plan({ does: 'case $2 in plan) echo "Plan: 1 to add"; exit 0 ;; esac' });

    expect({ status, outputs }).toEqual({ status: 0, outputs: "review=0\nexitcode=0\n" });
  });

  test("is made by the tool that TF_COMMAND names", () => {
    expect(plan({ name: "tofu", environment: { TF_COMMAND: "tofu" } }).outputs).toBe("review=0\nexitcode=2\n");
  });

  test("takes the backend's settings from BACKEND_CONFIG, word for word", () => {
    const settings = 'bucket = "b"\nassume_role = { role_arn = "$(id)" }';
    const { calls } = plan({ environment: { BACKEND_CONFIG: settings } });

    expect(calls.join("\n")).toContain(`with ${settings}`);
  });

  test("can give GitHub no commands", () => {
    const { stdout } = plan({ does: 'case "$2 $3" in "show -no-color") echo "::error::gotcha"; exit 0 ;; esac' });

    expect(stdout).toMatch(/^::stop-commands::(\d+)\n[\s\S]*\n::error::gotcha\n::\1::\n$/);
  });
});

describe("the review", () => {
  const json = fixture("retention").refused;
  const ID = "aws_s3_bucket_lifecycle_configuration.audit#retention";

  test("is written beside the plan, and its exit code is an output: the job of the plan does not fail by it", () => {
    const { status, review, stdout, outputs } = plan({ json });

    expect({ status, outputs }).toEqual({ status: 0, outputs: "review=2\nexitcode=2\n" });
    expect(review).toMatch(/^## Refused: /);
    expect(stdout).toContain(review);
  });

  test("lets through what REVIEW_ACCEPT says, with its reason", () => {
    const { review, outputs } = plan({ json, environment: { REVIEW_ACCEPT: `\n${ID} "quoted" $(id) reason\n` } });

    expect(outputs).toBe("review=0\nexitcode=2\n");
    expect(review).toContain('"quoted" $\\(id\\) reason');
  });

  test("takes an id to its first check: reasons have signs of their own", () => {
    const { review, outputs } = plan({ json, environment: { REVIEW_ACCEPT: `${ID} see #trail-team and #ops today` } });

    expect(review).toContain("Reason: see");
    expect(outputs).toContain("review=0");
  });

  test("that can't be made says why, and never passes", () => {
    const without = plan({ json, environment: { REVIEW_ACCEPT: ID } });

    expect(without.outputs).toBe("review=1\nexitcode=2\n");
    expect(without.review).toMatch(
      /^## The plan cannot be reviewed\n\n {4}error: --accept .* must be followed by --reason/,
    );
  });

  test("by a command that breaks down never passes, and its stack is shown", () => {
    const preload = join(folder, "defect.cjs");
    const path = join(REPOSITORY, "cli", "review", "review.ts");
    writeFileSync(
      preload,
      `const review = async () => { throw new TypeError("injected"); };
       require.cache[${JSON.stringify(path)}] = { id: "review", loaded: true, exports: { review } };`,
    );

    const { status, outputs, review } = plan({ environment: { NODE_OPTIONS: `--require ${JSON.stringify(preload)}` } });

    expect(status).toBe(0);
    expect(outputs).toContain("review=1\n");
    expect(review).toMatch(/^## The plan cannot be reviewed\n\n {4}error: TypeError: injected\n/);
  });

  test("of what is no plan says so", () => {
    const { review, outputs } = plan({ json: { version: 4, serial: 1, lineage: "x" } });

    expect(outputs).toBe("review=1\nexitcode=2\n");
    expect(review).toContain("is a state file, not a plan");
  });
});

describe("no plan", () => {
  test.each(["init", "validate", "plan"])("because %s fails: the text says why, and the run fails", (command) => {
    const {
      status,
      plan: text,
      outputs,
      calls,
    } = plan({
      does: `case $2 in ${command}) echo "Error: no"; echo "details" >&2; exit 1 ;; esac`,
    });

    expect({ status, text, outputs }).toEqual({ status: 1, text: "Error: no\ndetails\n", outputs: "exitcode=1\n" });
    expect(calls.at(-1)).toContain(command === "init" ? "with " : command);
  });

  test("against a local state, which would seem to lack everything", () => {
    const { status, plan: text, calls } = plan({ backend: { local: {} } });

    expect(status).toBe(1);
    expect(text).toMatch(/^The state is a local file.*Configure stateBucket and stateRegion.*\n$/);
    expect(calls).toEqual([]);
  });

  test("by a tool that is neither: it is not run", () => {
    const { status, plan: text, calls } = plan({ name: "touch", environment: { TF_COMMAND: "touch" } });

    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(text).toMatch(/^TF_COMMAND is ".*"; allowed: terraform, tofu/);
  });
});
