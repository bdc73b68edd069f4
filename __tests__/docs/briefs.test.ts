import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const DOCS = join(__dirname, "..", "..", "docs");
const HEADER = ["#", "Brief", "Here", "Where"];

/** Sentences of the two briefs that ask for something. */
const SENTENCES = 134;

interface Row {
  /** Heading of the brief's section. */
  readonly brief: string;
  readonly cells: readonly string[];
}

/** Every row of every table, header and rule included. */
function readRows(markdown: string): readonly Row[] {
  let brief = "";
  return markdown.split("\n").flatMap((line) => {
    if (line.startsWith("## ")) brief = line.slice(3);
    if (!line.startsWith("|")) return [];
    const cells = line.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/);
    return [{ brief, cells: cells.map((cell) => cell.trim()) }];
  });
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\[[^\]]*\]\(([^)\s]*)\)/g)].map(([, target = ""]) => target);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

const page = readFileSync(join(DOCS, "briefs.md"), "utf8");
const lines = readRows(page);
const isHeader = ({ cells }: Row) => cells[0] === "#";
const isRule = ({ cells }: Row) => cells.every((cell) => /^:?-+:?$/.test(cell));
const rows = lines.filter((row) => !isHeader(row) && !isRule(row));

describe("docs/briefs.md", () => {
  test("has a section with rows for each of the two briefs", () => {
    const briefs = [...new Set(rows.map(({ brief }) => brief))];

    expect(briefs).toEqual([expect.stringMatching(/^Brief 1: /), expect.stringMatching(/^Brief 2: /)]);
  });

  test("has the same four columns in every table", () => {
    expect(lines.filter(isHeader).map(({ cells }) => cells)).toEqual(lines.filter(isRule).map(() => HEADER));
  });

  test("has a table under every subsection", () => {
    const empty = page
      .split(/^(?=#{2,3} )/m)
      .filter((section) => section.startsWith("### ") && !/\n\| ?\d+ ?\|/.test(section));

    expect(empty).toEqual([]);
  });

  test("has a row for every sentence, numbered in order", () => {
    expect(rows.map(({ cells }) => cells[0])).toEqual(
      Array.from({ length: SENTENCES }, (_, index) => String(index + 1)),
    );
  });

  test("has four cells in every row, none of them empty", () => {
    const bad = rows.filter(({ cells }) => cells.length !== HEADER.length || cells.includes(""));

    expect(bad).toEqual([]);
  });

  test("links a file in the last column of every row", () => {
    const bad = rows.filter(({ cells }) => linksIn(cells[3] ?? "").length === 0);

    expect(bad).toEqual([]);
  });

  test("links only files that exist", () => {
    const broken = linksIn(page).filter((target) => !isFile(join(DOCS, target.replace(/#.*$/, ""))));

    expect(broken).toEqual([]);
  });
});
