import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAsProgram } from "../../cli/command/run-command";
import { checkedBench } from "./bench-usage";
import { median } from "./figures";
import { largePlan } from "./large-plan";

const ROOT = join(__dirname, "..", "..");
const CHANGES = 5_000;
const ROUNDS = 5;
const MAX_MS = 1_000;
const MAX_MB = 200;
/** What a review of this plan ends with: it is refused. */
const REFUSED = 2;

interface Run {
  readonly ms: number;
  /** Processor time: what is left of the figure when other programs run beside. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Reviews a plan in a process of its own, tsx's start included, as `npm run review` does in a clone. */
function run(file: string): Run {
  const start = performance.now();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ["--require", "./tools/bench/report-usage.cjs", "--require", "tsx/cjs", "cli/main.ts", "review", file],
    { cwd: ROOT, stdio: ["ignore", "ignore", "pipe", "pipe"], encoding: "utf8" },
  );
  const ms = performance.now() - start;
  if (status !== REFUSED) throw new Error(`the review ended with ${status}\n${stderr}`);
  const { peakKib, cpuMs } = JSON.parse(String(output[3])) as { readonly peakKib: number; readonly cpuMs: number };
  return { ms, cpuMs, peakMb: (peakKib * 1024) / 1e6 };
}

const USAGE = checkedBench("bench:review", `Measures the review of a plan of ${CHANGES} resource changes.`);

runAsProgram(USAGE, (given) => {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  try {
    const file = join(folder, "plan.json");
    const text = largePlan(CHANGES);
    writeFileSync(file, text);
    run(file); // fills tsx's cache
    const runs = Array.from({ length: ROUNDS }, () => run(file));
    const [ms, cpuMs, peakMb] = [
      median(runs.map((each) => each.ms)),
      median(runs.map((each) => each.cpuMs)),
      Math.max(...runs.map((each) => each.peakMb)),
    ];
    console.log(
      [
        `Node ${process.version}, ${CHANGES} resource changes, ${(text.length / 1e6).toFixed(0)} MB of JSON; a process each, median of ${ROUNDS}`,
        `  time        ${ms.toFixed(0)} ms, under ${MAX_MS}: ${ms < MAX_MS ? "met" : "MISSED"} (processor ${cpuMs.toFixed(0)} ms)`,
        `  peak memory ${peakMb.toFixed(0)} MB, under ${MAX_MB}: ${peakMb < MAX_MB ? "met" : "MISSED"}`,
      ].join("\n"),
    );
    return given.isGiven("check") && (ms >= MAX_MS || peakMb >= MAX_MB) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
