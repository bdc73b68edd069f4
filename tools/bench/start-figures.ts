import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { sdkEnvironment } from "../../cli/demo/function-process";
import { catalogue } from "../../detection/catalogue/catalogue";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { callId } from "../../detection/events/event-id";
import { alwaysOn } from "../../detection/suppressions/always-on";
import { BUNDLE_OPTIONS, bundleFunction } from "../packaging/bundle";
import { type ColdStart, type Contender, startInTurns, startOnce } from "./cold-starts";
import { median, type Verdict } from "./figures";
import { FixedAws, type SdkCall } from "./fixed-aws";
import { readsAlias } from "./reads-alias";
import { amongCommonCalls, matchOf } from "./records";

/** A detection that is told on both paths, at once, under the cap, and matches its record alone. */
const DETECTION = "costly-resource-created";
const LIMIT = 1.15;

/** The function beside a handler that makes the same calls. */
export interface StartFigures {
  readonly path: string;
  /** Names of the calls up to the first Publish. */
  readonly calls: readonly string[];
  readonly function: readonly ColdStart[];
  readonly sameCalls: readonly ColdStart[];
}

/**
 * @param root the project's folder
 * @param rounds cold starts of each, an odd number
 */
export async function measureStarts(root: string, rounds: number): Promise<readonly StartFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  const record = matchOf(root, DETECTION);
  const aws = await FixedAws.start(
    gzipSync(JSON.stringify({ Records: amongCommonCalls(record) })),
    callId(wrapRecord(parseRecord(record))),
  );
  const environment = {
    ...sdkEnvironment("us-east-1", aws.endpoint),
    SNS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:cloudtrail-alerts-demo",
    SEEN_TABLE: "trailwarden-seen",
  };
  const contender = (name: string, event: unknown, index: string): Contender => {
    const eventFile = join(folder, `${name}.json`);
    writeFileSync(eventFile, JSON.stringify(event));
    return { folder: index, eventFile, environment };
  };
  try {
    const [fn, sameCalls] = await bundles(root, folder);
    const messages = {
      "an event": wrapRecord(parseRecord(record)),
      "a log file": {
        s3Bucket: "logs",
        s3ObjectKey: ["AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz"],
      },
    };
    const figures: StartFigures[] = [];
    for (const [path, message] of Object.entries(messages)) {
      const ours = contender("message", inQueue(message), fn);
      const { calls } = await startOnce(aws, ours);
      const untilPublish = untilFirstPublish(calls);
      const theirs = contender("calls", untilPublish, sameCalls);
      const [ourStarts = [], theirStarts = []] = await startInTurns(aws, [ours, theirs], rounds);
      for (const { calls } of [...ourStarts, ...theirStarts]) {
        requireSameCalls(untilPublish, untilFirstPublish(calls));
      }
      figures.push({
        path,
        calls: untilPublish.map(({ name }) => name),
        function: ourStarts,
        sameCalls: theirStarts,
      });
    }
    return figures;
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Holds the function's cold starts against the handler's, by the clock and, where it is known, by the processor's time. */
export function judgeStarts(figures: readonly StartFigures[]): readonly Verdict[] {
  return figures.flatMap(({ path, function: ours, sameCalls }) => {
    const clock = median(ours.map(({ ms }) => ms)) / median(sameCalls.map(({ ms }) => ms));
    const [ourCpu, theirCpu] = [processorTimes(ours), processorTimes(sameCalls)];
    return [
      verdict(path, clock),
      ...(ourCpu && theirCpu ? [verdict(`${path}, processor`, median(ourCpu) / median(theirCpu))] : []),
    ];
  });
}

function verdict(what: string, value: number): Verdict {
  return { figure: `function / same calls, ${what}`, value, target: `at most ${LIMIT}`, met: value <= LIMIT };
}

/** @returns undefined where the system does not say */
export function processorTimes(starts: readonly ColdStart[]): readonly number[] | undefined {
  const known = starts.flatMap(({ cpuMs }) => cpuMs ?? []);
  return known.length === starts.length ? known : undefined;
}

/** @returns folders with an index.js each: of the function, and of the handler that makes the same calls */
async function bundles(root: string, folder: string): Promise<readonly [string, string]> {
  const fn = join(folder, "function");
  const sameCalls = join(folder, "same-calls");
  mkdirSync(fn);
  for (const [name, code] of Object.entries(await bundleFunction(root))) writeFileSync(join(fn, name), code);
  writeFileSync(join(fn, "catalogue.json"), JSON.stringify(catalogue));
  writeFileSync(join(fn, "suppressions.json"), JSON.stringify(alwaysOn(catalogue, [])));
  await build({
    ...BUNDLE_OPTIONS,
    absWorkingDir: root,
    entryPoints: ["tools/bench/same-calls.ts"],
    write: true,
    outfile: join(sameCalls, "index.js"),
  });
  return [fn, sameCalls];
}

function inQueue(message: unknown): unknown {
  return { Records: [{ messageId: "m0", eventSource: "aws:sqs", body: JSON.stringify(message) }] };
}

/** @throws when there is not exactly one Publish: several are decided together, and the first waits for the others */
export function untilFirstPublish(calls: readonly SdkCall[]): readonly SdkCall[] {
  const names = calls.map(({ name }) => name);
  const publish = names.indexOf("Publish");
  if (publish === -1 || publish !== names.lastIndexOf("Publish")) {
    throw new Error(`the calls are ${names.join(", ")}: expected one Publish`);
  }
  return aliasWhereItBegins(calls.slice(0, publish + 1));
}

/** What runs beside the others is put where the function begins it, since it arrives now before, now after them. */
function aliasWhereItBegins(calls: readonly SdkCall[]): readonly SdkCall[] {
  const others = calls.filter((call) => !readsAlias(call));
  const begin = others.findIndex(({ name }) => name !== "GetObject");
  return [...others.slice(0, begin), ...calls.filter(readsAlias), ...others.slice(begin)];
}

function requireSameCalls(expected: readonly SdkCall[], calls: readonly SdkCall[]): void {
  const [theirs, ours] = [expected, calls].map((list) => list.map(({ name }) => name).join(", "));
  if (theirs !== ours) throw new Error(`the calls are ${ours}: expected ${theirs}`);
}
