import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { loadConfig } from "../../config/load";
import type { Config } from "../../config/schema";
import type { FunctionZip } from "../../constructs/function-zip";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { catalogue } from "../../lambda-src/detections/catalogue";
import type { Detection } from "../../lambda-src/detections/detection";

export const REPOSITORY = join(__dirname, "..", "..");

export const ACCOUNT = "${data.aws_caller_identity.Account.account_id}";
export const PARTITION = "${data.aws_partition.Partition.partition}";
/** Built from the trail's name: a reference to the trail would make a cycle. */
export const TRAIL_ARN = `arn:${PARTITION}:cloudtrail:us-east-1:${ACCOUNT}:trail/MyCloudTrail`;

/** A subscriber of every protocol and every severity. */
export const SUBSCRIBERS = [
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "critical" },
  { protocol: "https", endpoint: "https://siem.example.com/alerts", minSeverity: "medium" },
  { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:111122223333:tickets", minSeverity: "high" },
] as const;

/** Any small file: only the tests of the zip itself look into it. */
const SOME_ZIP: FunctionZip = { path: join(REPOSITORY, "cdktf.json"), hash: "c29tZSBoYXNo" };

export type Attributes = Readonly<Record<string, unknown>>;

/** The stack's Terraform JSON, without metadata. */
export interface SynthesizedStack {
  readonly data: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly output: Readonly<Record<string, Attributes>>;
  readonly provider: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly terraform: Attributes;
}

export interface Resource {
  readonly type: string;
  /** As Terraform has it: `aws_sqs_queue.EventsQueue_724D86F7`. */
  readonly address: string;
  readonly attributes: Attributes;
}

interface Overrides {
  readonly zip?: FunctionZip;
  readonly catalogue?: readonly Detection[];
  /** Put over the checked configuration, to say what the check would refuse. */
  readonly unchecked?: Partial<Config>;
}

/** Synthesizes the whole stack; `context` is what stands in `cdktf.json`. */
export function synthesizeStack(context: Attributes = {}, overrides: Overrides = {}): SynthesizedStack {
  const { config, warnings } = loadConfig({
    environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context) },
    file: "not read",
    detectionIds: catalogue.map(({ id }) => id),
  });
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-synth-"));
  try {
    const stack = new TrailwardenStack(Testing.app({ outdir }), "trailwarden", {
      config: { ...config, ...overrides.unchecked },
      catalogue: overrides.catalogue ?? catalogue,
      zip: overrides.zip ?? SOME_ZIP,
      warnings,
    });
    return JSON.parse(Testing.synth(stack, true)) as SynthesizedStack;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Every resource of the given types; of every type when none is given. */
export function resources({ resource }: SynthesizedStack, ...types: readonly string[]): readonly Resource[] {
  return Object.entries(resource)
    .filter(([type]) => types.length === 0 || types.includes(type))
    .flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]) => ({ type, address: `${type}.${id}`, attributes })),
    );
}

/** The one resource of a type whose construct path, joined by `_`, is given (CDKTF appends a hash). */
export function theResource(stack: SynthesizedStack, type: string, path?: string): Resource {
  const found = resources(stack, type).filter(
    ({ address }) => path === undefined || address.replace(/_[0-9A-F]{8}$/, "") === `${type}.${path}`,
  );
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new Error(`${found.length} resources are ${type}.${path}, expected one`);
  }
  return only;
}

/** Attributes of `theResource`. */
export function theAttributes(stack: SynthesizedStack, type: string, path?: string): Attributes {
  return theResource(stack, type, path).attributes;
}

/** An attribute of a resource as other resources refer to it. */
export function reference({ address }: Resource, attribute: string): string {
  return `\${${address}.${attribute}}`;
}

/** Every string inside a value, keys excluded. */
export function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** The text with references to names replaced by the names, as Terraform will. */
export function withNames({ resource }: SynthesizedStack, text: unknown): string {
  return String(text).replace(/\$\{(\w+)\.(\w+)\.(\w+)\}/g, (whole, type: string, id: string, attribute: string) => {
    const value = resource[type]?.[id]?.[attribute];
    return typeof value === "string" ? value : whole;
  });
}
