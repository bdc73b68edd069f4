import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { LoadedDetections } from "../../config/custom-detections/load";
import { catalogue } from "../../detection/catalogue/catalogue";
import { switchedOn } from "../../detection/definition/switched-on";
import { counted } from "../../detection/events/text";
import { loadOwnConfig } from "../command/own-config";
import { runCommand } from "../command/run-command";
import type { Usage } from "../command/usage";
import { FunctionProcess } from "./function-process";
import { LocalAws } from "./local-aws";
import { type LogObjects, readLogObjects } from "./log-objects";
import { Report } from "./report";
import { Run } from "./run";
import { sampleIncident } from "./sample-incident";
import { showChannels } from "./show-channels";
import { synthesize } from "./synthesized-stack";

const ROOT = join(__dirname, "..", "..");
/** Beside what the synth writes. */
const CHANNELS_PAGE = join("cdktf.out", "demo", "channels.html");
const EXAMPLE_SUBSCRIBERS = JSON.stringify([
  { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  { protocol: "sms", endpoint: "+15555550100", minSeverity: "high" },
  { protocol: "https", endpoint: "https://siem.example.com/trailwarden", minSeverity: "low" },
]);

const USAGE = {
  command: "trailwarden demo",
  summary:
    "Shows which alerts the deployed system would send to which subscribers. Runs locally, without an AWS account.",
  operands: ["[PATH...]"],
  about: [
    "PATH   log files, folders, s3://BUCKET/PREFIX, or - for standard input, in every format that trailwarden replay reads,",
    "       with the cdktf.json of this folder; without a path, the sample, whose alerts are known and checked",
  ],
  options: {},
  exitCodes:
    "0; 1 when an expected alert is missing, one is unexpected, or something can't be read; 2 when an argument is wrong.",
  example: "trailwarden demo logs/",
} as const satisfies Usage;

/**
 * Shows which alerts the deployed system would send to whom, without an AWS account: the rules and subscriptions come from the
 * synthesized Terraform JSON, the function is the zip that would be deployed, S3 and SNS are answered on this machine.
 *
 * @returns exit code: 0, or 1 when an expected alert is missing, one is unexpected, or something can't be read
 */
export function demo(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, ({ operands }) => show(operands));
}

/** @param paths the user's own log files; none: the sample, whose alerts are known and checked */
async function show(paths: readonly string[]): Promise<number> {
  const sample = paths.length === 0;
  const { objects, problems } = await (sample ? readSample() : readLogObjects(paths));
  const report = new Report((line) => console.log(line), sample ? "alert" : "detection");
  const own = sample ? undefined : loadOwnConfig();
  const stack = synthesize(resolve("cdktf.out", "demo"), own ? ownEnvironment(own) : sampleEnvironment());
  report.line("trailwarden demo: from the configuration to the alerts; runs locally");
  report.heading("1  The stack as Terraform gets it");
  report.line(`   Terraform JSON   ${relative(process.cwd(), stack.jsonPath)}`);
  report.line(`   function         ${relative(process.cwd(), stack.functionZipPath)}`);
  report.line(
    `   ${counted(stack.rules.length, "EventBridge rule")} in ${stack.region}, ${counted(stack.subscriptions.length - 1, "subscription")}`,
  );

  const aws = await LocalAws.start(stack.seenTable);
  try {
    const fn = await FunctionProcess.start(
      stack.functionZipPath,
      stack.functionHandler,
      stack.region,
      aws.endpoint,
      stack.functionEnvironment,
      [join(__dirname, "later-clock.js")],
    );
    try {
      const detections = own ? switchedOn(own.catalogue, own.config) : catalogue;
      const run = new Run(stack, aws, fn, report, detections);
      await run.eventPath(objects);
      await run.logPath(objects);
      run.closing();
      showChannels(await run.notifications(sample ? sampleIncident(Date.now()) : []), report, CHANNELS_PAGE);
      return sample ? run.checkSample() : run.checkFiles(problems);
    } finally {
      fn.stop();
    }
  } finally {
    await aws.stop();
  }
}

/** The sample's alerts are known for the defaults only, so neither `cdktf.json` nor the environment counts. */
function sampleEnvironment(): Record<string, string | undefined> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("TRAILWARDEN_"));
  return { ...Object.fromEntries(others), CDKTF_CONTEXT_JSON: `{"subscribers":${EXAMPLE_SUBSCRIBERS}}` };
}

/** Without a subscriber there would be nothing to show. */
function ownEnvironment({ config }: LoadedDetections): Record<string, string | undefined> {
  return config.subscribers.length > 0 ? process.env : { ...process.env, TRAILWARDEN_SUBSCRIBERS: EXAMPLE_SUBSCRIBERS };
}

/** The log file that CloudTrail's notification in `samples/` names. */
function readSample(): Promise<LogObjects> {
  const event = JSON.parse(readFileSync(join(ROOT, "samples", "test-event.json"), "utf8")) as {
    Records: [{ Sns: { Message: string } }];
  };
  const notification = JSON.parse(event.Records[0].Sns.Message) as { s3ObjectKey: [string] };
  return readLogObjects([join(ROOT, "samples", notification.s3ObjectKey[0])]);
}
