import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cardStyles } from "../../cards/cards-html";

/** In this order: later ones refine earlier ones. */
const STYLES = ["page.css", "tables.css", "filters.css", "explorer.css", "facets.css", "print.css"];

/** The page's script: the modules of `client/`, bundled by `npm run build:report`. */
export function clientScript(): string {
  return readFileSync(join(__dirname, "bundled", "page.js"), "utf8");
}

/** The page's styles, one after the other. */
export function clientStyles(): string {
  const styles = STYLES.map((name) => readFileSync(join(__dirname, "client", name), "utf8"));
  return [...styles, cardStyles()].join("\n");
}
