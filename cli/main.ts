#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { surelyMeant } from "../config/nearest";
import { reportError } from "../config/report-error";
import { version } from "../config/version";
import { parseArguments } from "./command/arguments";
import type { Usage } from "./command/usage";
import { UsageError } from "./command/usage-error";

/** Takes a command's arguments, answers with the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

/** Every command. Each is loaded only when it is asked for: a review should not wait for what the demo needs. */
const commands: Readonly<Record<string, () => Command>> = {
  demo: () => (require("./demo/demo") as typeof import("./demo/demo")).demo,
  detections: () => (require("./detections/detections") as typeof import("./detections/detections")).detections,
  member: () => (require("./member/member") as typeof import("./member/member")).member,
  module: () => (require("./module/module") as typeof import("./module/module")).module,
  replay: () => (require("./replay/replay") as typeof import("./replay/replay")).replay,
  review: () => (require("./review/review") as typeof import("./review/review")).review,
};

const USAGE = {
  command: "trailwarden",
  summary: "CloudTrail monitoring as Terraform.",
  operands: ["COMMAND", "[ARGUMENT...]"],
  options: {},
  exitCodes: "as the command's.",
  example: "trailwarden demo",
} as const satisfies Usage;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name !== undefined && Object.hasOwn(commands, name)) return commands[name]?.()(args) ?? 0;
  const request = name === undefined || name === "help" ? "help" : parseArguments(USAGE, [name]);
  if (request === "version") console.log(version());
  else if (request === "help") process.stdout.write(readFileSync(join(__dirname, "..", "help"), "utf8"));
  else throw new UsageError(USAGE, unknownCommand(String(name)));
  return 0;
}

function unknownCommand(name: string): string {
  const known = [...Object.keys(commands), "help"];
  const meant = surelyMeant(name, known);
  return `unknown command "${name}"${meant === undefined ? `; allowed: ${known.join(", ")}` : `; did you mean ${meant}?`}`;
}

// Such as what a timer or an event's listener throws.
process.on("uncaughtException", (error) => process.exit(reportError(error)));

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
