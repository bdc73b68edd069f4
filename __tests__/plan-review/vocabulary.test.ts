import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { reviewJson } from "../../cli/review/review-json";
import { checks } from "../../plan-review/checks/checks";
import { markdown } from "../../plan-review/markdown";
import { planReviewPage } from "../../tools/packaging/plan-review-page";
import { REPOSITORY } from "../repository";
import { fixture, review } from "./plans";

/** Words that people who search for alerts, violations and plans don't use for them, and riddles. */
const FOREIGN = [
  /\b(un)?told\b/,
  /\btells?\b/,
  /\b(no|some|any|every)body\b/,
  /\bwho(ever|m)\b/,
  /\bgravest\b/,
  /\bspeaks? up\b/,
  /\bfold(s|ed|ing)?\b/,
  /\b(storm|flood)s?\b/,
  /\bseen table\b/,
  /\bsettle[sdr]?\b/,
  /\bbur(y|ies|ied)\b/,
  /\bgathered\b/,
  /\bmend(s|ed|ing)?\b/,
  /\bcan('t|not) tell\b/,
  /\bestates?\b/,
  /\bnouns?\b/,
  /\bconcerns?\b/,
  /\bjudg(e|es|ed|ing|ment|ement)\b/,
  /\banew\b/,
  /\bis too much\b/,
  /\blet(s|ting)? (in|through)\b/,
];

function foreignIn(text: string): readonly string[] {
  const words = new RegExp(FOREIGN.map(({ source }) => source).join("|"), "gi");
  return [...new Set(text.match(words) ?? [])];
}

/** Every folder whose texts users or maintainers of the review read, and its generator. */
const SOURCES = ["plan-review", "cli/review", ".github/scripts"].flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|sh)$/.test(file))
    .map((file) => join(folder, file)),
);

describe("the field's words are used", () => {
  test.each(checks.map((check) => [check.id, check] as const))(
    "in the title, reason, remediation and limits of %s",
    (_, { title, why, remediation, limits = "" }) => {
      expect(foreignIn([title, why, remediation, limits].join("\n"))).toEqual([]);
    },
  );

  test.each(checks.map(({ id }) => id))("in the reviews of %s's fixtures, as Markdown and as JSON", (id) => {
    for (const plan of Object.values(fixture(id))) {
      const reviewed = review(plan);

      expect(foreignIn(withoutCode(markdown(reviewed)))).toEqual([]);
      expect(foreignIn(withoutCode(reviewJson(reviewed)))).toEqual([]);
    }
  });

  test("on the generated page", () => {
    expect(foreignIn(planReviewPage(checks))).toEqual([]);
  });

  test.each([...SOURCES, "tools/packaging/plan-review-page.ts"])("in %s", (file) => {
    expect(foreignIn(readFileSync(join(REPOSITORY, file), "utf8"))).toEqual([]);
  });
});

/** Code and JSON's values before and after are the plan's own words. */
function withoutCode(text: string): string {
  return text.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "").replace(/"(before|after|address|other|id)": ".*"/g, "");
}
