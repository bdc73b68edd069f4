// Over 250 lines: what the function works with, wired together in one place.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import type { AccountDirectory } from "../../alerting/accounts/account-directory";
import type { OwnLabels, StoredAlias } from "../../alerting/accounts/own-labels";
import { jsonLines, type Log } from "../../alerting/log";
import { type DeadLetterPorts, moveToDeadLetterQueue } from "../../alerting/messages/dead-letters";
import { type Message, readMessages } from "../../alerting/messages/message";
import { processMessages } from "../../alerting/pipeline/process-messages";
import type { Ports } from "../../alerting/ports";
import { type ErrorFields, errorFields } from "../../alerting/processing-error";
import type { logFileNotes } from "../../alerting/reach/note-log-file";
import type { Reach } from "../../alerting/reach/reach-state";
import type { Tally } from "../../alerting/tally";
import { readEnvironment } from "../../config/function-environment/read";
import type { Detection } from "../../detection/definition/detection";
import { switchedOn } from "../../detection/definition/switched-on";
import { logFileReader } from "../../detection/log-files/log-file-reader";
import { DetectionsBySource } from "../../detection/matching/detections-by-source";
import { enableSuppressions } from "../../detection/suppressions/enabled-suppressions";
import { snsPublisher } from "../adapters/sns-publisher";
import { StateTable } from "../adapters/state-table";
import { embeddedMetrics } from "./metrics";

/** The part of Lambda's context that the function uses. */
interface Context {
  /** Id of the request, as in Lambda's own log lines. */
  readonly awsRequestId?: string;
  getRemainingTimeInMillis?(): number;
}

interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Milliseconds for one try to be answered. */
const S3_TRY_MS = 10_000;
const TRY_MS = 3_000;
/** Milliseconds for a call with all its tries. */
const CALL_MS = 30_000;
/** Milliseconds before the invocation is cut off at which calls are given up: the answer must still get out. */
const RESERVE_MS = 5_000;
/** How long an invocation may last where the invoker does not say, in milliseconds. */
const UNKNOWN_REMAINING_MS = 120_000;
/** Tries of a call, the waits between which double: throttling passes within them, or the message comes again. */
const MAX_ATTEMPTS = 8;

// Not console.log: Lambda would put a time and a request id before the line, and a metric filter reads whole JSON lines.
const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const environment = readEnvironment(process.env);
const [, , , region = "", account = ""] = environment.topicArn.split(":");
const { bucket, logFolder, prefix } = environment.names;
const archive = bucket && `${bucket}/${logFolder}`;
const zipped = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, file), "utf8"));
const catalogue = zipped("catalogue.json") as readonly Detection[];
const refused: (ErrorFields & { readonly detection: string })[] = [];
const enabled = switchedOn(catalogue, environment);
const detections = new DetectionsBySource(
  enabled,
  ({ id }, error) => refused.push({ detection: id, ...errorFields(error), reason: error.message }),
  environment.names,
);
const refusedSuppressions: { readonly suppression: string; readonly reason: string }[] = [];
const suppressions = enableSuppressions(
  [...(zipped("suppressions.json") as readonly unknown[]), ...(environment.suppressions ?? [])],
  catalogue,
  environment.names,
  (suppression, reason) => refusedSuppressions.push({ suppression, reason }),
);
if (environment.suppressions === undefined) {
  const reason = "must hold a JSON list of suppressions, gzipped, in base64";
  refusedSuppressions.push({ suppression: "SUPPRESSIONS", reason });
}
// Events need none: they are the ones that alert within seconds.
let s3: S3Client | undefined;
const s3Client = (): S3Client => {
  s3 ??= new S3Client({ requestHandler: timeouts(S3_TRY_MS) });
  return s3;
};
const sns = new SNSClient({ requestHandler: timeouts(TRY_MS), maxAttempts: MAX_ATTEMPTS });
const dynamodb = new DynamoDBClient({ requestHandler: timeouts(TRY_MS), maxAttempts: MAX_ATTEMPTS });

