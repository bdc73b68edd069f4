import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, test } from "@jest/globals";
import { CONSTRUCT_PROPERTIES } from "../../tools/packaging/construct-properties";
import { REPOSITORY } from "../repository";

/** Everything that ships or is run; tests may name what they like. */
const FOLDERS = ["alerting", "cli", "config", "constructs", "detection", "lambda-src", "plan-review", "tools"];

/** Where docs/architecture.md says that `maxAlertsPerHour` stands, in its order. */
const PLACES = [
  "config/keys.ts",
  "config/function-environment/variables.ts",
  "alerting/ports.ts",
  "alerting/rate-limit/hourly-rate-limit.ts",
];

/** Made from config/keys.ts by `npm run docs`. */
const GENERATED = [CONSTRUCT_PROPERTIES];

/** Files whose code has one of the names, not only a text for readers or a comment. */
function filesThatName(...names: readonly string[]): readonly string[] {
  const programs = ["main.ts", "state-bucket.ts", "terraform-module.ts"];
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.includes(".cache"))
      .map((path) => [folder, ...path.split(sep)].join("/")),
  );
  const named = new RegExp(`\\b(${names.join("|")})\\b`);
  return [...programs, ...sources].filter((file) => named.test(codeOf(readFileSync(join(REPOSITORY, file), "utf8"))));
}

/** Without comments, templates and strings of several words. */
function codeOf(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "")
    .replace(/`[^`]*`/g, "``")
    .replace(/"[^"\n]* [^"\n]*"/g, '""');
}

test("maxAlertsPerHour stands in the four places that docs/architecture.md lists", () => {
  const files = filesThatName("maxAlertsPerHour", "MAX_ALERTS_PER_HOUR", "max_alerts_per_hour").filter(
    (file) => !GENERATED.includes(file),
  );

  expect([...files].sort()).toEqual([...PLACES].sort());
});

test("the page lists these places", () => {
  const page = readFileSync(join(REPOSITORY, "docs", "architecture.md"), "utf8");
  const [, table = ""] = /\| place \| what it says \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page) ?? [];

  expect([...table.matchAll(/^\| \[`([^`]+)`\]/gm)].map(([, file]) => file)).toEqual(PLACES);
});
