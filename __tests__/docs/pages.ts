import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository";

/** Every page of the documentation, from the repository's root, decision records included. */
export const PAGES: readonly string[] = [
  "README.md",
  ...readdirSync(join(REPOSITORY, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file))
    .sort(),
];

/** `npm run docs` writes them; `__tests__/packaging` looks at what they say. */
export const GENERATED: readonly string[] = ["docs/detections.md", "docs/plan-review.md"];

/** What people write and users read: no decision records, which speak to the next maintainer. */
export const WRITTEN: readonly string[] = [
  "help",
  ...PAGES.filter((page) => !page.startsWith("docs/decisions/") && !GENERATED.includes(page)),
];

export function read(file: string): string {
  return readFileSync(join(REPOSITORY, file), "utf8");
}
