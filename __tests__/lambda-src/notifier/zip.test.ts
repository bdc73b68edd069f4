import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { zipSync } from "fflate";
import { FunctionProcess } from "../../../cli/demo/function-process";
import { bundleFunction, NOTIFIER_ENTRY_POINTS } from "../../../tools/packaging/bundle";
import { alarm, alert, INCIDENT, summary } from "../../alerting/delivery/notifications";
import { REPOSITORY } from "../../repository";
import { FakeServices } from "./fake-services";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:111122223333:channels";
const VARIABLES = {
  SEEN_TABLE: "trailwarden-seen",
  CHAT_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:chat",
  MAX_RECEIVES: "100",
};
const CHANNELS = [
  { id: "echo-1", type: "echo", secret: "/chat/token", minSeverity: "low", settings: { name: "good" } },
  { id: "echo-2", type: "echo", secret: "chat-secret", minSeverity: "critical", settings: { name: "gone" } },
];

/** The zip's own code and SDK clients, with a kind of channel of this test, against services on this machine. */
describe("the notifier as zipped", () => {
  let folder: string;
  let files: Readonly<Record<string, Uint8Array>>;
  let aws: FakeServices;
  let fn: FunctionProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trailwarden-notifier-"));
    for (const name of ["alerting", "config", "detection", "lambda-src"]) {
      cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
    cpSync(join(__dirname, "echo-channels.ts.txt"), join(folder, "alerting", "channels", "channels.ts"));
    files = await bundleFunction(folder, NOTIFIER_ENTRY_POINTS);
  });

  beforeEach(async () => {
    aws = await FakeServices.start();
    aws.secrets.set("/chat/token", "token-0123456789").set("chat-secret", "other-9876543210");
  });

  afterEach(async () => {
    fn?.stop();
    fn = undefined;
    await aws.stop();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function start(channels: readonly object[] = CHANNELS, over: Readonly<Record<string, string>> = {}) {
    const path = join(folder, "function.zip");
    writeFileSync(path, zipSync(files, { level: 0 }));
    const { endpoint } = aws;
    const services = ["SSM", "SECRETS_MANAGER", "SECURITYHUB"].map((name) => [`AWS_ENDPOINT_URL_${name}`, endpoint]);
    // The SDK sends to where the queue's address says.
    const queues = {
      QUEUE_URL: `${endpoint}/111122223333/channels`,
      DEAD_LETTER_QUEUES: JSON.stringify({ [QUEUE_ARN]: `${endpoint}/111122223333/dead` }),
    };
    const variables = {
      CHANNELS: JSON.stringify(channels),
      ...VARIABLES,
      ...queues,
      ...Object.fromEntries(services),
      ...over,
    };
    const preload = [join(__dirname, "vendor-fetch.js")];
    fn = await FunctionProcess.start(path, "index.handler", "us-east-1", endpoint, variables, preload);
    return fn;
  }

  const batch = (...bodies: readonly unknown[]) => ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: `r${index}`,
      eventSourceARN: QUEUE_ARN,
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(Date.now()) },
    })),
  });
  const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  test("delivers a batch, with the secrets of both services, and closes with a line of what it did", async () => {
    const { invoke, takeLog } = bound(await start());

    expect(await invoke(batch(alert, summary, "nothing"))).toEqual({ batchItemFailures: [] });
    const lines = parsed(takeLog());
    const posts = lines.filter(({ vendor }) => vendor === "good");
    expect(posts).toHaveLength(2);
    expect(posts[0]).toMatchObject({
      method: "POST",
      redirect: "manual",
      headers: { authorization: "Bearer token-0123456789" },
    });
    expect(JSON.parse(String(posts[0]?.body))).toEqual({
      headline: "StopLogging succeeded by ann in prod",
      account: "111122223333",
      region: "us-east-1",
      partition: "aws",
    });
    expect(JSON.parse(String(posts[1]?.body))).toMatchObject({ thread: { ts: "1" } });
    expect(aws.take("Publish")).toMatchObject([
      { TopicArn: VARIABLES.CHAT_TOPIC_ARN, Message: "StopLogging succeeded by ann in prod" },
      { TopicArn: VARIABLES.CHAT_TOPIC_ARN },
    ]);
    expect(aws.take("/findings/import")).toEqual([{ Findings: [{ Id: "e1" }] }, { Findings: [{ Id: "s1" }] }]);
    expect(lines.at(-1)).toMatchObject({
      level: "INFO",
      message: "invocation closed",
      messages: { received: 3, handled: 1, retried: 0, deadLettered: 2 },
      channels: { "echo-1": { sent: 2 }, "echo-2": { refused: 1 } },
      ChannelSent: 2,
      ChannelRefused: 1,
    });
  });

  test("puts what is refused and what can't be read into the dead letters with why, and no secret anywhere", async () => {
    const { invoke, takeLog } = bound(await start());
    await invoke(batch(alert, "nothing"));

    const dead = aws.take("SendMessage") as readonly { MessageAttributes: { reason: { StringValue: string } } }[];
    expect(dead).toMatchObject([
      { QueueUrl: `${aws.endpoint}/111122223333/dead`, MessageBody: JSON.stringify(alert) },
      { MessageBody: "nothing" },
    ]);
    expect(dead.map((each) => each.MessageAttributes.reason.StringValue)).toEqual([
      "echo-2: the vendor answered 404: no channel for Bearer [secret]",
      expect.stringMatching(/^the message is not JSON/),
    ]);
    const own = takeLog().filter((line) => !line.startsWith('{"vendor"'));
    expect(own.join("\n")).not.toMatch(/other-9876543210|token-0123456789/);
    expect(own.join("\n")).toContain("Bearer [secret]");
  });

  test("hides what a vendor is too busy for, for as long as it asks", async () => {
    const busy = { ...CHANNELS[0], settings: { name: "busy" } };
    const { invoke } = bound(await start([busy]));

    expect(await invoke(batch(alert))).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    const [hidden] = aws.take("ChangeMessageVisibility");
    expect(hidden).toMatchObject({ QueueUrl: `${aws.endpoint}/111122223333/channels`, ReceiptHandle: "r0" });
    expect(hidden?.VisibilityTimeout).toBeGreaterThanOrEqual(120);
    expect(hidden?.VisibilityTimeout).toBeLessThanOrEqual(130);
    expect(aws.take("SendMessage")).toEqual([]);
  });

  test("refuses for a secret that does not exist, with its name", async () => {
    aws.secrets.delete("/chat/token");
    const { invoke } = bound(await start());
    await invoke(batch(alarm));

    expect(aws.take("SendMessage")).toMatchObject([
      {
        MessageAttributes: {
          reason: {
            StringValue: expect.stringContaining('echo-1: parameter "/chat/token" can\'t be read: ParameterNotFound'),
          },
        },
      },
    ]);
  });

  test("refuses for a secret that is binary, with what to do", async () => {
    aws.binary.add("chat-secret");
    const { invoke } = bound(await start());
    await invoke(batch(alert));

    expect(aws.take("SendMessage")).toMatchObject([
      {
        MessageAttributes: {
          reason: {
            StringValue:
              'echo-2: secret "chat-secret" is binary: store it as text, with --secret-string instead of --secret-binary',
          },
        },
      },
    ]);
  });

  test("gives what can't be put into the dead letters back to the queue", async () => {
    aws.broken.add("SendMessage");
    const { invoke, takeLog } = bound(await start());

    expect(await invoke(batch("nothing"))).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    expect(takeLog().join()).toContain("message can't be moved to the dead letters");
  });

  test("answers an acknowledgement, refuses an unknown incident, and polls", async () => {
    const { invoke } = bound(await start());
    await invoke(batch(alert));
    const ask = (incident: string) => invoke({ trailwarden: "acknowledge", incident, by: "Bo" });

    expect(await ask("unknown-1")).toMatchObject({ result: "unknown", incident: "unknown-1" });
    expect(await ask(INCIDENT)).toMatchObject({ result: "acknowledged", by: "Bo", through: "command" });
    expect(await ask(INCIDENT)).toMatchObject({ result: "already", by: "Bo" });
    expect(await invoke({ trailwarden: "poll-channels" })).toEqual({ batchItemFailures: [] });
    await expect(invoke({ trailwarden: "acknowledge" })).rejects.toMatchObject({
      message: expect.stringContaining("incident is absent: it must be an incident's id"),
    });
  });

  test("does not start without its queue, and says which variable", async () => {
    await expect(start(CHANNELS, { QUEUE_URL: "" })).rejects.toMatchObject({
      detail: expect.stringContaining("QUEUE_URL is not set"),
    });
  });
});

function bound(fn: FunctionProcess) {
  return { invoke: (event: unknown) => fn.invoke(event), takeLog: () => fn.takeLog() };
}
