import { median, type Verdict } from "../figures";
import { isGunzip } from "./contenders";
import { fastestGunzip } from "./fastest-gunzip";
import type { CaseFigures, ScanFigures } from "./figures";
import { type MemoryUse, type Turn, type Turns, timeOf } from "./tasks";

/** What a contender is called in the tables. */
const WORDS: Readonly<Record<string, string>> = {
  parse: "gunzip + JSON.parse",
  "parse and match": "gunzip + JSON.parse + match",
};

/** Everything, for a person. */
export function report(figures: ScanFigures, verdicts: readonly Verdict[]): string {
  const { node, cases, workers, detections, huge, jq } = figures;
  const largest = cases.find(({ files }) => files === "large");
  return [
    `Node ${node}, in turns; times are the median of ${cases[0]?.turns[0]?.turns.length ?? 0} rounds. MB and GB are decimal, of what is decompressed.`,
    "Rates and targets go by the clock, or by the processor's time where that is less: on a busy machine.",
    ...cases.flatMap(caseLines),
    "Worker threads, files of 2,500 records: passes over all of them in a second",
    ...workers.map(({ name, one, two }) => {
      const gain = median(one.map((rate, round) => (two[round] as number) / rate));
      return line(
        worded(name),
        `one ${median(one).toFixed(2)}, two ${median(two).toFixed(2)}, gain ${gain.toFixed(2)}`,
      );
    }),
    "Detections, large files",
    ...detections.map(({ name, turns, outcome }) =>
      line(worded(name), `${times(turns)}, ${whole(outcome.matches ?? 0)} matches`),
    ),
    `Memory, one file of ${(huge.bytes / 1e9).toFixed(2)} GB that is read as a stream`,
    line("gunzip alone", memory(huge.gunzip)),
    line("ours", memory(huge.ours)),
    ...(jq && largest ? ["zcat | jq with two conditions, whole processes", line("one large file", times(jq))] : []),
    "Targets, at 2 % matching",
    ...verdicts.map(({ figure, value, target, met }) =>
      line(figure, `${value.toFixed(2)}, ${target}: ${met ? "met" : "MISSED"}`),
    ),
  ].join("\n");
}

function caseLines({ files, matching, bytes, records, turns, peakBytes }: CaseFigures): readonly string[] {
  const title = files === "large" ? "One large file" : "Files of 20 records";
  return [
    `${title}, ${matching * 100} % matching: ${whole(records)} records, ${(bytes / 1e6).toFixed(1)} MB`,
    row("", ["wall", "processor", "MB/s", "records/s", "peak RSS"]),
    ...rowsOf(turns).map(({ name, label, turns: its }) => {
      const seconds = median(its.map(timeOf)) / 1000;
      return row(label, [
        `${wall(its).toFixed(0)} ms`,
        `${processor(its).toFixed(0)} ms`,
        (bytes / 1e6 / seconds).toFixed(0),
        whole(records / seconds),
        `${((peakBytes[name] ?? 0) / 1e6).toFixed(0)} MB`,
      ]);
    }),
  ];
}

/** Of the ways of decompressing alone, only the fastest. */
function rowsOf(turns: readonly Turns[]): readonly (Turns & { readonly label: string })[] {
  const gunzip = fastestGunzip(turns);
  const others = turns.filter(({ name }) => !isGunzip(name));
  return [
    { ...gunzip, label: `gunzip alone (${gunzip.name})` },
    ...others.map((its) => ({ ...its, label: worded(its.name) })),
  ];
}

function worded(name: string): string {
  const [contender = "", ...rest] = name.split(", ");
  return [WORDS[contender] ?? contender, ...rest].join(", ");
}

function memory({ baselineBytes, peakBytes }: MemoryUse): string {
  const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
  return `peak RSS ${mb(peakBytes)} MB, ${mb(peakBytes - baselineBytes)} over the ${mb(baselineBytes)} after a file of 20 records`;
}

function times(turns: readonly Turn[]): string {
  return `${wall(turns).toFixed(0)} ms, processor ${processor(turns).toFixed(0)} ms`;
}

function wall(turns: readonly Turn[]): number {
  return median(turns.map(({ wallMs }) => wallMs));
}

function processor(turns: readonly Turn[]): number {
  return median(turns.map(({ processorMs }) => processorMs));
}

function row(what: string, cells: readonly string[]): string {
  return `  ${what.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join("")}`;
}

function line(what: string, value: string): string {
  return `  ${what.padEnd(44)}${value}`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
