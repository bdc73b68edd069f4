import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parseSync } from "@swc/core";
import { REPOSITORY } from "../repository";
import { read } from "./pages";

const FOLDERS = ["alerting", "cli", "config", "constructs", "detection", "lambda-src", ".github/scripts"];

/** What the field has other words for. */
const REPLACED = [
  ...["told", "tells?", "telling", "gravest", "gravely", "least severity", "speaks? up", "without further ado"],
  ...["(some|any|no|every)body", "who(m|so)?ever", "for want of", "attempt at it", "in vain", "is too much", "will do"],
  ...["(un)?fold(s|ed|ing)?", "storms?", "floods?", "flooded", "cap(s|ped)?", "seen (table|twice)", "findings?"],
  ...["settle[sd]?", "bur(y|ies|ied)", "gathered", "tellable", "judge[sd]?", "mend(s|ed|ing)?", "concerns"],
  ...[
    "estates?",
    "nouns?",
    "own detections?",
    "takes (a )?text",
    "no such key",
    "known are",
    "nearest (is|are)",
    "least severity",
    "takes (an?|one|true|texts|no|only|keys)",
  ],
  ...[
    "stands in",
    "stand beside",
    "switch(es|ed)? ((detections|it) )?(on|off)",
    "made? inactive",
    "goes on until",
    "hands over",
  ],
  ...["lets? (it|them) in", "behaviour", "recognised?", "colours?", "licence"],
].map((words) => new RegExp(`(?<![\\w-])(${words})(?![\\w-])`, "i"));

interface Exception {
  /** The whole texts. */
  readonly texts: readonly string[];
  readonly reason: string;
}

/** What is left as it is, by file. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  "alerting/channels/security-hub.ts": {
    texts: ["Security Hub refused the finding: "],
    reason: "a finding in AWS's sense",
  },
  "alerting/notification/ocsf.ts": {
    texts: ["Findings", "Detection Finding", "Detection Finding: "],
    reason: "OCSF's name of the class",
  },
  "config/custom-detections/pattern/pattern-problems.ts": {
    texts: ["GuardDuty Finding", 'detail-type "GuardDuty Finding"'],
    reason: "a finding in AWS's sense",
  },
  "config/custom-detections/pattern/values.ts": {
    texts: ["GuardDuty findings ", "GuardDuty Finding"],
    reason: "a finding in AWS's sense",
  },
  "constructs/watching/alarms.ts": { texts: ["Findings"], reason: "the alarm's id in Terraform, which is a contract" },
};

interface Node {
  readonly type?: string;
}

/** Every text of a source file, but not the names of what it imports: of a template, the parts between its values. */
function textsOf(source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { type } = node as Node;
    if (type === "ImportDeclaration" || type === "TsLiteralType") return;
    if (type === "StringLiteral") texts.push((node as { value: string }).value);
    if (type === "TemplateElement") texts.push((node as { raw: string }).raw);
    Object.values(node).forEach(visit);
  };
  visit(parseSync(source, { syntax: "typescript" }).body);
  return texts;
}

function replacedIn(text: string): readonly string[] {
  return REPLACED.flatMap((words) => words.exec(text)?.[0] ?? []);
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => [folder, ...path.split(sep)].join("/")),
)
  // The catalogue has a test of its own; the scanner's AssemblyScript has no texts.
  .filter((file) => !/^detection\/(catalogue|log-files\/scan\/simd)\//.test(file))
  .sort();

describe("the words of the sources", () => {
  test("are held against a list that finds them", () => {
    const source = `
      // nobody
      import { a } from "./told";
      export const tells: "whoever" | string = \`Nobody is told of \${a("a folder, or a fold")} an estate\`;
      b('The capital, recapped');`;

    expect(textsOf(source)).toEqual([
      "a folder, or a fold",
      "Nobody is told of ",
      " an estate",
      "The capital, recapped",
    ]);
    expect(textsOf(source).flatMap(replacedIn)).toEqual(["fold", "told", "Nobody", "estate"]);
  });

  test("are read from every folder", () => {
    expect(files.length).toBeGreaterThan(200);
    expect(FOLDERS.filter((folder) => !files.some((file) => file.startsWith(`${folder}/`)))).toEqual([]);
  });

  test.each(files)("are the field's in %s", (file) => {
    const { texts = [] } = EXCEPTIONS[file] ?? {};
    const wrong = textsOf(read(file)).filter((text) => replacedIn(text).length > 0 && !texts.includes(text));

    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(EXCEPTIONS))("need their exceptions in %s", (file, { texts }) => {
    const left = textsOf(read(file)).filter((text) => replacedIn(text).length > 0);

    expect(texts.filter((text) => !left.includes(text))).toEqual([]);
  });
});
