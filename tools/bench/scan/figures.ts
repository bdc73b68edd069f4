import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Detection } from "../../../detection/definition/detection";
import { DEFAULT_PACK } from "../logs/default-pack";
import { logFile, logFiles, writeLogFile } from "../logs/log-file";
import { varied } from "../patterns";
import { requireAgreement } from "./agreement";
import { type ContenderName, type Entrant, GUNZIPS, isGunzip, type Outcome } from "./contenders";
import { fastestGunzip } from "./fastest-gunzip";
import { measureJq } from "./jq";
import { type Plan, SEED, TYPICAL_SHARE } from "./plan";
import { bundleProgram, runTask } from "./run-task";
import type { MemoryUse, Turn, Turns, WorkerRates } from "./tasks";

/** Log files of one kind, and what reading them took. */
export interface CaseFigures {
  readonly files: "large" | "small";
  /** Share of the records that match. */
  readonly matching: number;
  /** Not compressed. */
  readonly bytes: number;
  readonly records: number;
  readonly turns: readonly Turns[];
  /** Peak resident bytes of a process that only this contender ran in; of the ways of decompressing, the fastest alone. */
  readonly peakBytes: Readonly<Record<string, number>>;
}

export interface ScanFigures {
  readonly node: string;
  readonly cases: readonly CaseFigures[];
  /** On files of 2,500 records. */
  readonly workers: readonly WorkerRates[];
  /** With 80 and with 800 detections, on large files. */
  readonly detections: readonly Turns[];
  readonly huge: { readonly bytes: number; readonly ours: MemoryUse; readonly gunzip: MemoryUse };
  /** Whole processes of `zcat | jq` over the large file; absent where jq is. */
  readonly jq?: readonly Turn[];
}

const FEW_DETECTIONS = 80;
const MANY_DETECTIONS = 800;
/** Small: most of CloudTrail's. Medium: a busy account's. */
const RECORDS_PER_FILE = { small: 20, medium: 2_500, large: Number.POSITIVE_INFINITY } as const;

/** Every way of reading that is compared. */
const ENTRANTS = [...GUNZIPS, "parse", "parse and match", "ours"].map((name) => entrant(name as ContenderName));

/**
 * @param root the project's folder
 * @param progress is told what is being measured
 * @throws Error when contenders do not find the same
 */