// Files of their own, read when they are needed. By `require`: an `import()` starts Node's loader of ES modules, which takes
// eight times as long as reading the file does.
// The scanner, which a cold start hardly ever needs.
const readLogFile = logFileReader(async () => {
  const { logFileScanner } =
    require("./log-file-scanner.js") as typeof import("../../detection/log-files/scan/log-file-scanner");
  return logFileScanner(detections.all());
});

// Most cold starts match nothing.
const alertingFile = () =>
  require("./alerting.js") as typeof import("../../alerting/pipeline/alerting") & typeof import("./when-matched");
const table = new StateTable(dynamodb, environment.seenTable, () => AbortSignal.timeout(CALL_MS));
const tagKeys = [
  ...new Set([
    ...environment.accountTags,
    ...suppressions.suppressions.flatMap(({ accountTags = {} }) => Object.keys(accountTags)),
  ]),
];
let directory: AccountDirectory | undefined;
const accounts = (): AccountDirectory | undefined => {
  const { organization } = environment;
  if (organization) directory ??= alertingFile().accountDirectory(organization.id, table, tagKeys);
  return directory;
};
let own: OwnLabels | undefined;
const ownLabels = (): OwnLabels => {
  const { OwnLabels, readAlias, writeAlias } = alertingFile();
  const ports = {
    read: () => readAlias(table),
    write: (alias: StoredAlias) => writeAlias(table, alias, Date.now()),
    // Asked once a day, by a schedule.
    ask: () => (require("./account-alias.js") as typeof import("../adapters/account-alias")).askAlias(),
    now: Date.now,
  };
  own ??= new OwnLabels(environment.labels, account, ports, accounts());
  return own;
};
// Other regions and accounts, where there are any.
let watched: { readonly reach: Reach; readonly note: ReturnType<typeof logFileNotes> } | undefined;
const watching = () => {
  if (watched) return watched;
  const { regions, organization } = environment;
  const { DynamoDbReachState, knownMembers, logFileNotes } = require("./reach.js") as typeof import("./reach");
  const state = new DynamoDbReachState(table, [regions, enabled.map(({ id, pattern }) => [id, pattern])]);
  const reach = {
    regions: new Set(regions),
    organization: organization !== undefined,
    state,
    knownMembers: () => knownMembers(table),
  };
  watched = { reach, note: logFileNotes(state, Date.now) };
  return watched;
};
const alerting: Ports["alerting"] = (...invocation) => {
  ownLabels().begin();
  return new (alertingFile().Alerting)(...invocation);
};
const renderAlert: Ports["renderAlert"] = async (alert) =>
  alertingFile().alertRenderer(
    await ownLabels().labels(alertingFile().accountsIn(alert.event)),
    archive,
    prefix,
  )(alert);
const renderStep: Ports["renderStep"] = (alert) => alertingFile().incidentStep(alert);
const renderRateLimit: Ports["renderRateLimit"] = async (...limit) =>
  alertingFile().rateLimitNotice(...limit, await ownLabels().labels([account]));

/** Without these the SDK waits for as long as the other side keeps the connection. */
function timeouts(requestTimeout: number) {
  return { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true };
}

/**
 * Judges what Lambda hands over: a batch from SQS, a notification from SNS, an event from EventBridge, or a task of the
 * Scheduler's.
 *
 * @returns the messages to be delivered again, where the invoker is SQS
 * @throws when something failed and the invoker takes no partial answer, so that Lambda tries again
 */
