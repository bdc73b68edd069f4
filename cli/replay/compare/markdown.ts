import { cell, code } from "../../../config/markdown";
import { problemLines } from "../output/problems";
import type { ReplayAlert } from "../result/replay-result";
import { changeSummary } from "./change-summary";
import type { Comparison, DetectionChange } from "./compare";

/** Rows of one table, and characters of one cell or problem: a comment on GitHub holds 65,536 characters. */
const ROWS = 100;
const ALERTS = 30;
const PROBLEMS = 20;
const CELL = 64;
const ACTOR = 150;
const PROBLEM = 400;

/**
 * What a change would add and remove, for a pull request. What comes from the logs stands in code spans, where it can be
 * neither markup nor a mention.
 */
export function* comparisonMarkdown(comparison: Comparison): Generator<string> {
  const { added, removed, detections } = comparison;
  yield "### Alerts added and removed";
  yield "";
  const [first, ...volumes] = changeSummary(comparison);
  yield String(first);
  yield "";
  for (const volume of volumes) yield `- ${volume}`;
  if (volumes.length > 0) yield "";
  if (detections.length > 0) {
    yield "| detection | severity | day | before | after | added | removed |";
    yield "|---|---|---|--:|--:|--:|--:|";
    yield* atMost(ROWS, detections.flatMap(rowsOf));
    yield "";
  }
  yield* details("added", added);
  yield* details("removed", removed);
  const problems = [...problemLines(comparison)].map((line) => `- ${code(line, PROBLEM)}`);
  if (problems.length > 0) yield* atMost(PROBLEMS, problems);
}

function rowsOf({ detection, severity, days }: DetectionChange): readonly string[] {
  return days.map(({ day, before, after, added, removed }) =>
    row([
      codeCell(detection),
      severity,
      day,
      String(before),
      String(after),
      added ? `+${added}` : "",
      removed ? `−${removed}` : "",
    ]),
  );
}

function* details(change: "added" | "removed", alerts: readonly ReplayAlert[]): Generator<string> {
  if (alerts.length === 0) return;
  yield `<details><summary>Alerts ${change} (${alerts.length})</summary>`;
  yield "";
  yield "| time (UTC) | detection | call | actor | account and region | event ID |";
  yield "|---|---|---|---|---|---|";
  const rows = alerts.map(({ eventTime, detection, tier, eventName, actor, account, region, eventID }) =>
    row([
      codeCell(eventTime),
      `${codeCell(detection)}${tier === "digest" ? " (digest)" : ""}`,
      codeCell(eventName),
      codeCell(actor, ACTOR),
      codeCell(`${account} ${region}`),
      codeCell(eventID),
    ]),
  );
  yield* atMost(ALERTS, rows);
  yield "";
  yield "</details>";
  yield "";
}

function* atMost(limit: number, lines: readonly string[]): Generator<string> {
  yield* lines.slice(0, limit);
  if (lines.length > limit) yield `\n… and ${lines.length - limit} more`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function codeCell(text: string, maximum = CELL): string {
  return cell(code(text, maximum));
}
