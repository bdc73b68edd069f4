/**
 * Does Terraform accept of a module's variables what the configuration accepts, and nothing else? Tries values by the hundred
 * with the terraform (or TF=tofu) on the PATH, 1.9 or later; needs no provider. Not part of `.ci/run`: the tests ask the same
 * of a model of Terraform's expressions.
 *
 *   node --require tsx/cjs .ci/module-conditions.ts [VALUES OF EACH VARIABLE]
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { inSnakeCase, problems, VALUES } from "../__tests__/config/key-values";
import { checkConfig } from "../config/check";
import { jsonExpression, jsonTemplate } from "../config/hcl/print";
import { snakeCase } from "../config/hcl/snake-case";
import { conditionsBetween } from "../constructs/module/conditions";
import { plannedVariables } from "../constructs/module/variables";
import { catalogue } from "../detection/catalogue/catalogue";

interface Case {
  readonly key: string;
  readonly value: unknown;
  readonly refused: boolean;
}

const terraform = process.env.TF ?? "terraform";
const folder = mkdtempSync(join(tmpdir(), "trailwarden-conditions-"));
process.once("exit", () => rmSync(folder, { recursive: true }));

function variables(): object {
  const { config } = checkConfig({}, []);
  const between = conditionsBetween(config, catalogue);
  return Object.fromEntries(
    plannedVariables(config).map(({ key, name, type, default: fallback, conditions }) => [
      name,
      {
        type,
        default: fallback,
        nullable: false,
        validation: [...conditions, ...(between[key] ?? [])].map(({ holds, message }) => ({
          condition: jsonExpression(holds),
          error_message: jsonTemplate(message),
        })),
      },
    ]),
  );
}

function cases(count: number): readonly Case[] {
  return Object.entries(VALUES).flatMap(([key, values]) =>
    fc
      .sample(values as fc.Arbitrary<unknown>, count)
      // Empty is "derived" in the module; the quota of rules is the synth's in the configuration.
      .filter((value) => !(key === "bucketName" && value === "") && !(key === "ruleBudget" && Number(value) < 100))
      // Terraform normalizes text, and drops a byte order mark at its beginning.
      .filter((value) => JSON.stringify(value) === JSON.stringify(value).normalize("NFC"))
      .filter((value) => !JSON.stringify(value).includes("\ufeff"))
      .map((value) => ({ key, value, refused: problems({ [key]: value }, Date.now()).length > 0 })),
  );
}

/** As Terraform's JSON takes it: text is a template there. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [escaped(key), escaped(field)]));
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly snippet?: { readonly context?: string };
}

/** What Terraform says, by case. */
function said(step: "validate" | "plan", all: ReadonlyMap<string, Case>): ReadonlyMap<string, string> {
  const calls = [...all].map(([name, { key, value }]) => [
    name,
    // Given, so that Terraform names the call when they don't go with the other: not the default.
    {
      source: "./m",
      archive_retention_days: 400,
      urgent_topic_name: "APICallAlert",
      [snakeCase(key)]: escaped(inSnakeCase(value)),
    },
  ]);
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(calls) }, null, 1));
  run("init", "-input=false");
  const output = run(step, "-json").trim();
  const diagnostics: readonly Diagnostic[] =
    step === "validate"
      ? JSON.parse(output).diagnostics
      : output.split("\n").flatMap((line) => JSON.parse(line).diagnostic ?? []);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return new Map(
    errors.map(({ summary, detail, snippet }) => [
      /module\.?\W*(c\d+)/.exec(snippet?.context ?? "")?.[1] ?? `unplaced: ${JSON.stringify(snippet)}`,
      summary === "Invalid value for variable" ? detail : `${summary}: ${detail}`,
    ]),
  );
}

function run(...args: readonly string[]): string {
  const { stdout, error } = spawnSync(terraform, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return stdout;
}

mkdirSync(join(folder, "m"));
writeFileSync(join(folder, "m", "variables.tf.json"), JSON.stringify({ variable: variables() }));
const all = new Map(cases(Number(process.argv[2] ?? 50)).map((each, index) => [`c${index}`, each] as const));
const errors = new Map<string, string>();
const names = [...all.keys()];
// Terraform's time grows faster than the number of modules.
for (let first = 0; first < names.length; first += 80) {
  const some = names.slice(first, first + 80);
  // Only a plan knows the time, by which suppressions expire; it isn't made where there are errors.
  for (const step of ["validate", "plan"] as const) {
    const left = some.flatMap((name) => (errors.has(name) ? [] : [[name, all.get(name) as Case] as const]));
    for (const [name, error] of said(step, new Map(left))) errors.set(name, error);
  }
}
const tally = new Map<string, [accepted: number, refused: number]>();
let wrong = 0;
for (const [name, { key, value, refused }] of all) {
  const count = tally.get(key) ?? [0, 0];
  tally.set(key, count);
  count[refused ? 1 : 0]++;
  const error = errors.get(name);
  // What isn't said by a condition begins with Terraform's summary, in capitals.
  if ((error !== undefined) === refused && !/^[A-Z]/.test(error ?? "")) continue;
  wrong++;
  console.log(
    `${key} = ${JSON.stringify(value)}: the configuration ${refused ? "refuses" : "accepts"} it, Terraform ${error ?? "accepts it"}`,
  );
}
for (const name of errors.keys()) if (!all.has(name)) console.log(name, errors.get(name));
for (const [key, [accepted, refused]] of tally) console.log(`${key}: ${accepted} accepted, ${refused} refused`);
console.log(wrong === 0 ? `all ${all.size} alike` : `FAILED: ${wrong} of ${all.size} not alike`);
process.exitCode = wrong === 0 ? 0 : 1;
