import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { runAsProgram } from "../../cli/command/run-command";

const REPOSITORY = join(__dirname, "..", "..");
const CLIENT = join(REPOSITORY, "cli", "replay", "report", "client");

/** The bundled script: checked in, so that neither a clone nor the package needs a bundler when it makes a report. */
export const BUNDLED = join(REPOSITORY, "cli", "replay", "report", "bundled", "page.js");

/**
 * The report's script, bundled into one. It isn't minified: the reader of a report may read it.
 *
 * @throws Error of esbuild when a module doesn't compile
 */
export async function reportScript(): Promise<string> {
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
  return script.text;
}

if (require.main === module) {
  runAsProgram(
    {
      command: "npm run build:report --",
      summary: "Bundles the script of the replay's HTML report.",
      operands: [],
      options: {},
      exitCodes: "0; 2 when an argument is wrong; 70 when it can't be made.",
      example: "npm run build:report",
    },
    async () => {
      writeFileSync(BUNDLED, await reportScript());
      return 0;
    },
  );
}
