// Opens, updates or closes the issue about drift. From the environment: PLAN_FILE, PLAN_EXIT_CODE, REVIEW_FILE
// (need not be there), RUN_URL, and what GitHub sets.
import { existsSync, readFileSync } from "node:fs";
import { reportError } from "../../config/report-error";
import { DRIFT_MARKER, DRIFT_TITLE, type IssueStep, nextStep } from "./drift-issue";
import { GitHubApi, required } from "./github-api";

async function take(step: IssueStep, api: GitHubApi): Promise<void> {
  switch (step.do) {
    case "nothing":
      return;
    case "open":
      return api.send("POST", "issues", { title: DRIFT_TITLE, body: step.body });
    case "update":
      return api.send("PATCH", `issues/${step.issue}`, { body: step.body });
    case "close":
      await api.send("POST", `issues/${step.issue}/comments`, { body: step.comment });
      return api.send("PATCH", `issues/${step.issue}`, { state: "closed", state_reason: "completed" });
  }
}

async function main(): Promise<void> {
  const from = (name: string) => required(process.env, name);
  const api = new GitHubApi(process.env);
  const open = await api.findOwn("issues?state=open", DRIFT_MARKER);
  const step = nextStep({
    plan: readFileSync(from("PLAN_FILE"), "utf8"),
    review: existsSync(from("REVIEW_FILE")) ? readFileSync(from("REVIEW_FILE"), "utf8") : undefined,
    exitCode: from("PLAN_EXIT_CODE"),
    openIssue: open?.number,
    runUrl: from("RUN_URL"),
  });
  await take(step, api);
}

main().catch((error: unknown) => {
  process.exitCode = reportError(error);
});
