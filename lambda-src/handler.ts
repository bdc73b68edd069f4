import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { enableDetections } from "./decide/enabled-detections";
import type { Detection } from "./detections/detection";
import { readEnvironment } from "./environment";
import { jsonLines } from "./log";
import { processMessages } from "./pipeline";
import { snsPublisher } from "./publish/sns-publisher";
import { readMessages } from "./read/message";

/** The part of Lambda's context that the function uses. */
interface Context {
  getRemainingTimeInMillis?(): number;
}

interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Milliseconds for one try to be answered, and for one call with all its tries and its body. */
const S3_TRY_MS = 10_000;
const S3_CALL_MS = 30_000;
const SNS_TRY_MS = 3_000;
const SNS_CALL_MS = 10_000;

// Not console.log: Lambda would put a time and a request id before the line, and a metric filter reads whole JSON lines.
const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const environment = readEnvironment(process.env);
const catalogue = JSON.parse(readFileSync(join(__dirname, "catalogue.json"), "utf8")) as readonly Detection[];
const refused: { readonly detection: string; readonly reason: string }[] = [];
const enabled = enableDetections(catalogue, environment.disabledDetections, ({ id }, error) =>
  refused.push({ detection: id, reason: error.message }),
);
const s3 = new S3Client({ requestHandler: timeouts(S3_TRY_MS) });
const sns = new SNSClient({ requestHandler: timeouts(SNS_TRY_MS) });
const publish = snsPublisher(sns, environment.topicArn, SNS_CALL_MS);

/** Without these the SDK waits for as long as the other side keeps the connection. */
function timeouts(requestTimeout: number) {
  return { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true };
}

async function fetchObject(bucket: string, key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
    abortSignal: AbortSignal.timeout(S3_CALL_MS),
  });
  if (!Body) throw new Error("S3 answered without a body");
  return Body.transformToByteArray();
}

/**
 * Judges what Lambda hands over: a batch from SQS, a notification from SNS, or an event from EventBridge.
 *
 * @returns the messages to be delivered again, where the invoker is SQS
 * @throws when something failed and the invoker takes no partial answer, so that Lambda tries again
 */
export async function handler(event: unknown, context?: Context): Promise<BatchResponse> {
  const log = jsonLines(write);
  const messages = readMessages(event);
  const remainingMs = () => context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
  for (const detection of refused) log.finding("detection can't be used", detection);
  const { failed, tally } = await processMessages(messages, enabled, { fetchObject, publish, log, remainingMs });
  log.info("invocation closed", {
    ...tally,
    detections: { enabled: enabled.detections.length, refused: refused.length },
  });

  const failures = messages.filter((_, index) => failed[index]);
  if (failures.some(({ id }) => id === undefined)) {
    throw new Error(`${failures.length} of ${messages.length} messages failed; the log lines above say why`);
  }
  return { batchItemFailures: failures.map(({ id }) => ({ itemIdentifier: id as string })) };
}
