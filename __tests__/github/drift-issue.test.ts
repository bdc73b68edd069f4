import { describe, expect, test } from "@jest/globals";
import { DRIFT_MARKER, nextStep } from "../../.github/scripts/drift-issue";

const PLAN = "  ~ aws_sns_topic.x\n\nPlan: 0 to add, 1 to change, 0 to destroy.\n";
const RUN_URL = "https://github.example/owner/repository/actions/runs/7";
const run = { plan: PLAN, runUrl: RUN_URL, review: undefined };

describe("changes", () => {
  test("open an issue when there is none", () => {
    expect(nextStep({ ...run, exitCode: "2", openIssue: undefined })).toEqual({
      do: "open",
      body: expect.stringContaining("Plan: 0 to add, 1 to change, 0 to destroy."),
    });
  });

  test("update the one that is open", () => {
    expect(nextStep({ ...run, exitCode: "2", openIssue: 12 })).toEqual({
      do: "update",
      issue: 12,
      body: expect.stringContaining(RUN_URL),
    });
  });

  test("come with the review, which separates the dangerous ones from the rest", () => {
    const step = nextStep({ ...run, exitCode: "2", openIssue: undefined, review: "## 1 changed outside Terraform\n" });

    expect(step).toMatchObject({ body: expect.stringContaining("\n## 1 changed outside Terraform\n\n<details>") });
  });

  test("are reported in a text that begins with the marker and fits, whatever the plan's length", () => {
    const step = nextStep({ ...run, plan: "+ a line\n".repeat(20_000), exitCode: "2", openIssue: undefined });
    const body = step.do === "open" ? step.body : "";

    expect(body.startsWith(DRIFT_MARKER)).toBe(true);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
  });
});

describe("no changes", () => {
  test("close the issue that is open, and say why", () => {
    expect(nextStep({ ...run, exitCode: "0", openIssue: 12 })).toEqual({
      do: "close",
      issue: 12,
      comment: expect.stringContaining(RUN_URL),
    });
  });

  test("need nothing when none is open", () => {
    expect(nextStep({ ...run, exitCode: "0", openIssue: undefined })).toEqual({ do: "nothing" });
  });
});

test.each(["1", "", "3"])("a run without a plan says nothing about drift: exit code %p", (exitCode) => {
  expect(() => nextStep({ ...run, exitCode, openIssue: 12 })).toThrow(`exit code is "${exitCode}"`);
});
