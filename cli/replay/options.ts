import { parseArgs } from "node:util";
import { REGION, unsupportedRegion } from "../../config/regions";
import { SEVERITIES, type Severity } from "../../detection/definition/detection";
import { CommandError } from "../command/command-error";
import type { Scope } from "./input/scope";

const FORMATS = ["text", "json", "html", "markdown"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_WORKERS = 64;
const EXAMPLE =
  "such as: trailwarden replay --from 2026-11-01 logs/ s3://BUCKET/AWSLogs/111122223333/CloudTrail/eu-west-1/";

/** What `replay` was asked for. */
export interface ReplayOptions {
  /** Files, folders, `s3://bucket/prefix`, `-`; at least one. */
  readonly paths: readonly string[];
  readonly scope: Scope;
  /** Ids; none: all that are switched on. */
  readonly detections: readonly string[];
  readonly minSeverity?: Severity;
  /** File in the shape of `cdktf.json`; without it, the one of the folder the command was given in. */
  readonly config?: string;
  /** The same, to compare with. */
  readonly compare?: string;
  /** `markdown` only with `compare`, `html` only without. */
  readonly format: (typeof FORMATS)[number];
  /** Something told at or above it makes the exit code 3. */
  readonly failOn?: Severity;
  /** How many threads match; without it, as many as there are processors. */
  readonly workers?: number;
}

/** What `replay --help` says. */
export const USAGE = `trailwarden replay PATH...: what would have been told of logs that are there already

  PATH                 a log file (.json, .jsonl or .ndjson, each also with .gz), a folder, s3://BUCKET/PREFIX, or - for standard input;
                       also EventBridge events, CloudWatch Logs envelopes, output of aws cloudtrail lookup-events (docs/replay.md)
  --from, --to TIME    2026-11-20 (UTC; the whole day for --to) or 2026-11-20T14:00Z (for --to, what was before)
  --region REGION      these regions only; more of them with commas, or the option again
  --account ACCOUNT    these accounts only
  --detection ID       these detections only, also such as are off (with --compare: those that are on)
  --min-severity S     critical, high, medium or low: nothing below it
  --config FILE        configuration in the shape of cdktf.json [cdktf.json of this folder]
  --compare FILE       another configuration: what would be told more or less under it
  --format FORMAT      text, json, html, or markdown (with --compare) [text]
  --fail-on SEVERITY   exit code 3 when something at or above it would have been told
  --workers N          threads [one per processor]

Exit code: 0; 1 when something could not be read or judged; 3 by --fail-on.
`;

const many = { type: "string", multiple: true } as const;
const KNOWN = {
  from: many,
  to: many,
  region: many,
  account: many,
  detection: many,
  "min-severity": many,
  config: many,
  compare: many,
  format: many,
  "fail-on": many,
  workers: many,
  help: { type: "boolean", short: "h" },
} as const;
type Option = Exclude<keyof typeof KNOWN, "help">;
type Values = Readonly<Partial<Record<Option, readonly string[]>>>;

/**
 * The command's arguments.
 *
 * @returns `help` when `--help` is among them
 * @throws CommandError for whatever it does not take, naming it and saying what it takes
 */
export function readOptions(args: readonly string[]): ReplayOptions | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (positionals.length === 0)
    throw new CommandError(`replay needs a file, a folder, s3://BUCKET/PREFIX or -, ${EXAMPLE}`);
  if (positionals.filter((path) => path === "-").length > 1) {
    throw new CommandError("- is given more than once: standard input can be read only once");
  }
  const options = {
    paths: positionals,
    scope: readScope(values),
    detections: listed(values, "detection"),
    ...optional("minSeverity", one(values, "min-severity", oneOf(SEVERITIES))),
    ...optional("config", one(values, "config", anyText)),
    ...optional("compare", one(values, "compare", anyText)),
    format: one(values, "format", oneOf(FORMATS)) ?? "text",
    ...optional("failOn", one(values, "fail-on", oneOf(SEVERITIES))),
    ...optional("workers", one(values, "workers", threads)),
  };
  if (options.format === "markdown" && options.compare === undefined) {
    throw new CommandError("--format markdown is for a comparison: add --compare FILE, or take text, json or html");
  }
  if (options.format === "html" && options.compare !== undefined) {
    throw new CommandError(
      "--format html shows one configuration: leave --compare out, or take text, json or markdown",
    );
  }
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: KNOWN, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const given = /'(-[^']*)'/.exec(message)?.[1] ?? "";
      const known = Object.keys(KNOWN).map((name) => `--${name}`);
      throw new CommandError(`replay has no option ${JSON.stringify(given)}; it has ${known.join(", ")}`);
    }
    const option = /--[a-z-]+/.exec(message)?.[0] ?? "an option";
    throw new CommandError(`${option} ${option === "--help" ? "takes no value" : "has no value"}`);
  }
}

