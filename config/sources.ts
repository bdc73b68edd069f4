import { readFileSync } from "node:fs";
import * as v from "valibot";
import { ConfigurationError } from "./errors";
import { environmentName, isEnvironmentName } from "./key";
import { ruleOf } from "./rule";
import { CONFIG_KEYS, type ConfigKey, KEY_SCHEMAS } from "./schema";

/** A key's value and where it was found. */
export interface Given {
  readonly value: unknown;
  readonly origin: string;
}

/** Keys of the context that are CDKTF's own. */
function isCdktfKey(key: string): boolean {
  return key.startsWith("cdktf") || key === "excludeStackIdFromLogicalIds" || key === "allowSepCharsInLogicalIds";
}

/**
 * What the context says: the `cdktf` command hands it over in `CDKTF_CONTEXT_JSON`; started without it, we read the file.
 *
 * @param file path of `cdktf.json`
 * @throws ConfigurationError when it can't be read as JSON
 */
export function fromContext(
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
): ReadonlyMap<string, Given> {
  const handed = environment.CDKTF_CONTEXT_JSON;
  const origin = handed === undefined ? file : "the context";
  const context = handed === undefined ? readContext(file) : parse(handed, "CDKTF_CONTEXT_JSON");
  if (typeof context !== "object" || context === null || Array.isArray(context)) {
    throw new ConfigurationError([
      `${handed === undefined ? `context of ${origin}` : "CDKTF_CONTEXT_JSON"} is ${JSON.stringify(context).slice(0, 200)}: must be an object such as {"region": "us-east-1"}`,
    ]);
  }
  const entries = Object.entries(context).filter(([key]) => !isCdktfKey(key));
  return new Map(entries.map(([key, value]) => [key, { value, origin }]));
}

function readContext(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigurationError([
      `${file} can't be read (${(error as NodeJS.ErrnoException).code}): start it again in the folder that has it, or write one: {"context": {}}`,
    ]);
  }
  const parsed = parse(content, file);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new ConfigurationError([
      `${file} is ${JSON.stringify(parsed).slice(0, 200)}: must be an object such as {"context": {"region": "us-east-1"}}`,
    ]);
  }
  const outside = CONFIG_KEYS.filter((key) => Object.hasOwn(parsed, key));
  if (outside.length > 0) {
    throw new ConfigurationError(
      outside.map((key) => `${key} stands beside "context" in ${file}: must stand inside, {"context": {"${key}": …}}`),
    );
  }
  return "context" in parsed ? parsed.context : {};
}

function parse(content: string, what: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    // The message quotes the text, line breaks and all.
    throw new ConfigurationError([`${what} is not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`]);
  }
}

/**
 * What the environment says. A variable that is set but empty counts as not set. Numbers, lists and objects are JSON;
 * a list of names may also be written `a,b`.
 */
export function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, Given> {
  const keys = new Map(CONFIG_KEYS.map((key) => [environmentName(key), key]));
  const given = new Map<string, Given>();
  for (const [variable, text] of Object.entries(environment)) {
    if (!isEnvironmentName(variable) || !text) continue;
    const key = keys.get(variable);
    given.set(key ?? variable, key ? { ...parseVariable(key, text, variable) } : { value: text, origin: variable });
  }
  return given;
}

/** Text that the key takes as it is stays text; the rest is read as JSON where it is JSON. */
function parseVariable(key: ConfigKey, text: string, variable: string): Given {
  if (v.safeParse(KEY_SCHEMAS[key], text).success) return { value: text, origin: variable };
  if (isListOfNames(key) && !text.trimStart().startsWith("[")) {
    const names = text.split(",").map((name) => name.trim());
    return { value: names.filter((name) => name !== ""), origin: variable };
  }
  try {
    return { value: JSON.parse(text), origin: variable };
  } catch (error) {
    const meantAsJson = /^\s*[[{]/.test(text);
    // The message quotes the text around the problem: of channels that may be a secret.
    const problem = key === "channels" ? "" : `: ${(error as Error).message.replace(/\s+/g, " ")}`;
    return { value: text, origin: meantAsJson ? `${variable}, which is not JSON${problem}` : variable };
  }
}

function isListOfNames(key: ConfigKey): boolean {
  const rule = ruleOf(KEY_SCHEMAS[key]);
  return rule?.kind === "list" && (rule.of.kind === "text" || rule.of.kind === "choice");
}
