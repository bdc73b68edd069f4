import { loadOwnConfig } from "../../cli/command/own-config";
import { replayLogs } from "../../cli/replay/evaluate/replay-logs";
import { planOf } from "../../cli/replay/evaluate/setup";
import { findSources } from "../../cli/replay/input/find-sources";
import type { DetectionOutcome, ReplayResult } from "../../cli/replay/result/replay-result";
import { grandTotals, type Totals, totalsOf } from "../../cli/replay/result/totals";

const COLUMNS = [
  "matches",
  "suppressed",
  "repeated",
  "alerts",
  "folded",
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
    `${records.read} records, ${records.findings} of which can't be judged; ${detections.length} of ${asked} detections match.`,
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

async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error("takes log files of CloudTrail: npm run bench:catalogue -- FILE...");
  const plan = planOf([loadOwnConfig()], { detections: [] }, EVERYTHING);
  const found = await findSources(files, EVERYTHING);
  const [result] = await replayLogs(found, plan, { advance: () => {} });
  if (!result) return;
  for (const { file, reason } of result.files.unreadable) throw new Error(`${file}: ${reason}`);
  console.log(table(result));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`error: ${(error as Error).message}`);
    process.exitCode = 1;
  });
}
