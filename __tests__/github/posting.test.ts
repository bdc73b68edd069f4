import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DRIFT_MARKER, DRIFT_TITLE } from "../../.github/scripts/drift-issue";
import { PLAN_MARKER } from "../../.github/scripts/plan-comment";
import { REPOSITORY } from "../repository";
import { FakeGitHub, type Request } from "./fake-github";

interface Outcome {
  readonly status: number | null;
  readonly stderr: string;
  readonly written: readonly Request[];
}

const OURSELVES = { login: "github-actions[bot]" };
const SOMEBODY = { login: "someone" };
const ISSUES = "/repos/owner/repository/issues";

let temporary: string;

/** Runs a script as its workflow does, against a GitHub that has these posts. */
async function run(script: string, posts: readonly unknown[], environment: Record<string, string>): Promise<Outcome> {
  const github = new FakeGitHub(posts);
  const child = spawn(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, ".github", "scripts", script)],
    {
      env: {
        PATH: process.env.PATH,
        ...(await github.start()),
        PLAN_FILE: join(temporary, "plan.txt"),
        REVIEW_FILE: join(temporary, "review.md"),
        RUN_URL: "https://github.example/runs/7",
        COMMIT: "0123abc",
        PULL_REQUEST: "5",
        ...environment,
      },
    },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  await github.stop();
  return { status, stderr, written: github.written };
}

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "trailwarden-posting-"));
  writeFileSync(join(temporary, "plan.txt"), "$(id) `id`\nPlan: 1 to add, 0 to change, 0 to destroy.\n");
  writeFileSync(join(temporary, "refused.md"), "## Refused: no\n");
  writeFileSync(join(temporary, "refused.txt"), "refuse this\n");
});
afterAll(() => rmSync(temporary, { recursive: true }));

describe("the comment on a pull request", () => {
  const post = (posts: readonly unknown[], environment = {}) =>
    run("post-plan-comment.ts", posts, { PLAN_EXIT_CODE: "2", ...environment });

  test("is made when there is none of ours: a marker in someone's comment is not ours", async () => {
    const { status, written } = await post([
      { id: 1, body: `${PLAN_MARKER} mine!`, user: SOMEBODY },
      { id: 2, body: "another of the bot's", user: OURSELVES },
      { id: 3, body: null, user: null },
    ]);

    expect(status).toBe(0);
    expect(written).toEqual([
      {
        method: "POST",
        path: `${ISSUES}/5/comments`,
        token: "Bearer a-token",
        body: { body: expect.stringContaining("\n$(id) `id`\n") },
      },
    ]);
  });

  test("has the review, where there is one", async () => {
    const { written } = await post([], { REVIEW_FILE: join(temporary, "refused.md") });

    expect(written).toMatchObject([{ body: { body: expect.stringContaining("\n## Refused: no\n") } }]);
  });

  test("is updated when there is one, on whichever page", async () => {
    const others = Array.from({ length: 250 }, (_, id) => ({ id, body: "hello", user: SOMEBODY }));
    const { status, written } = await post([...others, { id: 777, body: `${PLAN_MARKER}\nold`, user: OURSELVES }]);

    expect(status).toBe(0);
    expect(written).toMatchObject([{ method: "PATCH", path: `${ISSUES}/comments/777` }]);
  });

  test("that GitHub refuses ends the run with its answer on one line", async () => {
    const { status, stderr } = await post([], { PLAN_FILE: join(temporary, "refused.txt") });

    expect(status).toBe(1);
    expect(stderr).toBe('error: POST issues/5/comments: GitHub answers 403 {"message": "as you wish"}\n');
  });

  test("needs to know what it is about", async () => {
    const { status, stderr, written } = await post([], { PULL_REQUEST: "" });

    expect({ status, stderr, written }).toEqual({
      status: 1,
      stderr: "error: PULL_REQUEST is not set: the workflow must set it\n",
      written: [],
    });
  });
});

describe("the issue that reports drift", () => {
  const update = (exitCode: string, posts: readonly unknown[]) =>
    run("update-drift-issue.ts", posts, { PLAN_EXIT_CODE: exitCode });
  const open = { id: 900, number: 12, body: `${DRIFT_MARKER}\nold`, user: OURSELVES };

  test("is opened", async () => {
    const pullRequest = { ...open, number: 11, pull_request: {} };
    const { status, written } = await update("2", [pullRequest]);

    expect(status).toBe(0);
    expect(written).toMatchObject([
      { method: "POST", path: ISSUES, body: { title: DRIFT_TITLE, body: expect.stringContaining(DRIFT_MARKER) } },
    ]);
  });

  test("is updated by its number, not by its id", async () => {
    const { written } = await update("2", [open]);

    expect(written).toMatchObject([{ method: "PATCH", path: `${ISSUES}/12` }]);
    expect(written[0]?.body).not.toHaveProperty("state");
  });

  test("is closed, after a word why", async () => {
    const { written } = await update("0", [open]);

    expect(written).toMatchObject([
      { method: "POST", path: `${ISSUES}/12/comments` },
      { method: "PATCH", path: `${ISSUES}/12`, body: { state: "closed" } },
    ]);
  });

  test("stays as it is without a plan, and the run fails", async () => {
    const { status, written } = await update("1", [open]);

    expect({ status, written }).toEqual({ status: 1, written: [] });
  });
});
