import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../repository";
import { anchorsOf, linksOf } from "./links";
import { PAGES, read } from "./pages";

describe("links", () => {
  test("are found, outside of code", () => {
    const markdown = "[a](one.md#part) [b](https://example.com) [c](#here)\n```\n[d](code.md)\n```\n";

    expect(linksOf("docs/page.md", markdown)).toEqual([
      { target: "docs/one.md", anchor: "part" },
      { target: "docs/page.md", anchor: "here" },
    ]);
    expect(linksOf("README.md", read("README.md")).map(({ target }) => target)).toContain("docs/briefs.md");
  });

  test.each(PAGES)("of %s lead to files and folders that exist", (page) => {
    const broken = linksOf(page, read(page)).filter(({ target }) => !existsSync(join(REPOSITORY, target)));

    expect(broken).toEqual([]);
  });

  test.each(PAGES)("of %s stay in the project", (page) => {
    const outside = linksOf(page, read(page)).filter(({ target }) =>
      relative(REPOSITORY, join(REPOSITORY, target)).startsWith(".."),
    );

    expect(outside).toEqual([]);
  });

  test.each(PAGES)("of %s to headings lead to headings that exist", (page) => {
    const broken = linksOf(page, read(page)).filter(
      ({ target, anchor }) => anchor !== "" && target.endsWith(".md") && !anchorsOf(read(target)).includes(anchor),
    );

    expect(broken).toEqual([]);
  });

  test.each(["help"])("that %s names as paths lead to files that exist", (page) => {
    const named = [...read(page).matchAll(/\bdocs\/[\w./-]*\.md\b/g)].map(([path]) => path);

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
  });
});

describe("headings", () => {
  test("get the anchors that GitHub gives them", () => {
    expect(
      anchorsOf("# Who deploys the monitor?\n## `--check`: [a](b.md)\n## Alarms, again\n## Alarms, again\n"),
    ).toEqual(["who-deploys-the-monitor", "--check-a", "alarms-again", "alarms-again-1"]);
  });
});

describe("pages", () => {
  test("can all be reached from README.md", () => {
    const reached = new Set<string>();
    const reach = (page: string) => {
      if (reached.has(page)) return;
      reached.add(page);
      for (const { target } of linksOf(page, read(page))) {
        const path = target.replace(/\/$/, "");
        // GitHub lists a folder's pages.
        const isFolder = statSync(join(REPOSITORY, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
        for (const next of PAGES) if (next === path || (isFolder && next.startsWith(`${path}/`))) reach(next);
      }
    };
    reach("README.md");

    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });
});
