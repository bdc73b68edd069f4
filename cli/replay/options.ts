import { REGION, unsupportedRegion } from "../../config/regions";
import { SEVERITIES, type Severity } from "../../detection/definition/detection";
import type { Arguments } from "../command/arguments";
import type { Usage } from "../command/usage";
import { UsageError } from "../command/usage-error";
import type { Scope } from "../log-sources/scope";

const FORMATS = ["text", "json", "html", "markdown", "ocsf"] as const;
/** An id, or what is no number: a name. */
const ACCOUNT = /^(\d{12}|.*[^\d\s-].*)$/;
const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_WORKERS = 64;

/** What `replay` was asked for. */
export interface ReplayOptions {
  /** Files, folders, `s3://bucket/prefix`, `-`; at least one. */
  readonly paths: readonly string[];
  /** Its accounts are ids and names. */
  readonly scope: Scope;
  /** Ids; none: all that are switched on. */
  readonly detections: readonly string[];
  readonly minSeverity?: Severity;
  /** File in the shape of `cdktf.json`; without it, the one of the folder the command was given in. */
  readonly config?: string;
  /** File with names, organizational units and tags of accounts. */
  readonly accounts?: string;
  /** The same, to compare with. */
  readonly compare?: string;
  /** `markdown` only with `compare`, `html` and `ocsf` only without. */
  readonly format: (typeof FORMATS)[number];
  /** An alert at or above it makes the exit code 3. */
  readonly failOn?: Severity;
  /** How many threads match; without it, as many as there are processors. */
  readonly workers?: number;
}

export const USAGE = {
  command: "trailwarden replay",
  summary: "Lists the alerts that your detections would have sent for log files that exist already.",
  operands: ["PATH..."],
  about: [
    "PATH   a log file (.json, .jsonl or .ndjson, each also with .gz), a folder, s3://BUCKET/PREFIX, or - for standard input;",
    "       also EventBridge events, CloudWatch Logs envelopes, output of aws cloudtrail lookup-events (docs/replay.md)",
  ],
  options: {
    from: { value: "TIME", help: "2026-11-20 (UTC) or 2026-11-20T14:00Z: events from then on" },
    to: { value: "TIME", help: "2026-11-20 (UTC, the whole day included) or 2026-11-20T14:00Z: events before it" },
    region: { value: "REGION", help: "only these regions, comma-separated or repeated", multiple: true },
    account: { value: "ACCOUNT", help: "only these accounts, by id or name", multiple: true },
    accounts: {
      value: "FILE",
      help: "names of accounts beside accountNames: JSON, or what aws organizations list-accounts prints",
    },
    detection: {
      value: "ID",
      help: "only these detections, disabled ones too (with --compare: enabled ones)",
      multiple: true,
    },
    "min-severity": { value: "SEVERITY", help: "critical, high, medium or low: nothing below it" },
    config: { value: "FILE", help: "configuration in the shape of cdktf.json [cdktf.json of this folder]" },
    compare: { value: "FILE", help: "another configuration: which alerts it would add and remove" },
    format: { value: "FORMAT", help: "text, json, html, ocsf, or markdown (with --compare) [text]" },
    "fail-on": { value: "SEVERITY", help: "exit code 3 when there is an alert at or above it" },
    workers: { value: "N", help: "threads, 1 to 64 [one per processor]" },
  },
  exitCodes:
    "0; 1 when a file or record can't be read or evaluated, or the configuration is wrong; 2 when an argument is wrong; 3 by --fail-on.",
  example: "trailwarden replay --from 2026-11-01 logs/ s3://BUCKET/AWSLogs/111122223333/CloudTrail/eu-west-1/",
} as const satisfies Usage;

type Given = Arguments<keyof typeof USAGE.options>;
type Option = keyof typeof USAGE.options;

/** @throws UsageError for what is not allowed, with the value given and what is allowed */
export function readOptions(given: Given): ReplayOptions {
  const paths = given.operands;
  if (paths.filter((path) => path === "-").length > 1) {
    throw new UsageError(USAGE, "- is given more than once: standard input can be read only once");
  }
  const options = {
    paths,
    scope: readScope(given),
    detections: listed(given, "detection"),
    ...optional("minSeverity", given.oneOf("min-severity", SEVERITIES)),
    ...optional("config", given.text("config")),
    ...optional("accounts", given.text("accounts")),
    ...optional("compare", given.text("compare")),
    format: given.oneOf("format", FORMATS) ?? "text",
    ...optional("failOn", given.oneOf("fail-on", SEVERITIES)),
    ...optional("workers", given.wholeNumber("workers", 1, MAX_WORKERS)),
  };
  if (options.format === "markdown" && options.compare === undefined) {
    throw new UsageError(
      USAGE,
      "--format markdown is for a comparison: add --compare FILE, or use text, json, html or ocsf",
    );
  }
  if ((options.format === "html" || options.format === "ocsf") && options.compare !== undefined) {
    throw new UsageError(
      USAGE,
      `--format ${options.format} shows one configuration: leave --compare out, or use text, json or markdown`,
    );
  }
  return options;
}

function readScope(given: Given): Scope {
  const from = time(given, "from", 0);
  const to = time(given, "to", DAY_MS);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError(
      USAGE,
      `--from ${given.text("from")} is not before --to ${given.text("to")}: no event lies between them`,
    );
  }
  return {
    ...optional("from", from),
    ...optional("to", to),
    regions: regions(given),
    accounts: listed(given, "account", ACCOUNT, "an account's 12 digits, or its name"),
  };
}

/** The values of an option that may be repeated, each of which may hold several. */
function listed(given: Given, option: Option, shape = /./, allowed = "a non-empty string"): readonly string[] {
  const texts = given.all(option).flatMap((text) => text.split(",").map((part) => part.trim()));
  const wrong = texts.find((text) => !shape.test(text));
  if (wrong !== undefined) throw given.refusal(option, wrong, allowed);
  return [...new Set(texts)];
}

function regions(given: Given): readonly string[] {
  const named = listed(given, "region", REGION, "an AWS region such as eu-west-1");
  for (const region of named) {
    const problem = unsupportedRegion(region);
    if (problem !== undefined) throw new UsageError(USAGE, `--region is ${JSON.stringify(region)}: ${problem}`);
  }
  return named;
}

/** @param dayMs added to a day without a time */
function time(given: Given, option: "from" | "to", dayMs: number): number | undefined {
  const [text] = given.all(option);
  if (text === undefined) return undefined;
  const [, day = "", clock] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?Z)?$/.exec(text) ?? [];
  const value = Date.parse(clock === undefined ? `${day}T00:00Z` : text);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(value) || !new Date(value).toISOString().startsWith(day)) {
    throw given.refusal(option, text, "a day (UTC) such as 2026-11-20, or a time such as 2026-11-20T14:00Z");
  }
  return clock === undefined ? value + dayMs : value;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]: Value });
}
