import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";

const FOLDERS = ["__tests__", "alerting", "assertions", "cli", "config", "constructs", "detection", "lambda-src"];
const OTHERS = ["plan-review", "tools", "samples", ".ci", ".github"];
/** Lines beyond which a file says in its first line why it is so long. */
const LONG = 250;
const REASON = /^\/\/ Over 250 lines: \S.*\.$/;

const files = [...FOLDERS, ...OTHERS]
  .flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }).map((path) =>
      [folder, ...path.split(sep)].join("/"),
    ),
  )
  // What esbuild writes, and what is fetched, has no reader.
  .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/\/(\.cache|node_modules|bundled)\//.test(file))
  .map((file) => ({ file, lines: readFileSync(join(REPOSITORY, file), "utf8").trimEnd().split("\n") }));

test("a long file gives its reason in its first line", () => {
  const silent = files.filter(({ lines }) => lines.length > LONG && !REASON.test(String(lines[0])));

  expect(files.length).toBeGreaterThan(900);
  expect(silent.map(({ file, lines }) => `${file}: ${lines.length} lines`)).toEqual([]);
});

test("a file that is not long gives none", () => {
  const needless = files.filter(({ lines }) => lines.length <= LONG && REASON.test(String(lines[0])));

  expect(needless.map(({ file }) => file)).toEqual([]);
});
