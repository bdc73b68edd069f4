import type { Arguments } from "../../cli/command/arguments";
import { loadOwnConfig } from "../../cli/command/own-config";
import { runAsProgram } from "../../cli/command/run-command";
import type { Usage } from "../../cli/command/usage";
import { findSources } from "../../cli/log-sources/find-sources";
import { replayLogs } from "../../cli/replay/evaluate/replay-logs";
import { planOf } from "../../cli/replay/evaluate/setup";
import type { DetectionOutcome, ReplayResult } from "../../cli/replay/result/replay-result";
import { grandTotals, type Totals, totalsOf } from "../../cli/replay/result/totals";
import { UserError } from "../../config/user-error";

const COLUMNS = [
  "matches",
  "suppressed",
  "duplicates",
  "alerts",
  "merged",
  "grouped",
  "summaries",
  "counted",
  "digested",
  "digests",
] as const;

/** Days on which the digest tells of a detection, besides. */
type Row = Totals & { readonly digests: number };

const EVERYTHING = { regions: [], accounts: [] };

function rowOf(outcome: DetectionOutcome): Row {
  return { ...totalsOf(outcome), digests: outcome.days.filter(({ digested }) => digested > 0).length };
}

/** A table in Markdown: the most told first. */
export function table({ detections, asked, records }: Pick<ReplayResult, "detections" | "asked" | "records">): string {
  const rows = detections.map((outcome) => ({ outcome, row: rowOf(outcome) }));
  const told = ({ alerts, summaries, digests }: Row) => alerts + summaries + digests;
  rows.sort((a, b) => told(b.row) - told(a.row) || b.row.matches - a.row.matches);
  const digests = rows.reduce((sum, { row }) => sum + row.digests, 0);
  const all: Row = { ...grandTotals({ detections }), digests };
  return [
    `${records.read} records, ${records.processingErrors} of which can't be processed; ${detections.length} of ${asked} detections match.`,
    "",
    `| detection | severity | ${COLUMNS.join(" | ")} |`,
    `|---|---|${COLUMNS.map(() => "--:|").join("")}`,
    ...rows.map(({ outcome: { detection, severity }, row }) =>
      line([`\`${detection}\``, severity, ...COLUMNS.map((column) => String(row[column] || ""))]),
    ),
    line(["all", "", ...COLUMNS.map((column) => String(all[column]))]),
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const USAGE = {
  command: "npm run bench:catalogue --",
  summary: "Counts the alerts of each detection in your own CloudTrail log files (docs/catalogue-on-real-data.md).",
  operands: ["FILE..."],
  options: {},
  exitCodes: "0; 1 when a file can't be read; 2 when an argument is wrong.",
  example: "npm run bench:catalogue -- logs/",
} as const satisfies Usage;

async function main({ operands: files }: Arguments<never>): Promise<number> {
  const plan = planOf([loadOwnConfig()], { detections: [] }, EVERYTHING);
  const found = await findSources(files, EVERYTHING);
  const [result] = await replayLogs(found, plan, { advance: () => {} });
  if (!result) return 0;
  for (const { file, reason } of result.files.unreadable) throw new UserError(`${file}: ${reason}`);
  console.log(table(result));
  return 0;
}

if (require.main === module) runAsProgram(USAGE, main);