function readScope(values: Values): Scope {
  const from = one(values, "from", time(0));
  const to = one(values, "to", time(DAY_MS));
  if (from !== undefined && to !== undefined && from >= to) {
    throw new CommandError(`--from ${values.from} is not before --to ${values.to}: nothing lies between them`);
  }
  return {
    ...optional("from", from),
    ...optional("to", to),
    regions: regions(listed(values, "region", REGION, "a region, such as eu-west-1")),
    accounts: listed(values, "account", /^\d{12}$/, "an account's 12 digits"),
  };
}

/** A reader answers with what it takes where it does not take the text. */
type Reader<Value> = (text: string) => { readonly value: Value } | { readonly takes: string };

function one<Value>(values: Values, option: Option, read: Reader<Value>): Value | undefined {
  const [text, another] = values[option] ?? [];
  if (text === undefined) return undefined;
  if (another !== undefined)
    throw new CommandError(`--${option} is given more than once: ${values[option]?.join(", ")}`);
  const result = read(text);
  if ("value" in result) return result.value;
  throw new CommandError(`--${option} is ${JSON.stringify(text)}: takes ${result.takes}`);
}

/** The values of an option that may be repeated, each of which may hold several. */
function listed(values: Values, option: Option, shape = /./, takes = "a name"): readonly string[] {
  const texts = (values[option] ?? []).flatMap((text) => text.split(",")).map((text) => text.trim());
  const wrong = texts.find((text) => !shape.test(text));
  if (wrong !== undefined) throw new CommandError(`--${option} is ${JSON.stringify(wrong)}: takes ${takes}`);
  return [...new Set(texts)];
}

function regions(named: readonly string[]): readonly string[] {
  for (const region of named) {
    const problem = unsupportedRegion(region);
    if (problem !== undefined) throw new CommandError(`--region is ${JSON.stringify(region)}: ${problem}`);
  }
  return named;
}

function oneOf<const Name extends string>(names: readonly Name[]): Reader<Name> {
  return (text) => {
    const value = names.find((name) => name === text);
    return value === undefined ? { takes: names.join(", ") } : { value };
  };
}

function anyText(text: string): ReturnType<Reader<string>> {
  return text === "" ? { takes: "a file" } : { value: text };
}

function threads(text: string): ReturnType<Reader<number>> {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= MAX_WORKERS ? { value } : { takes: `1 to ${MAX_WORKERS}` };
}

/** @param dayMs added to a day without a time */
function time(dayMs: number): Reader<number> {
  return (text) => {
    const [, day = "", clock] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?Z)?$/.exec(text) ?? [];
    const value = Date.parse(clock === undefined ? `${day}T00:00Z` : text);
    // Date.parse takes 30 February for 2 March.
    return Number.isNaN(value) || !new Date(value).toISOString().startsWith(day)
      ? { takes: "a day (UTC) such as 2026-11-20, or a time such as 2026-11-20T14:00Z" }
      : { value: clock === undefined ? value + dayMs : value };
  };
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]: Value });
}
