import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The page's script: the modules of `client/`, bundled by `npm run build:report`. */
export function clientScript(): string {
  return read("page.js");
}

/** The page's styles, from there too. */
export function clientStyles(): string {
  return read("page.css");
}

function read(name: string): string {
  return readFileSync(join(__dirname, "bundled", name), "utf8");
}

/** A Content Security Policy source that allows this inline script or style and no other. */
export function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
