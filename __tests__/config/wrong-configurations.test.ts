import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { environmentName } from "../../config/key";
import { CONFIG_KEYS, type ConfigKey } from "../../config/schema";
import { loadDeployable } from "../../constructs/deployable/load-deployable";
import { runProgram } from "../../constructs/program/run-program";
import { synthesizeApp } from "../../constructs/program/trailwarden-app";
import { startSynth } from "../synth-program";
import { WRONG_CONFIGURATIONS, WRONG_VALUES, type WrongValue } from "./wrong-configurations";

/** Everything that was tried and must be refused: each ends with 1, names the key, quotes the value, and writes nothing. */

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "trailwarden-wrong-"));
});
afterAll(() => rmSync(temporary, { recursive: true }));

interface Refused {
  readonly exitCode: unknown;
  readonly lines: readonly string[];
  readonly written: readonly string[];
}

/** What `main.ts` does, in this process. */
async function synthesize(environment: Readonly<Record<string, string>>): Promise<Refused> {
  const outdir = join(temporary, "cdktf.out");
  const lines: string[] = [];
  const [error, code, kept] = [console.error, process.exitCode, process.env.CDKTF_OUTDIR];
  console.error = (line: string) => lines.push(line);
  process.env.CDKTF_OUTDIR = outdir;
  try {
    process.exitCode = 0;
    const files = { "index.js": Buffer.from("exports.handler = () => {};") };
    await runProgram(() => synthesizeApp(loadDeployable(environment), files, (line) => lines.push(line)));
    return { exitCode: process.exitCode, lines, written: existsSync(outdir) ? readdirSync(outdir) : [] };
  } finally {
    console.error = error;
    process.exitCode = code;
    if (kept === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = kept;
    rmSync(outdir, { recursive: true, force: true });
  }
}

function expectRefused({ exitCode, lines, written }: Refused, ...says: readonly string[]): void {
  expect({ exitCode, written }).toEqual({ exitCode: 1, written: [] });
  for (const part of says) expect(lines).toContainEqual(expect.stringContaining(part));
  for (const line of lines) expect(line).toMatch(/^error: .+$/);
}

/** Keys of texts: there the environment's `5` and `[]` are texts, too. */
const TEXT: ReadonlySet<ConfigKey> = new Set([
  ...(["region", "namePrefix", "trailName", "bucketName", "alertsTopicName", "urgentTopicName"] as const),
  ...(["detectionsFolder", "rolePath", "permissionsBoundary", "timeZone"] as const),
  ...(["stateBucket", "stateRegion", "stateKey", "stateKmsKeyArn"] as const),
]);

/** The same in the environment, where numbers, lists and objects are JSON; undefined where it can't be said there. */
function inEnvironment({ key, value }: WrongValue): Readonly<Record<string, string>> | undefined {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "" || (typeof value !== "string" && TEXT.has(key)) ? undefined : { [environmentName(key)]: text };
}

test("a right configuration is taken, and written", async () => {
  const { exitCode, written } = await synthesize({ CDKTF_CONTEXT_JSON: "{}" });

  expect(exitCode).toBe(0);
  expect(written).toContain("stacks");
});

test("every key has wrong values, and there are many", () => {
  expect([...new Set(WRONG_VALUES.map(({ key }) => key))].sort()).toEqual([...CONFIG_KEYS].sort());
  expect(WRONG_VALUES.length + WRONG_CONFIGURATIONS.length).toBeGreaterThanOrEqual(60);
});

describe.each(WRONG_VALUES.map((wrong) => [wrong.key, JSON.stringify(wrong.value).slice(0, 80), wrong] as const))(
  "%s: %s",
  (key, _, wrong) => {
    test("is refused in cdktf.json", async () => {
      const context = JSON.stringify({ [key]: wrong.value });

      expectRefused(await synthesize({ CDKTF_CONTEXT_JSON: context }), wrong.says);
    });

    const environment = inEnvironment(wrong);
    if (environment) {
      test("is refused in the environment", async () => {
        expectRefused(await synthesize({ CDKTF_CONTEXT_JSON: "{}", ...environment }), key);
      });
    }
  },
);

describe.each(WRONG_CONFIGURATIONS.map((wrong) => [wrong.what, wrong] as const))("%s", (_, wrong) => {
  test("is refused", async () => {
    const { context, environment, says } = wrong;

    expectRefused(await synthesize({ CDKTF_CONTEXT_JSON: JSON.stringify(context), ...environment }), ...says);
  });
});

describe("the programs themselves", () => {
  test.each(["main.ts", "terraform-module.ts", "state-bucket.ts"] as const)(
    "%s ends with 1, says what is wrong in cdktf.json and environment, and writes nothing",
    async (program) => {
      const folder = join(temporary, program);
      mkdirSync(folder);
      writeFileSync(join(folder, "cdktf.json"), '{"context": {"region": "mars", "speed": 9}}');
      const environment = { TRAILWARDEN_MAX_ALERTS_PER_HOUR: "0" };
      const { status, stdout, stderr, outdir } = await startSynth(program, join(folder, "out"), {
        environment,
        folder,
      });

      expect(stderr.split("\n")).toEqual([
        expect.stringMatching(/^error: region is "mars" \(from cdktf\.json\): /),
        expect.stringMatching(/^error: maxAlertsPerHour is 0 \(from TRAILWARDEN_MAX_ALERTS_PER_HOUR\): /),
        expect.stringMatching(/^error: speed is 9 \(from cdktf\.json\): /),
        ...(program === "state-bucket.ts"
          ? [expect.stringMatching(/^error: stateBucket and stateRegion are missing/)]
          : []),
        "",
      ]);
      expect([status, stdout, existsSync(outdir), readdirSync(folder)]).toEqual([1, "", false, ["cdktf.json"]]);
    },
    30_000,
  );
});
