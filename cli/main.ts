#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command-error";
import { demo } from "./demo/demo";
import { detections } from "./detections/detections";
import { module } from "./module/module";
import { replay } from "./replay/replay";

/** Every command: takes its arguments, answers with the exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  demo,
  detections,
  module,
  replay,
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help") {
    process.stdout.write(readFileSync(join(__dirname, "..", "help"), "utf8"));
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new CommandError(`there is no command "${name}"; there are: ${Object.keys(commands).join(", ")}, help`);
  }
  return command(args);
}

// The reader of a pipe may have had enough: `trailwarden demo | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 1;
    if (error instanceof CommandError) console.error(`error: ${error.message}`);
    else throw error;
  },
);
