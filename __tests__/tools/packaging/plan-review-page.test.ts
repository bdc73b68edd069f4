import { expect, test } from "@jest/globals";
import type { Check } from "../../../plan-review/checks/check";
import { checks } from "../../../plan-review/checks/checks";
import { planReviewPage } from "../../../tools/packaging/plan-review-page";

const odd: Check = {
  id: "odd",
  title: "A | B",
  why: "Because.",
  mend: "Leave it.",
  looksAt: { aws_cloudtrail: ["a", "b"], "*": ["its being there"] },
  judge: () => [],
};

test("the page of the plan review has a section for each check, and a row for it above", () => {
  const page = planReviewPage(checks);
  const ids = checks.map(({ id }) => id);

  expect([...page.matchAll(/^## ([a-z-]+)$/gm)].map(([, id]) => id)).toEqual(ids);
  expect([...page.matchAll(/^\| \[`([a-z-]+)`\]\(#\1\) \|/gm)].map(([, id]) => id)).toEqual(ids);
});

test("a section says why, what to do instead, what it looks at, and what it makes of what isn't known", () => {
  const page = planReviewPage([odd]);

  expect(page).toContain("\nBecause.\n\n*Instead:* Leave it.\n");
  expect(page).toContain("*Looks at* the trail (`aws_cloudtrail`): `a`, `b`; whether a watched resource stays.");
  expect(page).toContain("*Known after apply only:* can't tell.");
  expect(page).toContain("| A \\| B |");
});

test("what belongs to the monitoring is told as the review finds it", () => {
  const page = planReviewPage(checks);

  expect(page).toMatch(/^\| the trail \| the bucket \(`s3_bucket_name`\), the key \(`kms_key_id`\), /m);
  expect(page).toMatch(/^\| the bucket \| .*\| the bucket's policy \(`bucket`\), /m);
});
