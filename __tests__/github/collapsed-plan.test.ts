import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { collapsedPlan, MAX_BODY_BYTES, summaryOf } from "../../.github/scripts/collapsed-plan";
import { PLAN_MARKER, planComment } from "../../.github/scripts/plan-comment";
import { anyCharacter } from "../any-character";

const RUN_URL = "https://github.example/owner/repository/actions/runs/7";

/** What stands between the fences. */
function fenced(text: string): string {
  const [, fence = "", rest = ""] = /^(`{3,})text\n([\s\S]*)$/m.exec(text) ?? [];
  return rest.slice(0, rest.indexOf(`\n${fence}\n`));
}

describe("the summary", () => {
  test.each([
    ["Plan: 3 to add, 1 to change, 0 to destroy.", "2"],
    ["Plan: 2 to import, 3 to add, 1 to change, 0 to destroy.", "2"],
  ])("is Terraform's own line: %s", (line, exitCode) => {
    expect(summaryOf(`  # a resource\n\n${line}\n\nChanges to Outputs:\n`, exitCode)).toBe(line);
  });

  test("is not a line that only begins like it", () => {
    expect(summaryOf("Plan: <img src=x> to add.\nPlan: 1 to add, @everybody.\n", "2")).toBe("Changes to outputs only.");
  });

  test("goes by the exit code where there is no such line", () => {
    expect(summaryOf("No changes. Your infrastructure matches the configuration.", "0")).toBe("No changes.");
    expect(summaryOf("Error: Plan: 1 to add, 0 to change, 0 to destroy.", "1")).toMatch(/^No plan/);
  });
});

describe("the folded plan", () => {
  test("is folded, and whole when it fits", () => {
    const text = collapsedPlan("line 1\nline 2\n", 1_000);

    expect(text).toMatch(/^<details><summary>.*<\/summary>\n\n```text\n/);
    expect(fenced(text)).toBe("line 1\nline 2");
    expect(text).toMatch(/\n```\n\n<\/details>$/);
  });

  test("is cut between lines where it does not fit, and says how much is missing", () => {
    const plan = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
    const text = collapsedPlan(plan, 500);
    const shown = fenced(text).split("\n");

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(500);
    expect(shown).toEqual(plan.split("\n").slice(0, shown.length));
    expect(shown.length).toBeGreaterThan(20);
    expect(text).toContain(`The last ${100 - shown.length} of 100 lines are cut`);
  });

  test("can't be left from within: its fence is longer than any in it", () => {
    const plan = "+ policy = <<-EOT\n```\n</details> @everybody\n````\nEOT";

    expect(fenced(collapsedPlan(plan, 1_000))).toBe(plan);
    expect(collapsedPlan(plan, 1_000)).toContain("\n`````text\n");
  });

  test("never is longer than it may be, whatever is in it", () => {
    const line = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constant("`".repeat(70_000)),
      fc.constant("ü€😀".repeat(9_000)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 600, max: MAX_BODY_BYTES }), (lines, bytes) => {
        expect(Buffer.byteLength(collapsedPlan(lines.join("\n"), bytes))).toBeLessThanOrEqual(bytes);
      }),
    );
  });
});

describe("the comment", () => {
  const run = { exitCode: "2", commit: "0123abc", runUrl: RUN_URL, review: undefined };

  test("begins with its marker, and says what, for which commit and where", () => {
    const text = planComment({ ...run, plan: "...\nPlan: 1 to add, 0 to change, 0 to destroy.\n" });

    expect(text.startsWith(`${PLAN_MARKER}\n`)).toBe(true);
    expect(text).toContain(`\nPlan: 1 to add, 0 to change, 0 to destroy. Commit 0123abc, [run](${RUN_URL}).\n`);
  });

  test("has the review first", () => {
    const text = planComment({ ...run, plan: "+ x\n", review: "## Refused: no\n\n* this\n" });

    expect(text).toMatch(/^<!-- trailwarden: plan -->\n## Refused: no\n\n\* this\n\n### Plan\n\n/);
  });

  test("cuts a long review between lines, says so, and still fits", () => {
    const review = `## Refused\n\n${"* a line of the review, ü\n".repeat(10_000)}`;
    const text = planComment({ ...run, plan: "+ a line of the plan\n".repeat(10_000), review });

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/\n\* a line of the review, ü\n\nThe last \d+ of the review's 10002 lines are cut/);
    expect(text).toContain("\n+ a line of the plan\n");
  });

  test("fits into what GitHub takes, and uses it", () => {
    const length = Buffer.byteLength(planComment({ ...run, plan: "+ a line of the plan\n".repeat(10_000) }));

    expect(length).toBeLessThanOrEqual(65_536);
    expect(length).toBeGreaterThan(65_400);
  });
});
