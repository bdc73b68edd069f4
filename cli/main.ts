#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportError } from "../config/report-error";
import { CommandError } from "./command/command-error";

/** Takes a command's arguments, answers with the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

/** Every command. Each is loaded only when it is asked for: a review should not wait for what the demo needs. */
const commands: Readonly<Record<string, () => Command>> = {
  demo: () => (require("./demo/demo") as typeof import("./demo/demo")).demo,
  detections: () => (require("./detections/detections") as typeof import("./detections/detections")).detections,
  module: () => (require("./module/module") as typeof import("./module/module")).module,
  replay: () => (require("./replay/replay") as typeof import("./replay/replay")).replay,
  review: () => (require("./review/review") as typeof import("./review/review")).review,
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help") {
    process.stdout.write(readFileSync(join(__dirname, "..", "help"), "utf8"));
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new CommandError(`there is no command "${name}"; there are: ${Object.keys(commands).join(", ")}, help`);
  }
  return load()(args);
}

let unwritten = false;
// The reader of a pipe may have had enough (`trailwarden demo | head`): the command goes on, quietly, for its exit code.
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE" || unwritten) return;
  unwritten = true;
  process.exitCode = 1;
  console.error(`error: standard output can't be written to: ${message}`);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = unwritten ? 1 : code;
  },
  (error: unknown) => {
    process.exitCode = reportError(error);
  },
);
