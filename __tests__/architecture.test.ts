import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";

const page = readFileSync(join(REPOSITORY, "docs", "architecture.md"), "utf8");
const section = page.slice(page.indexOf("## From a message to an alert"), page.indexOf("## What may import what"));
const steps = section.split("\n").filter((line) => /^\d+\. /.test(line));
const walk = steps.map((step) => /^\d+\. \[[a-z-]+\]\(\.\.\/([^)]+)\): /.exec(step)?.[1] ?? step);

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(REPOSITORY, file), "utf8");
  const specifiers = source.matchAll(/(?:\bfrom|\bimport\(|\brequire\()\s*"(\.[^"]+)"/g);
  return [...specifiers].map(([, specifier]) => `${posix.join(posix.dirname(file), String(specifier))}.ts`);
}

/** Each folder once for every time that the files enter it. */
function entered(files: readonly string[]): readonly string[] {
  const folders = files.map((file) => posix.dirname(file));
  return folders.filter((folder, index) => folder !== folders[index - 1]);
}

describe("the walk from a message to an alert", () => {
  test("is at most 15 files, all of which exist", () => {
    expect(walk.length).toBeGreaterThan(9);
    expect(walk.length).toBeLessThanOrEqual(15);
    expect(walk.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
  });

  test("begins at the handler, and each file is imported by one before it", () => {
    expect(walk[0]).toBe("lambda-src/alert/handler.ts");
    const strayed = walk
      .slice(1)
      .filter((file, index) => !walk.slice(0, index + 1).some((before) => importsOf(before).includes(file)));

    expect(strayed).toEqual([]);
  });

  test("enters no folder twice", () => {
    const folders = entered(walk);

    expect(folders).toEqual([...new Set(folders)]);
  });

  test("reads, matches, suppresses, decides, dispatches, renders, publishes and confirms, in this order", () => {
    expect(steps.flatMap((step) => /\*\*(\w+)\*\*/.exec(step)?.[1] ?? [])).toEqual([
      "read",
      "match",
      "suppress",
      "decide",
      "dispatch",
      "render",
      "publish",
      "confirm",
    ]);
  });

  test("is shared by replay as far as the page says: of the steps on records and alerts, these and no others", () => {
    const [, from, to] = /^`replay` shares steps (\d+) to (\d+) /m.exec(section) ?? [];
    const folder = "cli/replay/evaluate";
    const imported = readdirSync(join(REPOSITORY, folder)).flatMap((file) => importsOf(posix.join(folder, file)));
    const shared = walk.flatMap((file, index) => (imported.includes(file) ? [index + 1] : []));

    expect(shared).toEqual(Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index));
  });

  test("goes through the folders of the picture, in its order", () => {
    const picture = [...section.matchAll(/\["([a-z-]+\/[a-z-]+)"\]/g)].map(([, folder]) => folder);

    expect(picture).toEqual(entered(walk));
  });
});
