import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { runAsProgram } from "../../cli/command/run-command";

const REPOSITORY = join(__dirname, "..", "..");
const CLIENT = join(REPOSITORY, "cli", "replay", "report", "client");
const STYLES = ["page.css", "tables.css", "filters.css", "explorer.css", "facets.css", "print.css"];

/** Where the bundled client stands: checked in, so that neither a clone nor the package needs a bundler when it makes a report. */
export const BUNDLED = join(REPOSITORY, "cli", "replay", "report", "bundled");

/**
 * The report's script and styles, by file name, each bundled into one. They aren't minified: the reader of a report may read
 * them.
 *
 * @throws Error of esbuild when a module doesn't compile
 */
export async function reportClient(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [join(CLIENT, "page.ts")],
    absWorkingDir: REPOSITORY,
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    logLevel: "error",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("esbuild made no bundle");
  const styles = STYLES.map((name) => readFileSync(join(CLIENT, name), "utf8")).join("\n");
  return new Map([
    ["page.js", script.text],
    ["page.css", styles],
  ]);
}

if (require.main === module) {
  runAsProgram(
    {
      command: "npm run build:report --",
      summary: "Bundles the script and styles of the replay's HTML report.",
      operands: [],
      options: {},
      exitCodes: "0; 2 when an argument is wrong; 70 when it can't be made.",
      example: "npm run build:report",
    },
    async () => {
      for (const [name, text] of await reportClient()) writeFileSync(join(BUNDLED, name), text);
      return 0;
    },
  );
}
