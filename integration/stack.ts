import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { unzipSync } from "fflate";
import { type SynthesizedStack, synthesize } from "../cli/demo/synthesized-stack";
import type { Detection } from "../lambda-src/detections/detection";

/** Who is told; their queues get what passes their filters. */
const SUBSCRIBERS = [
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "critical" },
];

/** The stack with the defaults and two subscribers: neither `cdktf.json` nor the environment counts. */
export function integrationStack(): SynthesizedStack {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAILWARDEN_"));
  return synthesize(resolve("cdktf.out", "integration"), {
    ...Object.fromEntries(others),
    CDKTF_CONTEXT_JSON: JSON.stringify({ subscribers: SUBSCRIBERS }),
  });
}

const CATALOGUE = "catalogue.json";

/** Detections of kinds that the shipped catalogue may lack: they are judged from log files alone. */
const EXTRA: readonly Detection[] = [
  {
    id: "integration-counted",
    title: "Several failed sign-ins",
    severity: "high",
    count: { threshold: 5, minutes: 15 },
    pattern: {
      source: ["aws.signin"],
      detail: { eventName: ["ConsoleLogin"], errorMessage: ["Failed authentication"] },
    },
  },
  {
    id: "integration-digest",
    title: "Security group changed",
    severity: "low",
    tier: "digest",
    pattern: {
      source: ["aws.ec2"],
      detail: { eventName: [{ suffix: "SecurityGroupIngress" }], errorCode: [{ exists: false }] },
    },
  },
  {
    id: "integration-signal",
    title: "Password of a machine read",
    severity: "low",
    tier: "signal",
    pattern: { source: ["aws.ec2"], detail: { eventName: ["GetPasswordData"] } },
  },
].map((detection) => ({
  tier: "alert" as const,
  path: "log" as const,
  attack: { technique: "T1110", tactic: "Credential Access" },
  cis: [],
  references: [],
  why: "The integration suite looks for it.",
  runbook: { check: "None.", command: "true", contain: "Nothing." },
  ...(detection as Pick<Detection, "id" | "title" | "severity" | "pattern">),
}));

/** The catalogue that the zip holds, and {@link EXTRA}. */
export function catalogueOf(zipPath: string): readonly Detection[] {
  const file = unzipSync(readFileSync(zipPath))[CATALOGUE];
  if (!file) throw new Error(`${zipPath} has no ${CATALOGUE}`);
  return [...(JSON.parse(Buffer.from(file).toString("utf8")) as readonly Detection[]), ...EXTRA];
}

/** What stands in the function's folder in place of the zip's files. */
export function filesWith(catalogue: readonly Detection[]): Readonly<Record<string, string>> {
  return { [CATALOGUE]: JSON.stringify(catalogue) };
}
