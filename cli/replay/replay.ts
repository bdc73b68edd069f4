import type { LoadedDetections } from "../../config/custom-detections/load";
import { severitiesFrom } from "../../detection/definition/detection";
import { loadConfigIn, loadOwnConfigOrDefaults } from "../command/own-config";
import { runCommand } from "../command/run-command";
import { findSources } from "../log-sources/find-sources";
import type { LogSource } from "../log-sources/log-source";
import { type Comparison, compare } from "./compare/compare";
import { comparisonJson } from "./compare/json";
import { comparisonMarkdown } from "./compare/markdown";
import { comparisonText } from "./compare/text";
import { Progress } from "./evaluate/progress";
import { replayLogs } from "./evaluate/replay-logs";
import { type Plan, planOf } from "./evaluate/setup";
import { type ReplayOptions, readOptions, USAGE } from "./options";
import { jsonLines } from "./output/json";
import { ocsfLines } from "./output/ocsf";
import { paintFor } from "./output/paint";
import { problemLines } from "./output/problems";
import { textLines } from "./output/text";
import { htmlReport } from "./report/html-report";
import type { ReplayResult } from "./result/replay-result";

/** An alert is at or above the severity of `--fail-on`. */
const ALERTED = 3;
const UNREADABLE = 1;
/** Characters that are written at once. */
const PIECE = 64 * 1024;

/**
 * Lists the alerts that the detections would have sent for existing log files; or, with `--compare`, those that a change of
 * the configuration would add and remove.
 *
 * @returns exit code: 0; 3 with `--fail-on`; 1 when something could not be read or processed
 * @throws CommandError for arguments and configurations that are not what they should be
 */
export function replay(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, (given) => replayed(readOptions(given), args));
}

async function replayed(options: ReplayOptions, args: readonly string[]): Promise<number> {
  const plan = planOf(configurations(options), options, options.scope);
  const [now, then] = (await read(options, plan)) as readonly [ReplayResult, ReplayResult?];
  const { format, failOn } = options;
  const comparison = then && compare(now, then);
  print(comparison ? comparisonLines(comparison, format) : resultLines(now, plan, format, args));
  // Programs read the output; people read what is wrong with it beside it.
  if (format === "json" || format === "html" || format === "ocsf")
    for (const line of problemLines(now)) console.error(line);
  if (now.files.unreadable.length > 0 || now.records.processingErrors > 0) return UNREADABLE;
  const alerts = comparison?.added ?? now.alerts;
  return failOn !== undefined && alerts.some(({ severity }) => severitiesFrom(failOn).includes(severity)) ? ALERTED : 0;
}

function configurations({ config, compare }: ReplayOptions): readonly LoadedDetections[] {
  const now = config === undefined ? loadOwnConfigOrDefaults() : loadConfigIn(config);
  return compare === undefined ? [now] : [now, loadConfigIn(compare)];
}

/** @returns the result under each configuration */
async function read({ paths, scope, workers }: ReplayOptions, plan: Plan): Promise<readonly ReplayResult[]> {
  const found = await findSources(paths, scope);
  const progress = new Progress();
  progress.start(found.sources.length, totalBytes(found.sources));
  try {
    return await replayLogs(found, plan, progress, workers);
  } finally {
    progress.finish();
  }
}

function totalBytes(sources: readonly LogSource[]): number | undefined {
  let total = 0;
  for (const source of sources) {
    if (source.kind === "stdin") return undefined;
    total += source.bytes;
  }
  return total;
}

function resultLines(
  result: ReplayResult,
  { asked }: Plan,
  format: ReplayOptions["format"],
  args: readonly string[],
): Iterable<string> {
  if (format === "json") return jsonLines(result);
  if (format === "ocsf")
    return ocsfLines(
      result,
      asked.map(({ detection }) => detection),
    );
  if (format !== "html") return textLines(result, paintFor(process.stdout));
  return [htmlReport(result, { made: new Date().toISOString(), command: ["trailwarden replay", ...args].join(" ") })];
}

function comparisonLines(comparison: Comparison, format: ReplayOptions["format"]): Iterable<string> {
  if (format === "json") return comparisonJson(comparison);
  return format === "markdown" ? comparisonMarkdown(comparison) : comparisonText(comparison, paintFor(process.stdout));
}

/** In pieces: there may be more than one text can hold. */
function print(lines: Iterable<string>): void {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    process.stdout.write(piece);
    piece = "";
  }
  process.stdout.write(piece);
}
