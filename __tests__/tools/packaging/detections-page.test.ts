import { describe, expect, test } from "@jest/globals";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";
import { detectionsPage, readmeCounts } from "../../../tools/packaging/detections-page";

const odd: Detection = {
  ...trailStopped,
  id: "odd",
  title: "A | B",
  severity: "low",
  pack: "strict",
  cis: [],
  why: "Because of <this> and *that*.",
  noise: "Now and then.",
  pattern: { source: ["aws.s3"], detail: { key: ['a"b', { wildcard: "*`*" }] } },
  runbook: { check: "Who is <userName>?", command: "aws iam get-user --user-name <userName>", contain: "Stop it." },
  references: [
    "https://example.com/a/page.html#part",
    "https://attack.mitre.org/techniques/T1562/008/",
    "https://example.com",
  ],
};
const page = detectionsPage([trailStopped, odd]);

describe("the page of detections", () => {
  test("has a table for each severity that there is, and a section for each detection", () => {
    expect(page.match(/^## .*$/gm)).toEqual([
      "## Critical: wakes somebody",
      "## Low: can wait for the morning",
      "## Stopping the caller",
      "## trail-stopped",
      "## odd",
    ]);
    expect(page).toContain("| [`odd`](#odd) | A \\| B | at once | strict |");
  });

  test("counts packs", () => {
    expect(page).toContain("| `default` | 1 |");
    expect(page).toContain("| `cis` | 1 |");
    expect(page).toContain("| `strict` | 2 |");
  });

  test("shows text as it is, whatever Markdown or HTML would make of it", () => {
    expect(page).toContain("Because of &lt;this> and \\*that\\*.");
    expect(page).toContain("1. Who is &lt;userName>?");
    expect(page).toContain("   aws iam get-user --user-name <userName>\n");
    expect(page).toContain('- key is `a\\"b` or looks like "\\*\\`\\*"');
    expect(page).toContain("*Noise:* Now and then.");
  });

  test("names references by what they lead to", () => {
    expect(page).toContain("[page#part](https://example.com/a/page.html#part), [T1562.008](https://attack");
    expect(page).toContain("[example.com](https://example.com).");
  });
});

test("the README's counts have every severity", () => {
  expect(readmeCounts([trailStopped, odd]).split("\n").slice(2)).toEqual([
    "| critical | 1 | `trail-stopped` |",
    "| high | 0 |  |",
    "| medium | 0 |  |",
    "| low | 1 | `odd` |",
  ]);
});
