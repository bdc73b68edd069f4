import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runAsProgram } from "../../cli/command/run-command";
import { bundleFunction, NOTIFIER_ENTRY_POINTS } from "./bundle";

const ROOT = join(__dirname, "..", "..");
const DIST = join(ROOT, "dist");
/** What the commands read, at the same places beside them as in a clone. */
const COPIED = [
  "help",
  "samples/AWSLogs",
  "samples/test-event.json",
  "cli/cards/cards.css",
  "cli/replay/report/bundled",
];
const STYLES = join("cli", "replay", "report", "client");

/** Makes `dist/`, which the package ships: the sources compiled, the functions bundled, the demo's sample. */
async function build(): Promise<number> {
  const bundling = { function: bundleFunction(ROOT), notifier: bundleFunction(ROOT, NOTIFIER_ENTRY_POINTS) };
  rmSync(DIST, { recursive: true, force: true });
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [compiler, "--project", join(ROOT, "tsconfig.build.json")], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`tsc ended with ${status}`);
  // The package ships the bundle, and no bundler.
  rmSync(join(DIST, "tools"), { recursive: true });
  for (const path of COPIED) cpSync(join(ROOT, path), join(DIST, path), { recursive: true });
  // The client's modules are in its bundle; its style sheets are read as they are.
  cpSync(join(ROOT, STYLES), join(DIST, STYLES), { recursive: true, filter: (path) => !/\.(ts|json)$/.test(path) });
  for (const [folder, bundle] of Object.entries(bundling)) {
    mkdirSync(join(DIST, folder));
    for (const [name, code] of Object.entries(await bundle)) writeFileSync(join(DIST, folder, name), code);
  }
  return 0;
}

runAsProgram(
  {
    command: "npm run build --",
    summary: "Builds dist/, which the package ships.",
    operands: [],
    options: {},
    exitCodes: "0; 2 when an argument is wrong; 70 when it can't be built.",
    example: "npm run build",
  },
  build,
);
