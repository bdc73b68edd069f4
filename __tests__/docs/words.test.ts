import { describe, expect, test } from "@jest/globals";
import { withoutCodeBlocks } from "./links";
import { GENERATED, read, WRITTEN } from "./pages";

/** Words that the pages avoid, with what the field says. */
const REPLACED: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\b(told|tells?|telling)\b/i, "alerted, notified, reported"],
  [/\b(some|any|no|every)body\b/i, "a user, a caller, no one, everyone"],
  [/\bwho(m|so)?ever\b/i, "the one who, everyone who"],
  [/\bgravest\b/i, "most severe"],
  [/\bleast severity\b/i, "minimum severity"],
  [/\b(?<!GuardDuty |Detection )findings?\b/i, "processing error; in AWS a finding is a detection"],
  [/\b(un)?fold(ed|s|ing)?\b/i, "group, grouped"],
  [/\b(?<!alert )storms?\b/i, "alert storm"],
  [/\bflood(s|ed)?\b/i, "alert storm, rate limit"],
  [/\bcap(s|ped)?\b/i, "rate limit, rate-limited"],
  [/\bseen (table|twice)\b/i, "alert state; deduplication"],
  [/\bsettled?\b/i, "dispatch"],
  [/\b(bury|buried|gathered|tellable|judged?|judges)\b/i, "move to the dead-letter queue; store; evaluate"],
  [/\bmend(s|ed|ing)?\b/i, "fix, remediate"],
  [/\bcan('|’)?t tell\b|\bcannot tell\b/i, "indeterminate"],
  [/\bestates?\b/i, "infrastructure, plan"],
  [/\bnouns?\b/i, "labels"],
  [/\bspeaks? up\b/i, "raises a false positive"],
  [/\b(your )?own detections?\b|\bdetections? of (your|one's) own\b/i, "custom detections"],
  [/\btakes (a )?text\b/i, "must be a non-empty string"],
  [/\b(there is no such key|known are)\b/i, "unknown key; allowed keys"],
  [/\bis too much\b/i, "unexpected argument"],
  [/\bwill do\b/i, "comma-separated"],
  [/\bwithout further ado\b/i, "by default"],
  [/\bfor want of\b/i, "without"],
  [
    /\b(licence|colours?|behaviou?rs?(?<!behaviors?)|recognise[ds]?|organisations?|centralised)\b/i,
    "American spelling",
  ],
];

/** Terms that readers search for. */
const SEARCHED = [
  "false positive",
  "deduplication",
  "rate limit",
  "remediation",
  "throttling",
  "idempotency",
  "mean time to detect",
];

/** Words that all pages and `help` may come to, the decision records aside. */
const MAX_WORDS = 32_000;

const MAX_COLUMNS = 120;

/** Prose: no code, which holds names of keys and commands. */
function prose(page: string): string {
  return withoutCodeBlocks(read(page))
    .replace(/`[^`\n]*(\n[^`\n]*)?`/g, "")
    .replace(/\]\([^)]*\)/g, "]");
}

function replacedIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line) =>
    REPLACED.flatMap(([word, instead]) => {
      const [found] = word.exec(line) ?? [];
      return found === undefined ? [] : [`"${found}" (say: ${instead}): ${line}`];
    }),
  );
}

describe("words", () => {
  test.each([
    ["Whoever folds it is told", 3],
    ["An alert storm is rate-limited; a storm is not", 1],
    ["GuardDuty findings", 0],
    ["a finding", 1],
  ])("that the field doesn't use are found: %s", (text, count) => {
    expect(replacedIn(text)).toHaveLength(count);
  });

  test.each(WRITTEN)("of %s are the field's", (page) => {
    expect(replacedIn(prose(page))).toEqual([]);
  });

  test.each(SEARCHED)("that readers search for are there: %s", (term) => {
    const text = WRITTEN.map((page) => read(page).replace(/\s+/g, " ").toLowerCase()).join(" ");

    expect(text).toContain(term);
  });

  test(`are at most ${MAX_WORDS}`, () => {
    const pages = [...WRITTEN, ...GENERATED];
    const words = pages.flatMap((page) => read(page).split(/\s+/).filter(Boolean));

    expect(words.length).toBeGreaterThan(20_000);
    expect(words.length).toBeLessThanOrEqual(MAX_WORDS);
  });
});

test.each(WRITTEN.filter((page) => page !== "help"))("lines of %s wrap, addresses aside", (page) => {
  const long = withoutCodeBlocks(read(page))
    .replace(/\]\(https:[^)]*\)/g, "]")
    .split("\n")
    .filter((line) => line.length > MAX_COLUMNS && !line.startsWith("|") && !line.startsWith("!["));

  expect(long).toEqual([]);
});
