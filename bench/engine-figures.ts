import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { compilePatterns } from "../lambda-src/engine/compile";
import { matching } from "../lambda-src/engine/match";
import type { EventPattern } from "../lambda-src/engine/pattern";
import { median } from "./figures";
import { varied } from "./patterns";

/** How many detections the matcher is measured with. */
export const SIZES = [8, 80, 800] as const;
const ROUNDS = 7;
const ROUND_MS = 300;
const COLD_STARTS = 5;

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

/** Milliseconds that compiling the patterns takes in a process that has just started, bundled as the function is. */
export function measureColdCompile(root: string, patterns: readonly EventPattern[]): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  try {
    const outfile = join(folder, "cold-compile.js");
    buildSync({
      entryPoints: ["bench/cold-compile.ts"],
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      target: "node20",
      outfile,
    });
    return Array.from({ length: COLD_STARTS }, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [outfile, JSON.stringify(patterns)], {
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`compiling ended with ${status}\n${stderr}`);
      return Number(stdout);
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
