import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** In a clone `package.json` stands above this folder; in the package, above `dist/`. */
const ROOT = extname(__filename) === ".ts" ? ".." : join("..", "..");

/** trailwarden's own version, as its `package.json` has it. */
export function version(): string {
  const json = readFileSync(join(__dirname, ROOT, "package.json"), "utf8");
  return (JSON.parse(json) as { readonly version: string }).version;
}
