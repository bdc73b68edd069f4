import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { type SynthesizedStack, synthesize } from "../../cli/demo/synthesized-stack";
import type { Detection } from "../../detection/definition/detection";

/** Who is told; their queues get what passes their filters. */
const SUBSCRIBERS = [
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "critical" },
];

const FOLDER = resolve("cdktf.out", "integration");

/** Few enough to be reached: adding to a set takes moto long when it is large. */
const MAX_ALERTS_PER_HOUR = 40;

/** The stack with the defaults but for the limit and two subscribers: neither `cdktf.json` nor the environment counts. */
export function integrationStack(): SynthesizedStack {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAILWARDEN_"));
  return synthesize(FOLDER, {
    ...Object.fromEntries(others),
    CDKTF_CONTEXT_JSON: JSON.stringify({ subscribers: SUBSCRIBERS, maxAlertsPerHour: MAX_ALERTS_PER_HOUR }),
  });
}

/** Synthesizes the stack once for the suite, whose files read it. */
export function writeIntegrationStack(): void {
  writeFileSync(join(FOLDER, "stack.json"), JSON.stringify(integrationStack()));
}

/** The stack as `writeIntegrationStack` left it. */
export function readIntegrationStack(): SynthesizedStack {
  return JSON.parse(readFileSync(join(FOLDER, "stack.json"), "utf8")) as SynthesizedStack;
}

/** The catalogue that the zip holds. */
export function catalogueOf(zipPath: string): readonly Detection[] {
  const file = unzipSync(readFileSync(zipPath))["catalogue.json"];
  if (!file) throw new Error(`${zipPath} has no catalogue.json`);
  return JSON.parse(Buffer.from(file).toString("utf8")) as readonly Detection[];
}
