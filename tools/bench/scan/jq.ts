import { spawnSync } from "node:child_process";
import type { Turn } from "./tasks";

/** Two conditions, as one types them at a prompt. */
const FILTER = '.Records[] | select(.eventSource == "iam.amazonaws.com" and .eventName == "CreateUser")';

/**
 * What `zcat | jq` takes for one file, with two conditions: whole processes.
 *
 * @returns undefined where there is no jq
 */
export function measureJq(file: string, rounds: number): readonly Turn[] | undefined {
  if (spawnSync("jq", ["--version"]).status !== 0) return undefined;
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    const script = 'zcat "$0" | jq -c "$1" >/dev/null; times';
    const { status, stdout } = spawnSync("bash", ["-c", script, file, FILTER], { encoding: "utf8" });
    const wallMs = performance.now() - start;
    if (status !== 0) throw new Error(`jq ended with ${status}`);
    return { wallMs, processorMs: processorMs(stdout) };
  });
}

/** The second line of bash's `times`, such as `0m1.234s 0m0.050s`: of its children. */
export function processorMs(times: string): number {
  const [, children = ""] = times.split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (total, [, minutes, seconds]) => total + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}
