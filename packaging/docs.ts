import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../lambda-src/detections/catalogue";
import { detectionsPage, readmeCounts } from "./detections-page";

const ROOT = join(__dirname, "..");
const MARKS = /(<!-- detections -->\n)[\s\S]*?(<!-- \/detections -->)/;

/** What is written from the catalogue, by file. */
export function generated(): Readonly<Record<string, string>> {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  return {
    "README.md": readme.replace(MARKS, (_, start: string, end: string) => `${start}${readmeCounts(catalogue)}\n${end}`),
    "docs/detections.md": detectionsPage(catalogue),
  };
}

if (require.main === module) {
  for (const [file, text] of Object.entries(generated())) writeFileSync(join(ROOT, file), text);
}
