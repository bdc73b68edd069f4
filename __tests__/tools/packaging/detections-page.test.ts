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
  falsePositives: "Now and then.",
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
  test("has one overview by severity, and a section for each detection", () => {
    expect(page.match(/^## .*$/gm)).toEqual([
      "## Overview",
      "## Stopping the caller",
      "## Shared commands",
      "## trail-stopped",
      "## odd",
    ]);
    expect(page).toContain("| critical | act now | [trail-stopped](#trail-stopped) |");
    expect(page).toContain("| low | next working day | [odd](#odd) (strict) |");
  });

  test("counts packs", () => {
    expect(page).toContain("| `default` | 1 |");
    expect(page).toContain("| `cis` | 1 |");
    expect(page).toContain("| `strict` | 2 |");
  });

  test("shows text as it is, whatever Markdown or HTML would make of it", () => {
    expect(page).toContain("**A | B.** Low, pack strict.");
    expect(page).toContain("Because of &lt;this> and \\*that\\*.");
    expect(page).toContain("1. Who is &lt;userName>? `aws iam get-user --user-name <userName>`\n");
    expect(page).toContain('*Trigger:* `aws.s3`; key: `a"b`, ``*`*``\n');
    expect(page).toContain("*False positives:* Now and then.");
  });

  test("names references by what they lead to, and leaves API references and ATT&CK's pages out", () => {
    expect(page).toContain("[page#part](https://example.com/a/page.html#part), [example.com](https://example.com)\n");
    expect(page).toContain("[T1562.008](https://attack.mitre.org/techniques/T1562/008/) Defense Evasion");
    expect(page).not.toContain("/API_");
  });
});

/** The section of a detection that is like `odd` but for this. */
function sectionOf(over: Partial<Detection>): string {
  return detectionsPage([{ ...odd, ...over }]).split("\n## odd\n")[1] ?? "";
}

describe("a trigger", () => {
  test.each<[string, Detection["pattern"], string]>([
    [
      "names the service once, and calls without their field",
      { source: ["aws.s3"], detail: { eventSource: ["s3.amazonaws.com"], eventName: ["A", "B"] } },
      "`s3.amazonaws.com`; `A`, `B`",
    ],
    ["says that a call must succeed", { detail: { errorCode: [{ exists: false }] } }, "succeeded"],
    [
      "says that denied calls count too",
      { detail: { errorCode: [{ exists: false }, { prefix: "AccessDenied" }] } },
      "succeeded or denied",
    ],
    ["shows any other outcome as a field", { detail: { errorCode: ["X"] } }, "errorCode: `X`"],
    [
      "has beginnings, ends and wildcards with a star",
      { detail: { key: [{ prefix: "a" }, { suffix: "b" }, { wildcard: "c*d" }, "*"] } },
      'key: `a*`, `*b`, `c*d`, `"*"`',
    ],
    [
      "says what is there",
      { detail: { key: [{ exists: true }], no: [{ exists: false }] } },
      "key: present; no: absent",
    ],
    [
      "says what may be absent",
      { detail: { key: [{ exists: false }, { "anything-but": ["a", "b"] }], no: [{ exists: false }, "x"] } },
      "key: not `a`, `b`; no: absent, `x`",
    ],
    [
      "says what must be present, but not this",
      { detail: { eventName: [{ "anything-but": ["a"] }], key: [{ "anything-but": { prefix: ["b", "c"] } }] } },
      "eventName: present but not `a`; key: present but not `b*`, `c*`",
    ],
    [
      "names services and calls by their beginnings",
      { source: [{ prefix: "aws." }], detail: { eventName: ["A", { prefix: "B" }] } },
      "any service; `A`, `B*`",
    ],
    ["says a value once", { detail: { key: ["true", true] } }, "key: `true`"],
    [
      "has numbers and case",
      { detail: { key: [{ numeric: [">", 1, "<=", 3] }], name: [{ "equals-ignore-case": "a" }] } },
      "key: `>1<=3`; name: `a` (any case)",
    ],
    [
      "has alternatives of its own as a list, theirs in brackets",
      { detail: { a: { b: ["c"], $or: [{ d: ["e"], $or: [{ f: ["g"] }, { h: [1] }] }, { i: [null] }] } } },
      "a.b: `c`; one of:\n\n- a.d: `e`; (a.f: `g` or a.h: `1`)\n- a.i: `null`",
    ],
    [
      "shows what it has no words for as it is",
      { detail: { key: [{ cidr: "10.0.0.0/8" }] } },
      'key: `{"cidr":"10.0.0.0/8"}`',
    ],
  ])("%s", (_, pattern, text) => {
    expect(sectionOf({ pattern })).toContain(`\n*Trigger:* ${text}\n\n1. `);
  });

  test("ends with the refinements", () => {
    const refine = [{ kind: "publicIp", field: "sourceIPAddress" }] as const;

    expect(sectionOf({ pattern: { detail: { key: ["a"] } }, refine })).toContain(
      "*Trigger:* key: `a`; sourceIPAddress is a public internet address\n",
    );
  });
});

describe("a section", () => {
  test.each<[Partial<Detection>, string]>([
    [{ tier: "digest" }, "Low, pack strict, daily digest."],
    [{ tier: "signal" }, "Low, pack strict, counted only."],
    [{ route: "topic" }, "Low, pack strict, EventBridge to urgent topic."],
    [{ path: "log" }, "Low, pack strict, log files only."],
    [{ count: { threshold: 3, minutes: 5, by: ["a.b"] } }, "Low, pack strict, 3 events in 5 minutes per b."],
    [{ group: { minutes: 60 } }, "Low, pack strict, grouped for 60 minutes."],
    [{ group: { by: ["a.b", "c"] } }, "Low, pack strict, grouped by b, c."],
  ])("says with %j what is not as with most", (over, text) => {
    expect(sectionOf(over)).toContain(`** ${text}\n`);
  });

  test("has a command that many runbooks share as a link to it", () => {
    const command =
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>";
    const shared = detectionsPage([{ ...odd, runbook: { ...odd.runbook, command } }]);

    expect(shared).toContain("Look up [the event](#shared-commands).\n");
    expect(shared.split(command)).toHaveLength(2);
  });

  test("has the commands that undo a call, each once with its calls", () => {
    const undo = { A: ["aws iam x", "aws iam y"], B: "aws iam x", "*": "aws iam z" };

    expect(sectionOf({ runbook: { ...odd.runbook, undo } })).toContain(
      "\n   - `A|B: aws iam x`\n   - `A: aws iam y`\n   - `aws iam z`\n",
    );
  });

  test("says when the caller is not to be stopped", () => {
    const runbook = { ...odd.runbook, stopCaller: false } as const;

    expect(sectionOf({ runbook, services: "ignored" })).toContain("\n3. Don't stop the caller.\n");
    expect(sectionOf({ runbook, services: "evaluated" })).toContain("\n3. Don't stop the caller: it is AWS.\n");
    expect(sectionOf({})).not.toContain("\n3. ");
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
