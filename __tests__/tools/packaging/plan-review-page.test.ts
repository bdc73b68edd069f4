import { expect, test } from "@jest/globals";
import { checks } from "../../../plan-review/checks/checks";
import type { Check } from "../../../plan-review/evaluation/check";
import { planReviewPage } from "../../../tools/packaging/plan-review-page";

const MAX_WORDS = 4_500;

const odd: Check = {
  id: "odd",
  title: "A | B",
  why: "Because.",
  remediation: "Keep it.",
  looksAt: { aws_cloudtrail: ["a", "b"], "*": ["whether it stays"] },
  evaluate: () => [],
};

test("the page of the plan review has one row for each check, which links to its source", () => {
  const page = planReviewPage(checks);

  expect(
    [...page.matchAll(/^\| \[`([a-z-]+)`\]\(\.\.\/plan-review\/checks\/\1\.ts\) \|/gm)].map(([, id]) => id),
  ).toEqual(checks.map(({ id }) => id));
});

test("a row says what the check refuses, which attributes it evaluates, its limits, and the remediation", () => {
  expect(planReviewPage([odd])).toContain(
    "| A \\| B | `aws_cloudtrail`: `a`, `b`; whether the resource stays. | Keep it. |\n",
  );
  expect(planReviewPage([{ ...odd, limits: "Indeterminate: c." }])).toContain(
    "whether the resource stays. Indeterminate: c. | Keep it. |\n",
  );
});

test("the page is short enough to be read", () => {
  expect(planReviewPage(checks).split(/\s+/).length).toBeLessThanOrEqual(MAX_WORDS);
});

test("the page names the resources whose references the review follows, and where their attributes are", () => {
  const page = planReviewPage(checks);

  expect(page).toMatch(
    /^What brings in others, each with its policies and settings: trail, .*\bbucket, .*\bfunction, .*\balarm, .*\[links\.ts\]/m,
  );
});