export async function takeFigures(root: string, plan: Plan, progress: (doing: string) => void): Promise<ScanFigures> {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-scan-"));
  try {
    progress("bundling");
    const program = join(folder, "program.js");
    await bundleProgram(root, program);
    const smallFile = join(folder, "first.json.gz");
    writeFileSync(smallFile, logFile({ seed: SEED, records: 20, matching: TYPICAL_SHARE }));
    const cases: CaseFigures[] = [];
    for (const size of ["large", "small"] as const) {
      for (const matching of plan.shares) {
        progress(`${size} files, ${matching * 100} % matching`);
        const files = writeFiles(join(folder, `${size}-${matching}`), size, plan.records, matching);
        cases.push(
          await measureCase(program, files, { files: size, matching, records: plan.records }, plan, smallFile),
        );
      }
    }
    const large = [join(folder, `large-${TYPICAL_SHARE}`, "0.json.gz")];
    progress("one worker and two");
    const workers = await runTask<"workers">(program, {
      kind: "workers",
      files: writeFiles(join(folder, "workers"), "medium", plan.records, TYPICAL_SHARE),
      entrants: [entrant("parse"), entrant("ours")],
      rounds: plan.rounds,
      turnMs: plan.workersMs / plan.rounds,
    });
    requireSame("workers", workers);
    progress(`${FEW_DETECTIONS} and ${MANY_DETECTIONS} detections`);
    const detections = await runTask<"rounds">(program, {
      kind: "rounds",
      files: large,
      entrants: [FEW_DETECTIONS, MANY_DETECTIONS].flatMap((count) => {
        const named = { name: `${count} detections`, detections: manyDetections(count) };
        const contenders = ["ours", "parse and match"] as const;
        return contenders.map((contender) => ({ ...named, name: `${contender}, ${count} detections`, contender }));
      }),
      rounds: plan.rounds,
    });
    for (const count of [FEW_DETECTIONS, MANY_DETECTIONS]) {
      requireSame(
        `${count} detections`,
        detections.filter(({ name }) => name.endsWith(` ${count} detections`)),
      );
    }
    const jq = measureJq(large[0] as string, plan.rounds);
    return {
      node: process.version,
      cases,
      workers,
      detections,
      huge: await measureHuge(program, join(folder, "huge.json.gz"), plan, smallFile, progress),
      ...(jq ? { jq } : {}),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function entrant(contender: ContenderName): Entrant {
  return { name: contender, contender, detections: DEFAULT_PACK };
}

/** The default pack's detections, then variations that ask for other calls of the same services. */
export function manyDetections(count: number): readonly Detection[] {
  const originals = DEFAULT_PACK.slice(0, FEW_DETECTIONS);
  const patterns = originals.map(({ pattern }) => pattern);
  return varied(patterns, count, ["eventSource"]).map((pattern, index) => {
    const original = originals[index % originals.length] as Detection;
    return { ...original, id: `${original.id}-${index}`, pattern };
  });
}

function writeFiles(
  folder: string,
  size: keyof typeof RECORDS_PER_FILE,
  records: number,
  matching: number,
): readonly string[] {
  mkdirSync(folder);
  return logFiles({ seed: SEED, records, matching }, RECORDS_PER_FILE[size]).map((bytes, index) => {
    const file = join(folder, `${index}.json.gz`);
    writeFileSync(file, bytes);
    return file;
  });
}

async function measureCase(
  program: string,
  files: readonly string[],
  kind: Pick<CaseFigures, "files" | "matching" | "records">,
  { rounds }: Plan,
  smallFile: string,
): Promise<CaseFigures> {
  const what = `${kind.files} files, ${kind.matching * 100} % matching`;
  const turns = await runTask<"rounds">(program, { kind: "rounds", files, entrants: ENTRANTS, rounds });
  requireSame(what, turns);
  const expected = { records: kind.records, matching: Math.round(kind.records * kind.matching) };
  requireAgreement(what, { "the recipe": expected, ours: outcomeOf(turns, "ours") });
  const peakBytes: Record<string, number> = {};
  for (const entrant of ENTRANTS.filter(({ name }) => !isGunzip(name) || name === fastestGunzip(turns).name)) {
    const use = await runTask<"memory">(program, { kind: "memory", smallFile, files, entrant, asStream: false });
    requireAgreement(what, { [entrant.name]: outcomeOf(turns, entrant.name), "a process of its own": use.outcome });
    peakBytes[entrant.name] = use.peakBytes;
  }
  return { ...kind, bytes: outcomeOf(turns, GUNZIPS[0]).bytes ?? 0, turns, peakBytes };
}

async function measureHuge(
  program: string,
  file: string,
  { hugeRecords: records }: Plan,
  smallFile: string,
  progress: (doing: string) => void,
): Promise<ScanFigures["huge"]> {
  progress(`writing a file of ${records.toLocaleString("en-US")} records`);
  const bytes = await writeLogFile(file, { seed: SEED, records, matching: TYPICAL_SHARE });
  progress(`reading a file of ${records.toLocaleString("en-US")} records`);
  const use = (contender: ContenderName) =>
    runTask<"memory">(program, {
      kind: "memory",
      smallFile,
      files: [file],
      entrant: entrant(contender),
      asStream: true,
    });
  const [gunzip, ours] = [await use("gunzip 64 KB"), await use("ours")];
  const expected = { bytes, records, matching: Math.round(records * TYPICAL_SHARE) };
  requireAgreement("the huge file", { "the recipe": expected, gunzip: gunzip.outcome, ours: ours.outcome });
  return { bytes, ours, gunzip };
}

function requireSame(what: string, turns: readonly Pick<Turns, "name" | "outcome">[]): void {
  requireAgreement(what, Object.fromEntries(turns.map(({ name, outcome }) => [name, outcome])));
}

function outcomeOf(turns: readonly Turns[], name: string): Outcome {
  return turns.find((turn) => turn.name === name)?.outcome ?? {};
}
