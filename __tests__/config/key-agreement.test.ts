import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { allowedFor } from "../../config/allowed";
import { checkConfig } from "../../config/check";
import { ConfigurationError } from "../../config/errors";
import { snakeCase } from "../../config/hcl/snake-case";
import { environmentName, isVariable, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { loadConfig } from "../../config/load";
import { parseConfig } from "../../config/parse";
import type { ConfigKey } from "../../config/schema";
import { conditionsBetween } from "../../constructs/module/conditions";
import { plannedVariables } from "../../constructs/module/variables";
import { catalogue } from "../../detection/catalogue/catalogue";
import { REPOSITORY } from "../repository";
import { evaluate, type Scope } from "./hcl/evaluate";
import { inSnakeCase, problems, VALUES } from "./key-values";

/** Of each key so many values, good and bad; the same ones each time. */
const RUNS = { numRuns: 200, seed: 17 };
const NOW = Date.parse("2026-11-20T12:00:00Z");
const detectionIds = catalogue.map(({ id }) => id);
const readDetections = () => ({ ids: [], problems: [] });

const keys = Object.entries<Key>(KEYS) as readonly (readonly [ConfigKey, Key])[];
const { config } = checkConfig({}, []);
const variables = plannedVariables(config);
const between = conditionsBetween(config, catalogue);
const defaults = Object.fromEntries(variables.map((variable) => [`var.${variable.name}`, variable.default]));

/** What the variables' conditions say of values, by key. */
function complaints(given: Readonly<Record<string, unknown>>): readonly string[] {
  const values = Object.entries(given).map(([key, value]) => [`var.${snakeCase(key)}`, inSnakeCase(value)] as const);
  const scope: Scope = { ...defaults, ...Object.fromEntries(values), plantimestamp: new Date(NOW).toISOString() };
  return variables
    .flatMap(({ key, conditions }) => [...conditions, ...(between[key] ?? [])])
    .filter(({ holds }) => evaluate(holds, scope) !== true)
    .map(({ message }) => String(evaluate(message, scope)));
}

/** What a key comes to, or undefined where it is refused. */
function verdict(key: ConfigKey, parse: () => ReturnType<typeof parseConfig>): unknown {
  try {
    return { value: parse().config[key] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.problems.join("\n")).toContain(key);
    return undefined;
  }
}

/** What a remote state needs beside the key. */
function companions(key: ConfigKey): Readonly<Record<string, unknown>> {
  return key.startsWith("state") ? { stateBucket: "my-state", stateRegion: "us-east-1" } : {};
}

const inObject = (key: ConfigKey, value: unknown) =>
  verdict(key, () => parseConfig({ ...companions(key), [key]: value }, { detectionIds, readDetections }));

const inEnvironment = (key: ConfigKey, text: string) =>
  verdict(key, () => {
    const environment = { CDKTF_CONTEXT_JSON: JSON.stringify(companions(key)), [environmentName(key)]: text };
    return loadConfig({ environment, file: "not read", detectionIds, readDetections });
  });

test("values of every key are tried, and every key is a variable of the module or says why not", () => {
  expect(Object.keys(VALUES)).toEqual(keys.map(([key]) => key));
  expect(variables.map(({ key, description }) => [key, description])).toEqual(
    keys.flatMap(([key, { module }]) => (isVariable(module) ? [[key, module.description]] : [])),
  );
  for (const [, { module }] of keys) expect(isVariable(module) ? module.description : module.instead).toMatch(/\w+/);
});

describe.each(keys)("%s", (key, entry) => {
  const values = VALUES[key];

  test("is what the object says when the environment says the same", () => {
    const seen = { good: 0, bad: 0 };
    fc.assert(
      fc.property(values, (value) => {
        const wanted = inObject(key, value);
        for (const text of textsOf(key, value)) {
          expect({ value, text, parsed: inEnvironment(key, text) }).toEqual({ value, text, parsed: wanted });
        }
        seen[wanted === undefined ? "bad" : "good"]++;
      }),
      RUNS,
    );

    expect(seen.good).toBeGreaterThan(10);
    expect(seen.bad).toBeGreaterThan(10);
  });

  if (isVariable(entry.module)) {
    test("is refused by the module when the configuration refuses it, and only then", () => {
      const seen = { good: 0, bad: 0 };
      fc.assert(
        fc.property(values, (value) => {
          // To the module an empty text is none.
          fc.pre(!(["bucketName", "permissionsBoundary", "timeZone"].includes(key) && value === ""));
          // The quota of rules is the synth's, which has no words for it here.
          fc.pre(key !== "ruleBudget" || Number(value) >= 90 || Number(value) < 1 || Number(value) % 1 > 0);
          // Whether ARNs lie in the deployment's account and partition, each plan's check looks at.
          const wanted = problems({ [key]: value }, NOW).filter(
            (problem) => !/belongs to another account|lies in partition/.test(problem),
          );
          expect({ value, refused: complaints({ [key]: value }).length > 0, wanted }).toEqual({
            value,
            refused: wanted.length > 0,
            wanted,
          });
          seen[wanted.length > 0 ? "bad" : "good"]++;
        }),
        RUNS,
      );

      expect(seen.good).toBeGreaterThan(10);
      expect(seen.bad).toBeGreaterThan(10);
    }, 60_000);
  }

  test("stands in help with its environment name and default", () => {
    const lines = read("help")
      .split("\n")
      .filter((line) => line.startsWith(`  ${key} `));

    expect(lines).toEqual([expect.stringMatching(new RegExp(`^ {2}${key} +${environmentName(key)} +\\S.* \\[.+\\]$`))]);
    for (const word of defaultWords(key, entry)) expect(lines[0]).toContain(word);
  });

  test("stands in docs/configuration.md with its default and what is allowed", () => {
    const [, table = ""] = /<!-- configuration -->\n([\s\S]*?)<!-- \/configuration -->/.exec(
      read("docs/configuration.md"),
    ) as RegExpExecArray;
    const rows = table.split("\n").filter((line) => line.startsWith(`| \`${key}\` |`));

    expect(rows).toHaveLength(1);
    expect(rows[0]?.replaceAll("\\", "")).toContain(`| ${allowedFor(entry)} |`);
    expect(rows[0]).toMatch(/\| \S[^|]*\w.* \|$/);
    for (const word of defaultWords(key, entry)) expect(rows[0]).toContain(word);
  });
});

test("help and docs/configuration.md have no other keys", () => {
  const inHelp = [...read("help").matchAll(/^ {2}(\w+) +(TRAILWARDEN_\w+)/gm)].map(([, key]) => key);
  const [, table = ""] = /<!-- configuration -->\n([\s\S]*?)<!-- \/configuration -->/.exec(
    read("docs/configuration.md"),
  ) as RegExpExecArray;

  expect(inHelp).toEqual(keys.map(([key]) => key));
  expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key)).toEqual(keys.map(([key]) => key));
});

