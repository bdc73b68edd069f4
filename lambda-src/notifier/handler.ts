import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ChannelRefusal, type SendTools } from "../../alerting/channels/channel";
import { channelOf } from "../../alerting/channels/channels";
import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { conclude } from "../../alerting/delivery/conclude";
import { readDeliveries } from "../../alerting/delivery/delivery-message";
import type { DeliveryPorts } from "../../alerting/delivery/delivery-ports";
import { DeliveryTally } from "../../alerting/delivery/delivery-tally";
import { processDeliveries } from "../../alerting/delivery/process-deliveries";
import { Scrubber } from "../../alerting/delivery/scrubber";
import { jsonLines } from "../../alerting/log";
import { errorFields } from "../../alerting/processing-error";
import { readNotifierEnvironment } from "../../config/function-environment/read-notifier";
import { partitionOf } from "../../detection/events/partition";
import { DynamoDbChannelState } from "../adapters/dynamodb-channel-state";
import { httpsRequest } from "../adapters/https-request";
import { ChannelSecrets } from "../adapters/secrets";
import { sendToQueue } from "../adapters/sqs-sender";
import { hideMessage } from "../adapters/sqs-visibility";
import { notifierMetrics } from "./notifier-metrics";

/** The part of Lambda's context that the function uses. */
interface Context {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis?(): number;
}

/** Milliseconds for one try of a call to AWS, and for all its tries. */
const TRY_MS = 3_000;
const CALL_MS = 15_000;
/** Milliseconds before the invocation is cut off at which calls are given up: the answer must still get out. */
const RESERVE_MS = 5_000;
/** How long an invocation may last where the invoker does not say, in milliseconds. */
const UNKNOWN_REMAINING_MS = 120_000;
/** Tries of a call, the waits between which double. */
const MAX_ATTEMPTS = 5;

// Not console.log: Lambda would put a time and a request id before the line, and a metric filter reads whole JSON lines.
const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const environment = readNotifierEnvironment(process.env);
const [, , , account = ""] = environment.queueUrl.split("/");
const region = process.env.AWS_REGION ?? "";
const dynamodb = new DynamoDBClient({
  requestHandler: { connectionTimeout: 2_000, requestTimeout: TRY_MS, throwOnRequestTimeout: true },
  maxAttempts: MAX_ATTEMPTS,
});
const scrubber = new Scrubber();
const notBefore = new Map<string, number>();

// Clients of services that a channel may or may not need: files of their own, read when they are needed. By `require`: an `import()`
// starts Node's loader of ES modules.
const callSignal = () => AbortSignal.timeout(CALL_MS);
const secrets = new ChannelSecrets({
  secret: async (id) => {
    const { readSecret } = require("./secret-sources.js") as typeof import("../adapters/secret-sources");
    return readSecret(id, callSignal());
  },
  parameter: async (name) => {
    const { readParameter } = require("./secret-sources.js") as typeof import("../adapters/secret-sources");
    return readParameter(name, callSignal());
  },
});

async function toolsOf({ secret: id, settings }: ConfiguredChannel, reread: boolean): Promise<SendTools> {
  const secret = id === undefined ? "" : await secrets.value(id, reread);
  scrubber.add(secret);
  return {
    secret,
    settings,
    request: (request) => httpsRequest(request),
    publishToChatTopic: async (message) => {
      const { chatTopicArn } = environment;
      if (chatTopicArn === undefined)
        throw new ChannelRefusal("CHAT_TOPIC_ARN is not set: it must hold the chat topic's ARN");
      const { publishToTopic } = require("./aws-channels.js") as typeof import("../adapters/aws-channels");
      return publishToTopic(chatTopicArn, message, callSignal());
    },
    importFindings: async (findings) => {
      const { importFindings } = require("./aws-channels.js") as typeof import("../adapters/aws-channels");
      return importFindings(findings, callSignal());
    },
    account,
    region,
    partition: partitionOf(region).name,
    now: Date.now(),
  };
}

/**
 * Delivers what Lambda hands over: a batch of the channel queue, or one message of a direct invocation.
 *
 * @returns the messages to be delivered again, where the invoker is SQS; what it did, where an acknowledgement was asked for
 * @throws when a direct invocation failed
 */
export async function handler(event: unknown, context?: Context): Promise<unknown> {
  const log = scrubber.log(jsonLines(write, { requestId: context?.awsRequestId }));
  const end = Date.now() + (context?.getRemainingTimeInMillis?.() ?? UNKNOWN_REMAINING_MS);
  const remainingMs = () => end - Date.now();
  const signal = () => AbortSignal.timeout(Math.max(1, Math.min(CALL_MS, remainingMs() - RESERVE_MS)));
  const owner = randomUUID();
  const tally = new DeliveryTally();
  const ports: DeliveryPorts = {
    configured: environment.channels,
    channelOf,
    tools: toolsOf,
    state: new DynamoDbChannelState(dynamodb, environment.seenTable, signal),
    notBefore,
    log,
    scrubber,
    tally,
    labels: environment.labels,
    remainingMs,
    lease: () => ({ owner, now: Date.now(), until: end }),
    random: Math.random,
  };
  const dispositions = await processDeliveries(readDeliveries(event, environment.labels, Date.now()), ports);
  const failures = await conclude(dispositions, {
    ...ports,
    deadLetters: {
      queues: environment.deadLetterQueues,
      maxReceives: environment.maxReceives,
      send: (queueUrl, body, reason) => sendToQueue(queueUrl, body, reason, signal()),
    },
    hide: (receiptHandle, seconds) => hideMessage(environment.queueUrl, receiptHandle, seconds, signal()),
  });
  try {
    const { messages, channels, incidents } = tally;
    const metrics = notifierMetrics(environment.metricsNamespace, tally, Date.now());
    log.info("invocation closed", { messages, channels, incidents, ...metrics });
  } catch (error) {
    // What failed is to come again all the same, and nothing else.
    log.processingError("invocation can't be closed", { ...errorFields(error) });
  }
  const [direct] = failures.filter(({ id }) => id === undefined);
  if (direct) throw new Error(scrubber.text(direct.reason));
  const answer = dispositions.find((disposition) => disposition.answer !== undefined)?.answer;
  const isQueue = dispositions.some(({ message }) => message.queued !== undefined);
  return !isQueue && answer ? answer : { batchItemFailures: failures.map(({ id }) => ({ itemIdentifier: id })) };
}
