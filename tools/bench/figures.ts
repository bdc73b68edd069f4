import { rmSync } from "node:fs";
import { join } from "node:path";
import { measureApps } from "./apps";
import { type BundleFigures, measureBundle } from "./bundle";

const ROUNDS = 5;
/** How much longer a synth may take with forwarders in every region that accounts have. */
const MAX_REGIONS = 2.5;
/** The function's bytes by those of its SDK clients: `docs/decisions/0010-bundle.md`. */
export const MAX_BUNDLE = 1.2;

/** A figure that has a limit. */
export interface Verdict {
  readonly figure: string;
  readonly value: number;
  readonly target: string;
  readonly met: boolean;
}

export interface Figures {
  readonly node: string;
  /** Milliseconds of each measured run. */
  readonly stackMs: readonly number[];
  readonly emptyAppMs: readonly number[];
  /** With forwarders in the default regions. */
  readonly allRegionsMs: readonly number[];
  /** With nothing kept of an earlier synth: the function is bundled anew. */
  readonly firstMs: readonly number[];
  readonly peakBytes: number;
  readonly bundle: BundleFigures;
  readonly verdicts: readonly Verdict[];
}

/** @param root the project's folder */
export function takeFigures(root: string): Figures {
  const apps = ["main.ts", "tools/bench/empty-app.ts", "tools/bench/all-regions-app.ts"];
  const [stack = [], empty = [], allRegions = []] = measureApps(root, apps, ROUNDS);
  const stackMs = stack.map(({ ms }) => ms);
  const emptyAppMs = empty.map(({ ms }) => ms);
  const allRegionsMs = allRegions.map(({ ms }) => ms);
  const [first = []] = measureApps(root, ["main.ts"], ROUNDS, () => {
    rmSync(join(root, "node_modules", ".cache", "trailwarden"), { recursive: true, force: true });
  });
  const firstMs = first.map(({ ms }) => ms);
  const peakBytes = Math.max(...stack.map((run) => run.peakBytes));
  const bundle = measureBundle(root);
  return {
    node: process.version,
    stackMs,
    emptyAppMs,
    allRegionsMs,
    firstMs,
    peakBytes,
    bundle,
    verdicts: judge({ stackMs, emptyAppMs, allRegionsMs, peakBytes, bundle }),
  };
}

/** Holds the figures against their targets. */
export function judge(
  figures: Pick<Figures, "stackMs" | "emptyAppMs" | "allRegionsMs" | "peakBytes" | "bundle">,
): readonly Verdict[] {
  const time = median(figures.stackMs) / median(figures.emptyAppMs);
  const regions = median(figures.allRegionsMs) / median(figures.stackMs);
  const memory = figures.peakBytes / 1e6;
  const size = figures.bundle.functionBytes / figures.bundle.clientsBytes;
  return [
    { figure: "synth / empty app", value: time, target: "at most 2", met: time <= 2 },
    {
      figure: "synth with all default regions / home alone",
      value: regions,
      target: `at most ${MAX_REGIONS}`,
      met: regions <= MAX_REGIONS,
    },
    { figure: "peak memory of Node, MB", value: memory, target: "under 250", met: memory < 250 },
    {
      figure: "function / SDK clients",
      value: size,
      target: `at most ${MAX_BUNDLE}`,
      met: size <= MAX_BUNDLE,
    },
  ];
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[(values.length - 1) / 2];
  if (middle === undefined) throw new Error(`${values.length} values have no middle one`);
  return middle;
}
