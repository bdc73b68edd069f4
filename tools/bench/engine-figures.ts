import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { compilePatterns } from "../../detection/pattern/compile";
import { matching } from "../../detection/pattern/match";
import type { EventPattern } from "../../detection/pattern/pattern";
import { median } from "./figures";
import { varied } from "./patterns";

/** How many detections the matcher is measured with. */
export const SIZES = [8, 80, 800] as const;
const ROUNDS = 7;
const ROUND_MS = 300;
const COLD_STARTS = 15;
/** How many events the first log file might have. */
const FIRST_EVENTS = 20;

/** What one size of catalogue costs. */
export interface SizeFigures {
  readonly detections: number;
  /** Of each round. */
  readonly eventsPerSecond: readonly number[];
  /** Pairs of detection and event that match. */
  readonly matches: number;
}

/** Measures the sizes in turn, so that whatever else the machine does is spread over all of them. */
export function measureSizes(patterns: readonly EventPattern[], events: readonly unknown[]): readonly SizeFigures[] {
  const sizes = SIZES.map((detections) => ({
    detections,
    compiled: compilePatterns(varied(patterns.slice(0, 8), detections)),
    eventsPerSecond: [] as number[],
    matches: 0,
  }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const size of sizes) {
      const start = performance.now();
      let judged = 0;
      while (performance.now() - start < ROUND_MS) {
        size.matches = 0;
        for (const event of events) size.matches += matching(size.compiled, event).length;
        judged += events.length;
      }
      if (round > 0) size.eventsPerSecond.push((judged * 1000) / (performance.now() - start));
    }
  }
  return sizes.map(({ detections, eventsPerSecond, matches }) => ({ detections, eventsPerSecond, matches }));
}

/** What one start of a process costs, in milliseconds. */
export interface ColdStart {
  /** Until the patterns are compiled. */
  readonly compileMs: number;
  /** Until the first events are judged too. */
  readonly judgedMs: number;
}

/** What compiling the patterns costs in a process that has just started, bundled as the function is. */
export function measureColdCompile(
  root: string,
  patterns: readonly EventPattern[],
  events: readonly unknown[],
): readonly ColdStart[] {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  try {
    const outfile = join(folder, "cold-compile.js");
    buildSync({
      entryPoints: ["tools/bench/cold-compile.ts"],
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      target: "node20",
      outfile,
    });
    const input = JSON.stringify({ patterns, events: events.slice(0, FIRST_EVENTS) });
    return Array.from({ length: COLD_STARTS }, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8", input });
      if (status !== 0) throw new Error(`compiling ended with ${status}\n${stderr}`);
      return JSON.parse(stdout) as ColdStart;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How much more the largest catalogue costs than the smallest. */
export function growth(sizes: readonly SizeFigures[]): number {
  const [smallest] = sizes;
  const largest = sizes.at(-1);
  if (!smallest || !largest) throw new Error("nothing was measured");
  return median(smallest.eventsPerSecond) / median(largest.eventsPerSecond);
}
