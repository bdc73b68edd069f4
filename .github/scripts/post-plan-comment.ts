// Shows the plan and its review on the pull request, in one comment that later runs update. From the environment: PLAN_FILE,
// PLAN_EXIT_CODE, REVIEW_FILE (need not be there), PULL_REQUEST (its number), COMMIT, RUN_URL, and what GitHub sets.
import { existsSync, readFileSync } from "node:fs";
import { reportError } from "../../config/report-error";
import { GitHubApi, required } from "./github-api";
import { PLAN_MARKER, planComment } from "./plan-comment";

async function main(): Promise<void> {
  const from = (name: string) => required(process.env, name);
  const api = new GitHubApi(process.env);
  const comments = `issues/${from("PULL_REQUEST")}/comments`;
  const body = planComment({
    plan: readFileSync(from("PLAN_FILE"), "utf8"),
    review: existsSync(from("REVIEW_FILE")) ? readFileSync(from("REVIEW_FILE"), "utf8") : undefined,
    exitCode: from("PLAN_EXIT_CODE"),
    commit: from("COMMIT"),
    runUrl: from("RUN_URL"),
  });
  const earlier = await api.findOwn(comments, PLAN_MARKER);
  await (earlier === undefined
    ? api.send("POST", comments, { body })
    : api.send("PATCH", `issues/comments/${earlier.id}`, { body }));
}

main().catch((error: unknown) => {
  process.exitCode = reportError(error);
});
