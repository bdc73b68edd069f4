import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FixedAws, SdkCall } from "./fixed-aws";

/** What is started cold. */
export interface Contender {
  /** Of its `index.js`. */
  readonly folder: string;
  /** File of the event that its handler is called with. */
  readonly eventFile: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface ColdStart {
  /** Milliseconds from the process's start until its first Publish had arrived. */
  readonly ms: number;
  /** Milliseconds of processor time until then, of all its threads; undefined where the system does not say. */
  readonly cpuMs: number | undefined;
  readonly calls: readonly SdkCall[];
}

/**
 * Starts the contenders in turn, a process each time: one unmeasured round, then the measured ones. Taking turns spreads
 * over all of them whatever else the machine does.
 *
 * @returns the measured starts of each contender, in the order given
 */
export async function startInTurns(
  aws: FixedAws,
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly (readonly ColdStart[])[]> {
  const starts = contenders.map((): ColdStart[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const start = await startOnce(aws, contender);
      if (round > 0) starts[index]?.push(start);
    }
  }
  return starts;
}

/** @throws when the handler fails or publishes nothing */
export async function startOnce(aws: FixedAws, contender: Contender): Promise<ColdStart> {
  const { folder, eventFile, environment } = contender;
  aws.take();
  let published: Pick<ColdStart, "ms" | "cpuMs"> | undefined;
  const start = performance.now();
  const child = spawn(process.execPath, [join(__dirname, "start-once.cjs"), folder, eventFile], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  aws.onFirstPublish = () => {
    published = { ms: performance.now() - start, cpuMs: processorMs(child.pid) };
  };
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const status = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (status !== 0) throw new Error(`${folder} ended with ${status}\n${output.trimEnd()}`);
  if (!published) throw new Error(`${folder} published nothing\n${output.trimEnd()}`);
  return { ...published, calls: aws.take() };
}

/** Linux alone counts finely enough: in nanoseconds, by thread. Waiting for a processor is not in it. */
function processorMs(pid: number | undefined): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const spent = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]));
    return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  } catch {
    return undefined;
  }
}
