import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `help` says: every command at a glance. */
export function helpText(): string {
  return readFileSync(join(__dirname, "..", "help"), "utf8");
}
