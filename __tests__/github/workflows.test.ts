import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { REPOSITORY } from "../repository";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(REPOSITORY, ".github", "workflows");
const sources = readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), "utf8")] as const);
const workflows = new Map(sources.map(([file, source]) => [file, parse(source) as Workflow]));

const jobs = [...workflows].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ place: `${file} ${name}`, job })),
);
const steps = jobs.flatMap(({ place, job }) => job.steps.map((step) => ({ place, step })));

function theJob(file: string, name: string): Job {
  const job = workflows.get(file)?.jobs[name];
  if (job === undefined) throw new Error(`${file} has no job ${name}`);
  return job;
}

test("there are four workflows", () => {
  expect(sources.map(([file]) => file).sort()).toEqual(["ci.yml", "conformance.yml", "drift.yml", "plan.yml"]);
});

describe("every action", () => {
  const uses = sources.flatMap(([, source]) =>
    [...source.matchAll(/uses: *(.*)/g)].map(([, action]) => String(action)),
  );

  test("is pinned to a commit, and says which version that is", () => {
    expect(uses).toHaveLength(steps.filter(({ step }) => step.uses !== undefined).length);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test("is pinned to one commit everywhere", () => {
    const pins = new Map<string, Set<string>>();
    for (const action of uses) {
      const [name = "", pin = ""] = action.split("@");
      pins.set(name, new Set([...(pins.get(name) ?? []), pin]));
    }

    expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([]);
    expect([...pins.keys()].sort()).toEqual([
      "actions/checkout",
      "actions/download-artifact",
      "actions/setup-node",
      "actions/upload-artifact",
      "aws-actions/configure-aws-credentials",
      "hashicorp/setup-terraform",
      "opentofu/setup-opentofu",
    ]);
  });

  test("that checks out leaves no token behind", () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));

    expect(checkouts.length).toBeGreaterThan(3);
    for (const { step } of checkouts) expect(step.with).toMatchObject({ "persist-credentials": false });
  });
});

describe("every workflow", () => {
  test.each([...workflows])("grants nothing but by the job: %s", (_, workflow) => {
    expect(workflow.permissions).toEqual({});
  });

  test.each([...workflows])("runs once at a time for what it is about: %s", (_, workflow) => {
    expect(workflow.concurrency?.group).toMatch(/^[a-z]+/);
  });

  test.each(sources)("does not run a stranger's code with our token: %s", (_, source) => {
    expect(source).not.toMatch(/pull_request_target|workflow_run/);
  });

  test.each(sources)("has no long-lived secret: %s", (_, source) => {
    expect(source).not.toMatch(/secrets\.|aws-access-key-id|aws-secret-access-key/);
  });
});

describe("every job", () => {
  test("has the permissions that it needs, and these alone", () => {
    expect(Object.fromEntries(jobs.map(({ place, job }) => [place, job.permissions]))).toEqual({
      "ci.yml check": { contents: "read" },
      "conformance.yml compare": { contents: "read" },
      "drift.yml issue": { contents: "read", issues: "write" },
      "drift.yml plan": { contents: "read", "id-token": "write" },
      "drift.yml skipped": {},
      "plan.yml comment": { contents: "read", "pull-requests": "write" },
      "plan.yml review": {},
      "plan.yml plan": { contents: "read", "id-token": "write" },
      "plan.yml skipped": {},
    });
  });

  test("ends by itself", () => {
    for (const { job } of jobs) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });
});

describe("every script in a workflow", () => {
  const scripts = steps.flatMap(({ place, step }) =>
    [step.run, step.with?.script].filter((text) => typeof text === "string").map((text) => [place, text] as const),
  );

  test.each(scripts)("has nothing put into its text, only into its environment: %s", (_, text) => {
    expect(text).not.toContain("${{");
  });

  test("that npm runs exists", () => {
    const { scripts: known } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const called = scripts.flatMap(([, text]) => [...text.matchAll(/npm run (?:-\S+ )*([\w:-]+)/g)]);

    expect(called.length).toBeGreaterThan(0);
    for (const [, name] of called) expect(Object.keys(known)).toContain(name);
  });

  test("that is a file exists", () => {
    const files = scripts.flatMap(([, text]) => text.match(/\.(?:ci|github)\/[\w./-]+/g) ?? []);

    expect([...new Set(files)].sort()).toEqual([
      ".ci/run",
      ".github/scripts/conformance.sh",
      ".github/scripts/plan.sh",
      ".github/scripts/post-plan-comment.ts",
      ".github/scripts/update-drift-issue.ts",
    ]);
    for (const file of files) expect(() => readFileSync(join(REPOSITORY, file))).not.toThrow();
  });
});

