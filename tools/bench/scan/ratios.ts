import { median, type Verdict } from "../figures";
import { fastestGunzip } from "./fastest-gunzip";
import type { CaseFigures, ScanFigures } from "./figures";
import { TYPICAL_SHARE } from "./plan";
import { type Turn, type Turns, timeOf } from "./tasks";

/** What the targets are about, each at 2 % matching; times as `timeOf` has them. */
export interface Ratios {
  /** How many times as long gunzip and JSON.parse takes, on large files. */
  readonly largeVsParse: number;
  /** How many times as long as gunzip alone ours takes, on large files. */
  readonly largeVsGunzip: number;
  /** As `largeVsParse`, on files of 20 records. */
  readonly smallVsParse: number;
  /** What a second worker gains ours, by what it gains gunzip and JSON.parse. */
  readonly workersVsParseWorkers: number;
  /** How many times as long ours takes with 800 detections as with 80. */
  readonly detections800Vs80: number;
  /** What a file of 1 GB takes of memory beyond what one of 20 records does. */
  readonly rssOverBaselineMB: number;
}

const TARGETS: Readonly<Record<keyof Ratios, readonly ["at least" | "at most", number]>> = {
  largeVsParse: ["at least", 3],
  largeVsGunzip: ["at most", 2],
  smallVsParse: ["at least", 1.5],
  workersVsParseWorkers: ["at least", 0.9],
  detections800Vs80: ["at most", 1.3],
  rssOverBaselineMB: ["at most", 64],
};

export function ratiosOf({ cases, workers, detections, huge }: ScanFigures): Ratios {
  const large = turnsOf(cases, "large");
  const small = turnsOf(cases, "small");
  const gain = (name: string) => {
    const { one, two } = named(workers, name);
    return median(one.map((rate, round) => (two[round] as number) / rate));
  };
  return {
    largeVsParse: timesAsLong(named(large, "parse"), named(large, "ours")),
    largeVsGunzip: timesAsLong(named(large, "ours"), fastestGunzip(large)),
    smallVsParse: timesAsLong(named(small, "parse"), named(small, "ours")),
    workersVsParseWorkers: gain("ours") / gain("parse"),
    detections800Vs80: timesAsLong(named(detections, "ours, 800 detections"), named(detections, "ours, 80 detections")),
    rssOverBaselineMB: (huge.ours.peakBytes - huge.ours.baselineBytes) / 1e6,
  };
}

export function judgeRatios(ratios: Ratios): readonly Verdict[] {
  return Object.entries(TARGETS).map(([figure, [bound, limit]]) => {
    const value = ratios[figure as keyof Ratios];
    return { figure, value, target: `${bound} ${limit}`, met: bound === "at least" ? value >= limit : value <= limit };
  });
}

/** Round by round, as what else the machine does slows both of a round, and then the middle. */
function timesAsLong(one: Turns, other: Turns): number {
  return median(one.turns.map((turn, round) => timeOf(turn) / timeOf(other.turns[round] as Turn)));
}

function turnsOf(cases: readonly CaseFigures[], files: CaseFigures["files"]): readonly Turns[] {
  const found = cases.find((figures) => figures.files === files && figures.matching === TYPICAL_SHARE);
  if (!found) throw new Error(`${files} files with ${TYPICAL_SHARE * 100} % matching were not measured`);
  return found.turns;
}

function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`${name} was not measured`);
  return found;
}

/** What `--check` says of targets that are missed. */
export function missedLines(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts
    .filter(({ met }) => !met)
    .map(({ figure, value, target }) => `missed: ${figure} is ${value.toFixed(2)}, ${target}`);
}
