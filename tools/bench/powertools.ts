import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { runAsProgram } from "../../cli/command/run-command";
import { sdkEnvironment } from "../../cli/demo/function-process";
import { UserError } from "../../config/user-error";
import { BUNDLE_OPTIONS } from "../packaging/bundle";
import { type ColdStart, startInTurns } from "./cold-starts";
import { median } from "./figures";
import { FixedAws, type SdkCall } from "./fixed-aws";
import { processorTimes } from "./start-figures";

// What Powertools for AWS Lambda costs a cold start: docs/decisions/0014-powertools.md. Installed aside, into the
// cache; what it takes of the SDK is the repository's own.
const ROOT = join(__dirname, "..", "..");
const CACHE = join(__dirname, ".cache", "powertools");
const VERSION = "2.35.0";
const PACKAGES = [
  ...["batch", "idempotency", "logger", "metrics"].map((name) => `@aws-lambda-powertools/${name}@${VERSION}`),
  "@aws-sdk/util-dynamodb@3.996.9",
];
const ROUNDS = 15;

/** How each is used around a handler, in the way of its documentation. */
const PARTS = {
  batch: {
    head: `import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
      const processor = new BatchProcessor(EventType.SQS);`,
    wrap: (inner: string) =>
      `(calls) => processPartialResponse({ Records: [{ messageId: "m0", body: JSON.stringify(calls) }] },
        (record) => (${inner})(JSON.parse(record.body)), processor)`,
  },
  idempotency: {
    head: `import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
      import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
      const persistenceStore = new DynamoDBPersistenceLayer({ tableName: "trailwarden-seen" });
      const config = new IdempotencyConfig({});
      config.registerLambdaContext({ getRemainingTimeInMillis: () => 120_000 });`,
    // Its own PutItem takes the place of the claim.
    wrap: (inner: string) =>
      `makeIdempotent((calls) => (${inner})(calls.filter(({ name }) => name !== "PutItem")), { persistenceStore, config })`,
  },
  logger: {
    head: `import { Logger } from "@aws-lambda-powertools/logger";
      const logger = new Logger({ serviceName: "trailwarden" });`,
    wrap: (inner: string) =>
      `async (calls) => { logger.info("invocation begun"); await (${inner})(calls); logger.info("invocation closed"); }`,
  },
  metrics: {
    head: `import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
      const metrics = new Metrics({ namespace: "trailwarden", serviceName: "function" });`,
    wrap: (inner: string) =>
      `async (calls) => { metrics.addMetric("Records", MetricUnit.Count, 1); await (${inner})(calls); metrics.publishStoredMetrics(); }`,
  },
} as const;

type Part = keyof typeof PARTS;
const ALL = Object.keys(PARTS) as readonly Part[];
const VARIANTS: readonly (readonly Part[])[] = [[], ...ALL.map((part) => [part]), ALL];

/** The calls of one alert, as `npm run bench:start` finds the function make them. */
const CALLS: readonly SdkCall[] = [
  update("group#d#0#2026", "#window"),
  { name: "PutItem", input: { TableName: "trailwarden-seen", Item: { pk: { S: "group#d#0#2026" }, sk: { S: "e" } } } },
  update("rate-limit#2026", "#window"),
  {
    name: "Publish",
    input: { TopicArn: "arn:aws:sns:us-east-1:111122223333:cloudtrail-alerts-demo", Subject: "s", Message: "m" },
  },
];

function update(pk: string, sk: string): SdkCall {
  const ExpressionAttributeValues = { ":one": { N: "1" } };
  const input = {
    TableName: "trailwarden-seen",
    Key: { pk: { S: pk }, sk: { S: sk } },
    UpdateExpression: "SET a = :one",
  };
  return { name: "UpdateItem", input: { ...input, ExpressionAttributeValues } };
}

function install(): void {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), '{ "private": true }\n');
  const options = [
    "--silent",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--no-package-lock",
    "--legacy-peer-deps",
  ];
  const { status, stderr } = spawnSync("npm", ["install", ...options, ...PACKAGES], { cwd: CACHE, encoding: "utf8" });
  if (status !== 0)
    throw new UserError(`npm install ended with ${status}: is the registry in reach?`, { detail: stderr.trimEnd() });
}

/** @returns the bundle's bytes */
async function bundleVariant(parts: readonly Part[], outfile: string): Promise<number> {
  const contents = [
    `import { handler as plain } from ${JSON.stringify(join(__dirname, "same-calls.ts"))};`,
    ...parts.map((part) => PARTS[part].head),
    `export const handler = ${parts.reduce((inner, part) => PARTS[part].wrap(inner), "plain")};`,
  ].join("\n");
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    absWorkingDir: ROOT,
    stdin: { contents, resolveDir: CACHE, sourcefile: "variant.js" },
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild made no bundle");
  writeFileSync(outfile, bundle.contents);
  return bundle.contents.length;
}

/** Milliseconds of processor time that loading the bundle takes, in a process of its own. */
function loadMs(folder: string, env: Readonly<Record<string, string>>): number {
  const script = `const before = process.cpuUsage(); require(process.argv[1]);
    const { user, system } = process.cpuUsage(before); process.stdout.write(String((user + system) / 1000));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script, join(folder, "index.js")], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`loading ended with ${status}\n${stderr}`);
  return Number(stdout);
}

function startText(starts: readonly ColdStart[]): string {
  const processor = processorTimes(starts);
  const clock = median(starts.map(({ ms }) => ms)).toFixed(0);
  return processor ? `${clock} ms, processor ${median(processor).toFixed(0)} ms` : `${clock} ms`;
}

async function main(): Promise<number> {
  install();
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-bench-"));
  const aws = await FixedAws.start(Buffer.alloc(0), "e");
  try {
    const environment = sdkEnvironment("us-east-1", aws.endpoint);
    const eventFile = join(folder, "calls.json");
    writeFileSync(eventFile, JSON.stringify(CALLS));
    const variants = await Promise.all(
      VARIANTS.map(async (parts) => {
        const own = join(folder, parts.join("-") || "none");
        mkdirSync(own);
        return { parts, folder: own, bytes: await bundleVariant(parts, join(own, "index.js")), loads: [] as number[] };
      }),
    );
    for (let round = 0; round < ROUNDS; round++) {
      for (const variant of variants) variant.loads.push(loadMs(variant.folder, environment));
    }
    const contenders = variants.map((variant) => ({ folder: variant.folder, eventFile, environment }));
    const starts = await startInTurns(aws, contenders, ROUNDS);
    console.log(
      `Node ${process.version}, Powertools ${VERSION} around a handler with the same calls, in turns; medians of ${ROUNDS}`,
    );
    for (const [index, { parts, bytes, loads }] of variants.entries()) {
      const name = parts.length === 0 ? "without" : parts.length === ALL.length ? "all four" : parts.join();
      console.log(
        `  ${name.padEnd(14)}${bytes.toLocaleString("en-US").padStart(9)} bytes, loaded in ${median(loads).toFixed(0)} ms of processor time ` +
          `(least ${Math.min(...loads).toFixed(0)}), first Publish after ${startText(starts[index] ?? [])}`,
      );
    }
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true });
  }
  return 0;
}

runAsProgram(
  {
    command: "npm run bench:powertools --",
    summary: "Measures what Powertools for AWS Lambda would cost a cold start (installs it aside).",
    operands: [],
    options: {},
    exitCodes: "0; 1 when npm can't install it; 2 when an argument is wrong.",
    example: "npm run bench:powertools",
  },
  main,
);
