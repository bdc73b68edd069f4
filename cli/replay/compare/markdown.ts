import { problemLines } from "../output/problems";
import type { ReplayAlert } from "../replay-result";
import type { Comparison, DetectionChange } from "./compare";
import { changeInWords } from "./words";

/** Rows of one table: a comment on GitHub holds 65,536 characters. */
const ROWS = 100;
const ALERTS = 30;
const PROBLEMS = 20;

/**
 * What a change would add and remove, for a pull request. What comes from the logs stands in code spans, where it can be
 * neither markup nor a mention.
 */
export function* comparisonMarkdown(comparison: Comparison): Generator<string> {
  const { added, removed, detections } = comparison;
  yield "### What this change does to alerts";
  yield "";
  const [first, ...volumes] = changeInWords(comparison);
  yield String(first);
  yield "";
  for (const volume of volumes) yield `- ${volume}`;
  if (volumes.length > 0) yield "";
  if (detections.length > 0) {
    yield "| detection | severity | day | now | then | added | removed |";
    yield "|---|---|---|--:|--:|--:|--:|";
    yield* atMost(ROWS, detections.flatMap(rowsOf));
    yield "";
  }
  yield* details("added", added);
  yield* details("removed", removed);
  const problems = [...problemLines(comparison)].map((line) => `- ${code(line)}`);
  if (problems.length > 0) yield* atMost(PROBLEMS, problems);
}

function rowsOf({ detection, severity, days }: DetectionChange): readonly string[] {
  return days.map(({ day, before, after, added, removed }) =>
    row([
      code(detection),
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
  yield `<details><summary>${alerts.length} ${change}</summary>`;
  yield "";
  yield "| time (UTC) | detection | call | who | where | event |";
  yield "|---|---|---|---|---|---|";
  const rows = alerts.map(({ eventTime, detection, tier, eventName, actor, account, region, eventID }) =>
    row([
      code(eventTime),
      `${code(detection)}${tier === "digest" ? " (digest)" : ""}`,
      code(eventName),
      code(actor),
      code(`${account} ${region}`),
      code(eventID),
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

/** A code span ends at its first backtick, and a table's cell at `|`, even within one. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
