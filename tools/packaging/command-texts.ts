import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { containment } from "../../alerting/notices/containment";
import { searchArchive } from "../../alerting/notices/find-record";
import { lookUp } from "../../alerting/notices/summary";
import { Totals } from "../../alerting/notices/totals";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { checks } from "../../plan-review/checks/checks";
import { type AwsCommand, commandsInProse, commandsInShell } from "./aws-commands";
import { CALLERS } from "./callers";

const ROOT = join(__dirname, "..", "..");

/** A command, and where it is. */
export interface PlacedCommand {
  readonly where: string;
  readonly command: AwsCommand;
}

/** A record of a call that one of `CALLERS` made. */
export function recordOf(caller: string): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    eventTime: "2026-11-20T02:12:31Z",
    eventSource: "ec2.amazonaws.com",
    eventName: "RunInstances",
    awsRegion: "eu-west-1",
    eventID: "5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33",
    eventType: "AwsApiCall",
    recipientAccountId: "111122223333",
    eventCategory: "Management",
    ...CALLERS[caller],
  };
}

/** Every command for AWS's CLI that this project hands to people. */
export function everyCommand(): readonly PlacedCommand[] {
  return [
    ...catalogue.flatMap(ofRunbook),
    ...Object.keys(CALLERS).flatMap(ofContainment),
    ...placed("the search of the archive", commandsInShell(searchArchive(recordOf("a user's key")))),
    ...placed("a summary", commandsInShell(lookUp(WINDOW, totals()))),
    ...checks.flatMap((check) => placed(check.id, commandsInProse(JSON.stringify(check)))),
    ...pages().flatMap(ofPage),
  ];
}

const WINDOW = { start: Date.UTC(2026, 10, 20, 2), end: Date.UTC(2026, 10, 20, 2, 15) };

function totals(): Totals {
  const sum = new Totals();
  sum.add({ id: "e1", eventName: "ListUsers", region: "eu-west-1", time: "2026-11-20T02:00:00Z", ending: "grouped" });
  return sum;
}

function placed(where: string, commands: readonly AwsCommand[]): readonly PlacedCommand[] {
  return commands.map((command) => ({ where, command }));
}

function ofRunbook({ id, runbook }: Detection): readonly PlacedCommand[] {
  const { check, command, contain, undo = {} } = runbook;
  return placed(id, [
    ...[command, ...Object.values(undo).flat()].flatMap(commandsInShell),
    ...[check, contain].flatMap(commandsInProse),
  ]);
}

function ofContainment(caller: string): readonly PlacedCommand[] {
  const { text, commands } = containment(recordOf(caller));
  return placed(caller, [...commands.flatMap(commandsInShell), ...commandsInProse(text)]);
}

function pages(): readonly string[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    // Written from the catalogue, whose commands are looked at as they are.
    .filter((file) => file.endsWith(".md") && file !== "detections.md")
    .map((file) => join("docs", file));
  return ["README.md", "samples/README.md", "help", ...docs];
}

function ofPage(page: string): readonly PlacedCommand[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const blocks = [...text.matchAll(/^ *```(?:sh|bash)\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block);
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, "");
  return placed(page, [...blocks.flatMap(commandsInShell), ...commandsInProse(prose)]);
}
