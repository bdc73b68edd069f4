import { deepEqual, equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { describe } from "@jest/globals";
import { user } from "../../simulation/templates";
import { refusedByEc2, telling } from "./calls";
import type { World } from "./world";
import { worldChecks } from "./world-checks";

const stopsTrail = telling("trail-stopped");
const buysGpus = telling("costly-resource-created");
/** More than S3 lists at a time. */
const MANY = 1_010;
/** Written at the same time. */
const WRITERS = 20;

interface Replayed {
  readonly exitCode: number | null;
  readonly alerts: readonly Readonly<Record<string, unknown>>[];
  readonly stderr: string;
}

/** `replay --format json` as somebody types it, with the bucket's credentials and the default configuration. */
async function replay(world: World, prefix: string, bucket = world.estate.bucket): Promise<Replayed> {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-replay-"));
  try {
    const config = join(folder, "cdktf.json");
    writeFileSync(config, JSON.stringify({ language: "typescript", app: "true", context: {} }));
    const options = ["--config", config, "--format", "json", `s3://${bucket}/${prefix}`];
    const program = resolve("cli", "main.ts");
    const child = spawn(process.execPath, ["--require", "tsx/cjs", program, "replay", ...options], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL_S3: world.clients.endpoint,
        AWS_REGION: world.clients.region,
        AWS_ACCESS_KEY_ID: "replay",
        AWS_SECRET_ACCESS_KEY: "replay",
      },
    });
    const ended = new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { exitCode, stderr, alerts: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const keyIn = (account: string, file: string) =>
  `AWSLogs/${account}/CloudTrail/us-east-1/2026/11/21/${account}_${file}.json.gz`;

function named(alerts: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return alerts.map(({ detection, eventID }) => `${detection} of ${eventID}`).sort();
}

/** What `replay` makes of the archive's bucket. */
describe("replay", () => {
  const check = worldChecks();

  check("a replay of the bucket tells what the function has told", async (world) => {
    const key = keyIn("444455556666", "told");
    await world.rewrite(key, [
      world.record(refusedByEc2, user("mallory")),
      world.record(stopsTrail, user("mallory"), 2),
      world.record(buysGpus, user("miner"), 3),
    ]);
    await world.announce(key);
    await world.poll();
    const told = await world.told();

    const { exitCode, alerts, stderr } = await replay(world, "AWSLogs/444455556666/");

    equal(exitCode, 0, stderr);
    equal(told.length, 3);
    deepEqual(named(alerts), named(told));
    deepEqual(new Set(alerts.map(({ file }) => file)), new Set([`s3://${world.estate.bucket}/${key}`]));
  });

  check("a replay goes on where S3 lists no more than a thousand files", async (world) => {
    const account = "777788889999";
    const keys = Array.from({ length: MANY }, (_, number) => keyIn(account, String(number).padStart(4, "0")));
    const write = async (first: number) => {
      for (let number = first; number < MANY; number += WRITERS) {
        await world.rewrite(keys[number] as string, [world.record(buysGpus, user(`miner${number}`))]);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, first) => write(first)));

    const { exitCode, alerts, stderr } = await replay(world, `AWSLogs/${account}/`);

    equal(exitCode, 0, stderr);
    const files = alerts.map(({ file }) => file);
    deepEqual(
      [...new Set(files)].sort(),
      keys.map((key) => `s3://${world.estate.bucket}/${key}`),
    );
  });

  check("a replay says in one line that there is no such bucket", async (world) => {
    const { exitCode, alerts, stderr } = await replay(world, "", "no-such-bucket-there");

    equal(exitCode, 1);
    deepEqual(alerts, []);
    match(stderr, /^[^\n]*no-such-bucket-there[^\n]*\n$/m);
    equal(stderr.includes("    at "), false);
  });
});
