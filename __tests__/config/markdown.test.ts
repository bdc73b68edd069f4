import { describe, expect, test } from "@jest/globals";
import { cell, code, fence, ownText, prose } from "../../config/markdown";

describe("a code span", () => {
  test.each([
    ["a b", "`a b`"],
    ["a`b", "``a`b``"],
    ["a``b`c", "```a``b`c```"],
    ["`a`", "`` `a` ``"],
    ["", "`  `"],
    ["a\n\n# b\u202e", "`a # b`"],
  ])("of %j", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  test("is as long as it may be", () => {
    expect(code("x".repeat(1_000))).toHaveLength(1_002);
    expect(code("x".repeat(1_000), 10)).toBe("`xxxxxxxxx…`");
  });
});

test("a block's fence is longer than any within", () => {
  expect(fence("a", 3)).toBe("```");
  expect(fence("a ```` b", 3)).toBe("`````");
});

test("anybody's text is neither markup nor a mention", () => {
  expect(prose("*a* <b> [c](d) @e https://f www.g #1\n- h", 300)).toBe(
    "\\*a\\* &lt;b\\> \\[c\\]\\(d\\) @<!-- -->e https:<!-- -->//f www<!-- -->.g \\#1 \\- h",
  );
  expect(prose("abcdef", 4)).toBe("abc…");
});

test("our own text keeps its punctuation", () => {
  expect(ownText("a (b), c-d: *e* `f` \\g <h>")).toBe("a (b), c-d: \\*e\\* \\`f\\` \\\\g &lt;h>");
});

test.each([
  ["a|b", "a\\|b"],
  ["a\\|b", "a\\ \\|b"],
  ["`a|b`", "`a\\|b`"],
  ["a\n| b", "a \\| b"],
])("a cell of %j doesn't end early", (text, expected) => {
  expect(cell(text)).toBe(expected);
});
