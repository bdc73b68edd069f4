import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A channel's form of a card as the golden file has it; `UPDATE_GOLDEN=1` writes the file instead (`npm run format` after it),
 * for a reader to look at in the diff.
 */
export function goldenFile(type: string, name: string, form: unknown): unknown {
  const folder = join(__dirname, "golden", type);
  const path = join(folder, `${name}.json`);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(form, null, 2)}\n`);
  }
  return JSON.parse(readFileSync(path, "utf8"));
}