export async function handler(event: unknown, context?: Context): Promise<BatchResponse> {
  const log = jsonLines(write, { requestId: context?.awsRequestId });
  const messages = readMessages(event);
  const end = Date.now() + (context?.getRemainingTimeInMillis?.() ?? UNKNOWN_REMAINING_MS);
  const remainingMs = () => end - Date.now();
  const signal = () => AbortSignal.timeout(Math.max(1, Math.min(CALL_MS, remainingMs() - RESERVE_MS)));
  const owner = randomUUID();
  const lagsMs: number[] = [];
  for (const suppression of refusedSuppressions) log.processingError("suppression can't be used", suppression);

  const ports: Ports = {
    // Limits and labels, under the same names.
    ...environment,
    fetchObject: async (Bucket, Key) => {
      const { Body } = await s3Client().send(new GetObjectCommand({ Bucket, Key }), { abortSignal: signal() });
      if (!Body) throw new Error("S3 answered without a body");
      return Body.transformToByteArray();
    },
    readLogFile,
    // A file of its own: the schedules' invocations alone need it.
    performTask: async (task, given, tally) => {
      const { performTask } = require("./scheduled-tasks.js") as typeof import("../../alerting/jobs/scheduled-tasks");
      if (task === "close-windows") await ownLabels().renew(log);
      const failure = await performTask(task, { ...given, labels: await ownLabels().labels() }, tally);
      if (task === "close-windows" && environment.organization) {
        const { renewOrganization } = require("./organization.js") as typeof import("./renew-organization");
        await renewOrganization(table, tagKeys, remainingMs, log);
      }
      return failure;
    },
    publish: snsPublisher(sns, environment.topicArn, signal, (...notification) =>
      alertingFile().shortened(...notification),
    ),
    get store() {
      return new (alertingFile().DynamoDbAlertState)(dynamodb, environment.seenTable, signal);
    },
    get incidents() {
      return new (alertingFile().DynamoDbIncidentState)(new StateTable(dynamodb, environment.seenTable, signal));
    },
    incidentMs: environment.incidentMinutes * 60_000,
    log,
    get reach() {
      return environment.regions.length === 0 ? undefined : watching().reach;
    },
    ...(environment.organization !== undefined && {
      logFileRead: (key: string) =>
        watching().note(key, (error) => log.info("log file can't be noted", { key, ...errorFields(error) })),
    }),
    alerting,
    renderAlert,
    renderStep,
    renderRateLimit,
    remainingMs,
    lease: () => ({ owner, now: Date.now(), until: end }),
    account,
    region,
    get accounts() {
      return accounts();
    },
    archive,
    publishedAfter: (ms) => lagsMs.push(ms),
  };
  const { failures, tally } = await processMessages(
    messages,
    (event, failed) => detections.matched(event, failed),
    ports,
    suppressions,
  );
  const failed = await stillFailing(messages, failures, log, signal);
  try {
    close(tally, lagsMs, log);
  } catch (error) {
    // What failed is to come again all the same, and nothing else.
    log.processingError("invocation can't be closed", { ...errorFields(error) });
  }
  if (failed.some(({ id }) => id === undefined)) {
    throw new Error(`${failed.length} of ${messages.length} messages failed; the log lines above say why`);
  }
  return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id as string })) };
}

/** Says which detections can't be used, and what the invocation did. */
function close(tally: Tally, lagsMs: readonly number[], log: Log): void {
  // The first alerts are out: time to know of every detection.
  const usable = detections.usable();
  for (const detection of refused) log.processingError("detection can't be used", { ...detection });
  log.info("invocation closed", {
    ...tally,
    detections: { enabled: usable, refused: refused.length },
    suppressions: {
      ...tally.suppressions,
      enabled: suppressions.suppressions.length,
      refused: refusedSuppressions.length,
    },
    ...embeddedMetrics(environment.metricsNamespace, tally, lagsMs, Date.now()),
  });
}

/** The failed messages that are to come again: those at their last try go to the dead letters with the reason. */
async function stillFailing(
  messages: readonly Message[],
  failures: readonly (string | undefined)[],
  log: Log,
  signal: () => AbortSignal,
): Promise<readonly Message[]> {
  const ports: DeadLetterPorts = {
    // A file of its own, read when needed: hardly any invocation does.
    send: async (queueUrl, body, reason) => {
      const { sendToQueue } = require("./sqs-sender.js") as typeof import("../adapters/sqs-sender");
      return sendToQueue(queueUrl, body, reason, signal());
    },
    queues: environment.deadLetterQueues,
    maxReceives: environment.maxReceives,
  };
  const failed: Message[] = [];
  for (const [index, message] of messages.entries()) {
    const reason = failures[index];
    if (reason === undefined) continue;
    try {
      if (await moveToDeadLetterQueue(message.origin, reason, ports)) {
        log.processingError("message moved to the dead letters", { messageId: message.id, reason });
        continue;
      }
    } catch (error) {
      log.processingError("message can't be moved to the dead letters", {
        messageId: message.id,
        ...errorFields(error),
      });
    }
    failed.push(message);
  }
  return failed;
}
