import { join } from "node:path";
import { runAsProgram } from "../../../cli/command/run-command";
import { takeFigures } from "./figures";
import { type Options, readOptions, USAGE } from "./options";
import { FULL } from "./plan";
import { judgeRatios, missedLines, ratiosOf } from "./ratios";
import { report } from "./report";

const ROOT = join(__dirname, "..", "..", "..");

/** On a terminal, one line that says what is being measured; else nothing. */
function showProgress(doing: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${doing === "" ? "" : `${doing} …`}`);
}

async function main({ format, check }: Options): Promise<number> {
  const figures = await takeFigures(ROOT, FULL, showProgress);
  showProgress("");
  const ratios = ratiosOf(figures);
  const verdicts = judgeRatios(ratios);
  console.log(
    format === "json" ? JSON.stringify({ ratios, verdicts, ...figures }, null, 2) : report(figures, verdicts),
  );
  const missed = check ? missedLines(verdicts) : [];
  if (missed.length === 0) return 0;
  console.error(missed.join("\n"));
  return 1;
}

runAsProgram(USAGE, (given) => main(readOptions(given)));
