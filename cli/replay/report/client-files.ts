import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * The page's script is plain JavaScript (types in JSDoc, checked by `__tests__/browser/tsconfig.json`), its parts put one after
 * the other into one function. So a clone and the package embed the same bytes, without a bundler at either's run time,
 * and whoever gets a report can read in it what they would read here. Later parts use what earlier ones declare.
 */
const SCRIPTS = [
  "elements.js",
  "alerts.js",
  "view.js",
  "filter.js",
  "theme.js",
  "timeline-buckets.js",
  "timeline.js",
  "facets.js",
  "filter-bar.js",
  "alert-list.js",
  "page.js",
];

const STYLES = ["page.css", "tables.css", "filters.css", "explorer.css", "facets.css", "print.css"];

function read(name: string): string {
  return readFileSync(join(__dirname, "client", name), "utf8");
}

/** The page's script. */
export function clientScript(): string {
  return `(() => {\n"use strict";\n${SCRIPTS.map(read).join("\n")}\n})();\n`;
}

export function clientStyles(): string {
  return STYLES.map(read).join("\n");
}

/** A Content Security Policy source that allows this inline script or style and no other. */
export function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