function read(file: string): string {
  return readFileSync(join(REPOSITORY, file), "utf8");
}

/** The parts of the default that help and page must both show. */
function defaultWords(key: ConfigKey, { defaultInWords }: Key): readonly string[] {
  if (defaultInWords !== undefined) return [defaultInWords.split("`")[1] ?? defaultInWords];
  const value: unknown = config[key];
  return Array.isArray(value) ? value.map(String) : [typeof value === "string" ? value : JSON.stringify(value)];
}

const NAMES: readonly ConfigKey[] = ["packs", "disabledDetections", "deployers"];

/** How a value is written in the environment; nothing where text means something else there than in an object. */
function textsOf(key: ConfigKey, value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" || NAMES.includes(key) || isJson(value) ? [] : [value];
  // What is not text may well be sound as text: a trail may be called null.
  if (typeof (config[key] ?? "") === "string") return [];
  const isPlain = (name: unknown) =>
    typeof name === "string" && name !== "" && !/[,[]/.test(name) && name === name.trim();
  const names = NAMES.includes(key) && Array.isArray(value) && value.length > 0 && value.every(isPlain);
  return [JSON.stringify(value), ...(names ? [value.join(","), ` ${value.join(" , ")} `] : [])];
}

/** Whether the text is read as JSON unless the key takes it as it is. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("a module's variable quotes no more of a webhook's address than scheme and host", () => {
  const PATH = "T0/B0/s3cret";
  const webhook = `https://hooks.slack.com/services/${PATH}`;
  const https = (endpoint: unknown) => ({ protocol: "https", endpoint });

  test.each([
    ["in a list", [https(webhook)]],
    ["with a password", [https(`https://me:s3cret@hooks.slack.com/${PATH}`)]],
    ["with a password and no path", [https("https://me:s3cret@hooks.slack.com")]],
    ["with a query alone", [https("https://hooks.slack.com?s3cret")]],
    ["behind a quote, backslash or control character", [https('https://hooks.slack.com/a"\\\n s3cret')]],
    ["twice", [https("https://siem.example.com/s3cret"), https("https://siem.example.com/s3cret")]],
    ["of the wrong protocol", [{ protocol: "email", endpoint: webhook }]],
    ["as the protocol", [{ protocol: webhook, endpoint: "oncall@example.com" }]],
    ["in an object", [https({ url: webhook })]],
    ["in a map by the address", { [webhook]: https("no address") }],
  ])("%s", (_, subscribers) => {
    const said = complaints({ subscribers });

    expect(said).not.toEqual([]);
    expect(said.join("\n")).not.toContain("s3cret");
  });

  test("and says what is left", () => {
    expect(complaints({ subscribers: [https(webhook)] })).toEqual([
      expect.stringMatching(/^subscribers\[0\]\.endpoint is "https:\/\/hooks\.slack\.com\/…": Slack doesn't confirm /),
    ]);
    expect(
      complaints({ subscribers: [https("https://siem.example.com/a"), https("https://siem.example.com/a")] }),
    ).toEqual([
      "subscribers[0] is https https://siem.example.com/…, subscribers[1] is https https://siem.example.com/…: duplicate",
    ]);
    expect(complaints({ subscribers: [https("https://me@localhost/")] }).join()).toContain('"https://…@localhost/"');
  });
});
