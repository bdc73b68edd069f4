import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANNELS } from "../../alerting/channels/channels";
import { runAsProgram } from "../../cli/command/run-command";
import { catalogue } from "../../detection/catalogue/catalogue";
import { checks } from "../../plan-review/checks/checks";
import { channelsTable } from "./channels-page";
import { configurationTable, helpLines } from "./configuration-page";
import { CONSTRUCT_PROPERTIES, constructProperties } from "./construct-properties";
import { detectionsPage, readmeCounts } from "./detections-page";
import { planReviewPage } from "./plan-review-page";

const ROOT = join(__dirname, "..", "..");

/** Pages that may hold the configuration's table. */
const WITH_CONFIGURATION = ["README.md", "docs/configuration.md"] as const;

/** What is written from the catalogue, the checks of plans, the kinds of channels and the keys of the configuration, by file. */
export function generated(): Readonly<Record<string, string>> {
  const pages = WITH_CONFIGURATION.map((file) => [
    file,
    between(read(file), "configuration", configurationTable(file)),
  ]);
  const written: Readonly<Record<string, string>> = Object.fromEntries(pages);
  if (WITH_CONFIGURATION.every((file) => !written[file]?.includes("<!-- configuration -->"))) {
    throw new Error(`neither of ${WITH_CONFIGURATION.join(", ")} has the marks <!-- configuration -->`);
  }
  return {
    ...written,
    "README.md": between(String(written["README.md"]), "detections", readmeCounts(catalogue)),
    "docs/channels.md": between(read("docs/channels.md"), "channels", channelsTable(CHANNELS)),
    "docs/detections.md": detectionsPage(catalogue),
    "docs/plan-review.md": planReviewPage(checks),
    [CONSTRUCT_PROPERTIES]: constructProperties(),
    help: withHelpLines(read("help")),
  };
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The page with another text between its marks; as it was where it has none. */
function between(page: string, mark: string, text: string): string {
  const [start, end] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  return from === -1 || to === -1 ? page : `${page.slice(0, from)}${start}${text}\n${page.slice(to)}`;
}

/** The lines between the heading of the configuration and that of a subscriber. */
function withHelpLines(help: string): string {
  const marks = /^(Configuration: .*\n)[\s\S]*?(\nA subscriber: )/m;
  if (!marks.test(help)) throw new Error('help lacks its headings "Configuration: …" and "A subscriber: …"');
  return help.replace(marks, (_, start: string, end: string) => `${start}${helpLines()}\n${end}`);
}

if (require.main === module) {
  runAsProgram(
    {
      command: "npm run docs --",
      summary: "Writes what is made of the sources: pages, help's keys, the construct's properties.",
      operands: [],
      options: {},
      exitCodes: "0; 2 when an argument is wrong; 70 when they can't be made.",
      example: "npm run docs",
    },
    async () => {
      for (const [file, text] of Object.entries(generated())) writeFileSync(join(ROOT, file), text);
      return 0;
    },
  );
}
