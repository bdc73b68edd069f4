import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import type { LoadedDetections } from "../../config/custom-detections/load";
import { severitiesFrom } from "../../detection/definition/detection";
import { loadConfigIn, loadOwnConfigOrDefaults } from "../command/own-config";
import { runCommand } from "../command/run-command";
import { type FoundSources, findSources } from "../log-sources/find-sources";
import type { LogSource } from "../log-sources/log-source";
import { accountIds, type GivenAccounts, readAccounts } from "./accounts";
import { type Comparison, compare } from "./compare/compare";
import { comparisonJson } from "./compare/json";
import { comparisonMarkdown } from "./compare/markdown";
import { comparisonText } from "./compare/text";
import { cardAlerts } from "./evaluate/card-alerts";
import { Progress } from "./evaluate/progress";
import { readNotifications } from "./evaluate/read-notifications";
import { replayLogs } from "./evaluate/replay-logs";
import { type Plan, planOf, unknownPlaces } from "./evaluate/setup";
import { type ReplayOptions, readOptions, USAGE } from "./options";
import { jsonLines } from "./output/json";
import { ocsfLines } from "./output/ocsf";
import { paintFor } from "./output/paint";
import { problemLines } from "./output/problems";
import { textLines } from "./output/text";
import { channelCards } from "./report/channel-cards";
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
  const loaded = configurations(options);
  const given = options.accounts === undefined ? {} : readAccounts(options.accounts);
  const scope = { ...options.scope, accounts: accountIds(options.scope.accounts, namesOf(given, loaded)) };
  const plan = planOf(loaded, options, scope, given);
  for (const line of unknownPlaces(plan)) console.error(line);
  const found = await findSources(options.paths, scope);
  const [now, then] = (await read(found, options, plan)) as readonly [ReplayResult, ReplayResult?];
  const { format, failOn } = options;
  const comparison = then && compare(now, then);
  if (comparison) print(comparisonLines(comparison, format));
  else if (format === "html") print([await report(now, found, plan, loaded[0]?.config.channels ?? [], args)]);
  else print(resultLines(now, plan, format));
  // Programs read the output; people read what is wrong with it beside it.
  if (format === "json" || format === "html" || format === "ocsf")
    for (const line of problemLines(now)) console.error(line);
  if (now.files.unreadable.length > 0 || now.records.processingErrors > 0) return UNREADABLE;
  const alerts = comparison?.added ?? now.alerts;
  return failOn !== undefined && alerts.some(({ severity }) => severitiesFrom(failOn).includes(severity)) ? ALERTED : 0;
}

/** Ids and names, of the configurations and the file. */
function namesOf(given: GivenAccounts, loaded: readonly LoadedDetections[]): readonly (readonly [string, string])[] {
  return [
    ...loaded.flatMap(({ config }) => Object.entries(config.accountNames)),
    ...Object.entries(given).flatMap(([id, { name }]) => (name === undefined ? [] : [[id, name] as const])),
  ];
}

function configurations({ config, compare }: ReplayOptions): readonly LoadedDetections[] {
  const now = config === undefined ? loadOwnConfigOrDefaults() : loadConfigIn(config);
  return compare === undefined ? [now] : [now, loadConfigIn(compare)];
}

/** @returns the result under each configuration */
async function read(found: FoundSources, { workers }: ReplayOptions, plan: Plan): Promise<readonly ReplayResult[]> {
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

function resultLines(result: ReplayResult, { asked }: Plan, format: ReplayOptions["format"]): Iterable<string> {
  if (format === "json") return jsonLines(result);
  if (format === "ocsf")
    return ocsfLines(
      result,
      asked.map(({ detection }) => detection),
    );
  return textLines(result, paintFor(process.stdout));
}

async function report(
  result: ReplayResult,
  { sources }: FoundSources,
  plan: Plan,
  channels: readonly ConfiguredChannel[],
  args: readonly string[],
): Promise<string> {
  const about = { made: new Date().toISOString(), command: ["trailwarden replay", ...args].join(" ") };
  const notifications = await readNotifications(cardAlerts(result.alerts), result, sources, plan);
  return htmlReport(result, about, channelCards(notifications, channels));
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
