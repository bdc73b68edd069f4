import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { type SynthesizedStack, synthesize } from "../../cli/demo/synthesized-stack";
import type { Detection } from "../../detection/definition/detection";
import { SLACK_CHANNEL } from "../channels/vendors/slack";

/** Who is told; their queues get what passes their filters. */
const SUBSCRIBERS = [
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "critical" },
];

const FOLDER = resolve("cdktf.out", "integration");
const CHANNELS_FOLDER = resolve("cdktf.out", "integration-channels");
const ORGANIZATION_FOLDER = resolve("cdktf.out", "integration-organization");

/** Few enough to be reached: adding to a set takes moto long when it is large. */
const MAX_ALERTS_PER_HOUR = 40;

/** Every kind of channel, and one that alerts escalate to. Names of secrets: the tests put the values where the stack says. */
export const CHANNELS = [
  { type: "slack", secret: "trailwarden/slack", channel: SLACK_CHANNEL, minSeverity: "low" },
  { type: "microsoft-teams", secret: "/trailwarden/teams", minSeverity: "low" },
  { type: "pagerduty", secret: "trailwarden/pagerduty", minSeverity: "low" },
  { type: "jira-service-management", secret: "/trailwarden/jira", minSeverity: "low" },
  { type: "webhook", secret: "trailwarden/webhook", minSeverity: "low" },
  { type: "amazon-q", minSeverity: "low" },
  { type: "security-hub", minSeverity: "low" },
  { type: "webhook", secret: "/trailwarden/escalation", minSeverity: "critical", escalateAfterMinutes: 15 },
];

/** The stack with the defaults but for what is given: neither `cdktf.json` nor the environment counts. */
function synthesized(folder: string, context: object): SynthesizedStack {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAILWARDEN_"));
  return synthesize(folder, { ...Object.fromEntries(others), CDKTF_CONTEXT_JSON: JSON.stringify(context) });
}

/** With a lower limit and two subscribers. */
export function integrationStack(): SynthesizedStack {
  return synthesized(FOLDER, { subscribers: SUBSCRIBERS, maxAlertsPerHour: MAX_ALERTS_PER_HOUR });
}

/** With subscribers and channels. */
function channelsStack(): SynthesizedStack {
  return synthesized(CHANNELS_FOLDER, { subscribers: SUBSCRIBERS, channels: CHANNELS });
}

/** Regions of the organization's stack, the home region first. */
export const WATCHED_REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-2"] as const;

/**
 * With the events of other regions and of an organization's other accounts. Synthesized once the organization is there: its id stands
 * in policies and log files' keys.
 *
 * @param root the root whose accounts send
 */
export function organizationStack(id: string, managementAccount: string, root: string): SynthesizedStack {
  return synthesized(ORGANIZATION_FOLDER, {
    subscribers: SUBSCRIBERS,
    maxAlertsPerHour: MAX_ALERTS_PER_HOUR,
    regions: WATCHED_REGIONS,
    organization: { id, managementAccount, stackSet: { organizationalUnits: [root] } },
  });
}

/** Synthesizes the stacks once for the suite, whose files read them. */
export function writeIntegrationStacks(): void {
  writeFileSync(join(FOLDER, "stack.json"), JSON.stringify(integrationStack()));
  writeFileSync(join(CHANNELS_FOLDER, "stack.json"), JSON.stringify(channelsStack()));
}

/** The stack as `writeIntegrationStacks` left it. */
export function readIntegrationStack(): SynthesizedStack {
  return readStack(FOLDER);
}

/** The same of the one with channels. */
export function readChannelsStack(): SynthesizedStack {
  return readStack(CHANNELS_FOLDER);
}

function readStack(folder: string): SynthesizedStack {
  return JSON.parse(readFileSync(join(folder, "stack.json"), "utf8")) as SynthesizedStack;
}

/** The catalogue that the zip holds. */
export function catalogueOf(zipPath: string): readonly Detection[] {
  const file = unzipSync(readFileSync(zipPath))["catalogue.json"];
  if (!file) throw new Error(`${zipPath} has no catalogue.json`);
  return JSON.parse(Buffer.from(file).toString("utf8")) as readonly Detection[];
}