test("CI checks both ends of what is supported, and what is between", () => {
  expect(theJob("ci.yml", "check").strategy?.matrix).toEqual({ node: [20, 22, 24] });
});

test("the engine is held against event-ruler every week, and when someone asks for it", () => {
  const { on } = workflows.get("conformance.yml") ?? {};

  expect(on).toEqual({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }], workflow_dispatch: null });
  expect(theJob("conformance.yml", "compare").steps.at(-1)?.run).toBe(".github/scripts/conformance.sh");
});

test("a pull request and the daily look plan in the same way", () => {
  expect(theJob("drift.yml", "plan").steps).toEqual(theJob("plan.yml", "plan").steps);
  expect(theJob("drift.yml", "plan").env).toEqual(theJob("plan.yml", "plan").env);
});

describe("AWS credentials", () => {
  test("come by OIDC, to the jobs that plan and to no others", () => {
    const given = steps.filter(({ step }) => step.uses?.includes("configure-aws-credentials"));

    expect(given.map(({ place }) => place).sort()).toEqual(["drift.yml plan", "plan.yml plan"]);
    for (const { step } of given)
      expect(step.with).toMatchObject({ "role-to-assume": "${{ vars.AWS_PLAN_ROLE_ARN }}" });
  });

  test("come after all that is installed, so that no package sees them while it is", () => {
    const { steps: inOrder } = theJob("plan.yml", "plan");
    const at = (wanted: (step: Step) => boolean) => inOrder.findIndex(wanted);

    expect(at(({ run }) => run === "npm ci")).toBeLessThan(
      at(({ uses }) => uses?.includes("configure-aws-credentials") ?? false),
    );
  });

  test("do not go to forks, which get a notice instead", () => {
    const fromFork = "github.event.pull_request.head.repo.full_name != github.repository";

    expect(theJob("plan.yml", "plan").if).toContain(fromFork.replace("!=", "=="));
    expect(theJob("plan.yml", "skipped").if).toContain(fromFork);
    expect(theJob("plan.yml", "skipped").steps).toContainEqual(
      expect.objectContaining({ if: fromFork, run: expect.stringContaining("::notice") }),
    );
  });
});

describe("the review", () => {
  test("fails a job of its own, with every exit code but 0", () => {
    const { needs, if: when, steps: [step] = [] } = theJob("plan.yml", "review");

    expect({ needs, when }).toEqual({ needs: "plan", when: "${{ !cancelled() && needs.plan.result != 'skipped' }}" });
    expect(step?.if).toBe("needs.plan.outputs.review != '0'");
    expect(step?.run).toMatch(/\nexit 1\n$/);
  });
});

describe("what may write", () => {
  test("takes its script from the base branch, not from the pull request", () => {
    const [checkout] = theJob("plan.yml", "comment").steps;

    expect(checkout?.with).toMatchObject({ ref: "${{ github.event.pull_request.base.sha }}" });
  });

  test("reports a failed plan on the pull request, but not as drift: there the run fails", () => {
    expect(theJob("plan.yml", "comment").if).toBe("${{ !cancelled() && needs.plan.outputs.exitcode != '' }}");
    expect(theJob("drift.yml", "issue").if).toBeUndefined();
    expect(theJob("drift.yml", "issue").needs).toBe("plan");
  });
});

describe("either tool", () => {
  test.each(["plan.yml", "drift.yml"])(
    "is installed as TF_COMMAND says, without a wrapper round its exit code: %s",
    (file) => {
      const install = theJob(file, "plan").steps.filter(({ uses }) => /setup-(terraform|opentofu)@/.test(uses ?? ""));

      expect(install).toMatchObject([
        { if: "vars.TF_COMMAND != 'tofu'", with: { terraform_wrapper: false } },
        { if: "vars.TF_COMMAND == 'tofu'", with: { tofu_wrapper: false } },
      ]);
    },
  );
});
