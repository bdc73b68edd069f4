import { gunzipSync } from "node:zlib";
import { readLogObject } from "../cli/demo/log-objects";
import { enableSuppressions } from "../lambda-src/decide/enabled-suppressions";
import { switchedOn } from "../lambda-src/detections/switched-on";
import { namesFrom } from "../lambda-src/names";
import { isObject, textAt } from "../lambda-src/read/json";
import { configuredSuppressions } from "../lambda-src/suppressions/configured";
import { loadDetections } from "../own-detections/load";
import { type Judgement, judgement, type Verdict } from "./judgement";

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
/** Calls that a line names. */
const TOP = 3;

/** @throws CommandError, UnreadableLogFile, SyntaxError */
function recordsIn(file: string): readonly unknown[] {
  const { Records } = JSON.parse(gunzipSync(readLogObject(file).bytes).toString("utf8")) as { Records?: unknown };
  if (!Array.isArray(Records)) throw new Error(`${file}: has no Records`);
  return Records;
}

/** A table in Markdown: the most told first. */
export function table({ records, unjudgeable, verdicts }: Judgement): string {
  const told = ({ alerts, summaries, digests }: Verdict) => alerts + summaries + digests;
  const rows = [...verdicts]
    .sort((a, b) => told(b) - told(a) || b.matches - a.matches)
    .map((verdict) => [
      `\`${verdict.detection.id}\``,
      verdict.detection.severity,
      ...COLUMNS.map((column) => String(verdict[column] || "")),
      `${verdict.calls
        .slice(0, TOP)
        .map(([name, count]) => `${name} ×${count}`)
        .join(", ")}${verdict.calls.length > TOP ? ", …" : ""}`,
    ]);
  const totals = COLUMNS.map((column) => String(verdicts.reduce((sum, verdict) => sum + verdict[column], 0)));
  return [
    `${records} records, ${unjudgeable} of which can't be judged; ${verdicts.length} detections match.`,
    "",
    `| detection | severity | ${COLUMNS.join(" | ")} | calls |`,
    `|---|---|${COLUMNS.map(() => "--:|").join("")}---|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    `| all | | ${totals.join(" | ")} | |`,
  ].join("\n");
}

async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error("takes log files of CloudTrail: npm run bench:catalogue -- FILE...");
  const records = files.flatMap(recordsIn);
  const [first] = records;
  const account = (isObject(first) && textAt(first, "recipientAccountId")) || "111122223333";
  const { config, catalogue } = loadDetections(process.env);
  const { namePrefix: prefix, region } = config;
  const names = namesFrom({
    prefix,
    partition: "aws",
    account,
    region,
    bucket: config.bucketName ?? `${prefix}-logs-${account}-${region}`,
    trail: config.trailName,
    logGroup: `/aws/cloudtrail/${config.trailName}`,
    deliveriesTopic: `${prefix}-deliveries`,
    alertsTopic: config.alertsTopicName,
    urgentTopic: config.urgentTopicName,
    // Nobody knows them before they are deployed, so nothing in the files is about them.
    archiveKeyId: "unknown-archive-key",
    alertsKeyId: "unknown-alerts-key",
  });
  const { suppressions, problems } = configuredSuppressions(config, catalogue, names, 0);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const enabled = enableSuppressions(suppressions, catalogue, names, (id, reason) => {
    throw new Error(`suppression ${id}: ${reason}`);
  });
  console.log(table(await judgement(records, switchedOn(catalogue, config), enabled, names)));
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`error: ${(error as Error).message}`);
    process.exitCode = 1;
  });
}
