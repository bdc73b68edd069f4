import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { type Attributes, parseStack, type SynthesizedStack } from "../../assertions/synthesized-stack";
import { checkConfig } from "../../config/check";
import type { Config } from "../../config/schema";
import { Deployable } from "../../constructs/deployable/deployable";
import type { FunctionZip } from "../../constructs/function/function-zip";
import { withoutStackTraces } from "../../constructs/program/without-stack-traces";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { REPOSITORY } from "../repository";

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

/** A channel of every way to name a secret, one without any, and one that needs the topic for Amazon Q Developer. */
export const CHANNELS: ConfiguredChannel[] = [
  { id: "slack-1", type: "slack", secret: "trailwarden/slack", minSeverity: "medium", settings: { channel: "C0123" } },
  { id: "pagerduty-1", type: "pagerduty", secret: "/trailwarden/pagerduty", minSeverity: "critical", settings: {} },
  {
    id: "webhook-1",
    type: "webhook",
    secret: "arn:aws:secretsmanager:us-east-1:444455556666:secret:hook-AbC123",
    minSeverity: "low",
    accounts: ["111122223333"],
    settings: { url: "https://siem.example.com/hook" },
  },
  {
    id: "webhook-2",
    type: "webhook",
    secret: "arn:aws:ssm:us-east-1:444455556666:parameter/hook",
    minSeverity: "low",
    settings: { url: "https://siem.example.com/other" },
  },
  { id: "security-hub-1", type: "security-hub", minSeverity: "high", settings: {} },
  { id: "amazon-q-1", type: "amazon-q", minSeverity: "high", escalateAfterMinutes: 15, settings: {} },
];

/** Any small file: only the tests of the zip itself look into it. */
const SOME_ZIP: FunctionZip = { path: join(REPOSITORY, "cdktf.json"), hash: "c29tZSBoYXNo" };

interface Overrides {
  readonly zip?: FunctionZip;
  readonly notifierZip?: FunctionZip;
  readonly catalogue?: readonly Detection[];
  /** Put over the checked configuration, to say what the check would refuse. */
  readonly unchecked?: Partial<Config>;
}

/** Synthesizes the whole stack; `context` is what stands in `cdktf.json`. */
export function synthesizeStack(context: Attributes = {}, overrides: Overrides = {}): SynthesizedStack {
  const { config, warnings } = checkConfig(
    context,
    catalogue.map(({ id }) => id),
  );
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-synth-"));
  try {
    return withoutStackTraces(() => {
      const asked = { ...config, ...overrides.unchecked };
      const deployable = new Deployable({
        config: asked,
        catalogue: overrides.catalogue ?? catalogue,
        zip: overrides.zip ?? SOME_ZIP,
        notifierZip: asked.channels.length > 0 ? (overrides.notifierZip ?? SOME_ZIP) : undefined,
        warnings,
      });
      const stack = new TrailwardenStack(Testing.app({ outdir }), "trailwarden", deployable);
      return parseStack(Testing.synth(stack, true));
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
