import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../detection/catalogue/catalogue";
import { checks } from "../../plan-review/checks/checks";
import { detectionsPage, readmeCounts } from "./detections-page";
import { planReviewPage } from "./plan-review-page";

const ROOT = join(__dirname, "..", "..");
const MARKS = /(<!-- detections -->\n)[\s\S]*?(<!-- \/detections -->)/;

/** What is written from the catalogue and from the checks of plans, by file. */
export function generated(): Readonly<Record<string, string>> {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  return {
    "README.md": readme.replace(MARKS, (_, start: string, end: string) => `${start}${readmeCounts(catalogue)}\n${end}`),
    "docs/detections.md": detectionsPage(catalogue),
    "docs/plan-review.md": planReviewPage(checks),
  };
}

if (require.main === module) {
  for (const [file, text] of Object.entries(generated())) writeFileSync(join(ROOT, file), text);
}
