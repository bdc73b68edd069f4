// Over 250 lines: one gateway, whose tests share its setup.
import { createHash } from "node:crypto";
import { Agent } from "node:http";
import { type AttributeValue, DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { LocalServer } from "../../cli/demo/local-server";
import { Clock } from "./clock/clock";
import type { Fault, FaultPlan } from "./gateway/faults";
import { Gateway } from "./gateway/gateway";

const PUBLISHED =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

const ALERT = { kind: "alert", id: "d/111122223333/e1", event: { id: "e1" } };

let moto: LocalServer;
let clock: Clock;
let gateway: Gateway;
let endpoint: string;
let reached: string[];
let killed: string[];
let patienceMs: number;
let broken: boolean;

/** A service that says yes to everything. */
beforeEach(async () => {
  reached = [];
  killed = [];
  patienceMs = 5_000;
  broken = false;
  moto = await LocalServer.start((request, response) => {
    const target = request.headers["x-amz-target"];
    reached.push(typeof target === "string" ? target : `${request.method}`);
    request.resume().on("end", () => {
      if (broken) response.writeHead(500).end("<b>Traceback</b>");
      else if (target) response.end(JSON.stringify({ MD5OfMessageBody: createHash("md5").update("m").digest("hex") }));
      else response.end(request.method === "POST" ? PUBLISHED : "a log file");
    });
  });
  clock = new Clock(Date.now());
  gateway = new Gateway(moto.endpoint, clock, (door) => killed.push(door));
  endpoint = await gateway.open("door");
});

afterEach(async () => {
  await gateway.stop();
  await moto.stop();
});

function options() {
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: { requestTimeout: patienceMs, throwOnRequestTimeout: true },
  };
}

const calls = {
  s3: () =>
    new S3Client(options())
      .send(new GetObjectCommand({ Bucket: "b", Key: "k" }))
      .then(({ Body }) => Body?.transformToString()),
  sns: () => publish(ALERT),
  dynamodb: () =>
    new DynamoDBClient(options()).send(new GetItemCommand({ TableName: "t", Key: { pk: { S: "a" }, sk: { S: "b" } } })),
  sqs: () => new SQSClient(options()).send(new SendMessageCommand({ QueueUrl: `${endpoint}/1/q`, MessageBody: "m" })),
};

function publish(message: object, sns = new SNSClient(options())) {
  return sns.send(
    new PublishCommand({
      TopicArn: "arn:aws:sns:us-east-1:111122223333:alerts",
      MessageStructure: "json",
      Message: JSON.stringify({ default: "text", sqs: JSON.stringify(message) }),
      MessageAttributes: { detection: { DataType: "String", StringValue: "d" } },
    }),
  );
}

function confirm(eventID: string) {
  return new DynamoDBClient(options()).send(
    new UpdateItemCommand({
      TableName: "t",
      Key: { pk: { S: "group#d#abc#2026" }, sk: { S: eventID } },
      UpdateExpression: "SET ending = :e",
    }),
  );
}

/** Faults for the first requests, whatever they are. */
function first(...faults: readonly (Fault | undefined)[]): FaultPlan {
  const waiting = [...faults];
  return () => waiting.shift();
}

async function nameOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "answered",
    ({ name }: Error) => name,
  );
}

describe.each(Object.entries(calls))("a call of %s", (service, call) => {
  test("reaches the service and is answered", async () => {
    expect(await nameOf(call())).toBe("answered");
    expect(reached).toHaveLength(1);
  });

  test.each([
    ["drop", 0],
    ["lose", 1],
    ["cut", 1],
    ["stall", 1],
    ["late", 1],
    ["error", 0],
    ["unavailable", 0],
    ["throttle", 0],
    ["kill-before", 0],
    ["kill-after", 1],
  ] as const)("fails by %s, and the service does it %i times", async (fault, times) => {
    if (fault === "stall" || fault === "late") patienceMs = 200;
    gateway.begin(first(fault));

    const result = await nameOf(call());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.idle();

    expect(result).not.toBe("answered");
    expect(reached).toHaveLength(times);
    expect(gateway.faults).toEqual(new Map([[`${service} ${fault}`, 1]]));
    expect(killed).toEqual(fault.startsWith("kill") ? ["door"] : []);
  });
});

describe("refusals read as the services' own", () => {
  test.each([
    ["dynamodb", "throttle", ["ProvisionedThroughputExceededException", "ThrottlingException"]],
    ["dynamodb", "error", ["InternalServerError"]],
    ["sns", "throttle", ["Throttling", "ThrottledException"]],
    ["sns", "error", ["InternalFailure", "InternalErrorException"]],
    ["s3", "throttle", ["SlowDown"]],
    ["s3", "error", ["InternalError"]],
    ["sqs", "throttle", ["RequestThrottled"]],
    ["sqs", "unavailable", ["ServiceUnavailable"]],
  ] as const)("%s %s", async (service, fault, names) => {
    gateway.begin(first(fault));

    expect(names).toContain(await nameOf(calls[service]()));
  });
});

describe("publishes", () => {
  test("whose answer came back are learned", async () => {
    await publish(ALERT);
    await confirm("111122223333/e1");

    expect(gateway.publishes.unlearned).toMatchObject({ answersLost: 0, killedBefore: 0 });
  });

  test.each(["lose", "cut", "stall", "late", "kill-after"] as const)("are not, with %s", async (fault) => {
    if (fault === "stall" || fault === "late") patienceMs = 200;
    gateway.begin(first(fault));

    await publish(ALERT).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.idle();

    expect(gateway.publishes.unlearned.answersLost).toBe(1);
  });

  test.each([
    [1, 0],
    [0, 1],
  ])(
    "whose connection is closed long after the answer count %i where they were written down %i times before",
    async (answersLost, times) => {
      const connection = new Agent({ keepAlive: true });
      const sns = new SNSClient({ ...options(), requestHandler: { httpAgent: connection } });
      await publish(ALERT, sns);
      if (times > 0) await confirm("111122223333/e1");
      await new Promise((resolve) => setTimeout(resolve, 200));

      connection.destroy();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await publish(ALERT);
      await confirm("111122223333/e1");

      expect(gateway.publishes.unlearned).toEqual({ answersLost, killedBefore: 0, unwritten: 0 });
    },
  );

  test("whose connection ends with its process count for the process", async () => {
    const connection = new Agent({ keepAlive: true });
    await publish(ALERT, new SNSClient({ ...options(), requestHandler: { httpAgent: connection } }));
    connection.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    gateway.publishes.killed("door");

    expect(gateway.publishes.unlearned).toEqual({ answersLost: 0, killedBefore: 1, unwritten: 0 });
  });

  test.each(["drop", "error", "throttle", "kill-before"] as const)("that never were don't count: %s", async (fault) => {
    gateway.begin(first(fault));

    await publish(ALERT).catch(() => {});

    expect(gateway.publishes.unlearned.answersLost).toBe(0);
  });

  test("count where the process was killed before they were written down", async () => {
    await publish(ALERT);
    await confirm("111122223333/e2");
    gateway.publishes.killed("door");

    expect(gateway.publishes.unlearned).toMatchObject({ answersLost: 0, killedBefore: 1 });
  });

  test("count for themselves where the process lives and they are not written down", async () => {
    await publish(ALERT);

    expect(gateway.publishes.unlearned).toEqual({ answersLost: 0, killedBefore: 0, unwritten: 1 });
  });

  test("don't where it was killed afterwards, or another was", async () => {
    await publish(ALERT);
    gateway.publishes.killed("another");
    await confirm("111122223333/e1");
    gateway.publishes.killed("door");

    expect(gateway.publishes.unlearned).toMatchObject({ answersLost: 0, killedBefore: 0 });
  });
});

describe("summaries", () => {
  const windowOf = { alice: "group#d#a1#2026-11-20T02:00:00.000Z", bob: "group#d#b2#2026-11-20T02:00:00.000Z" };
  const update = (actor: keyof typeof windowOf, UpdateExpression: string, values: Record<string, AttributeValue>) =>
    new DynamoDBClient(options()).send(
      new UpdateItemCommand({
        TableName: "t",
        Key: { pk: { S: windowOf[actor] }, sk: { S: "#window" } },
        UpdateExpression,
        ExpressionAttributeValues: values,
      }),
    );

  test.each([
    ["alice", 0],
    ["bob", 1],
  ] as const)("are written down by the update of their own window: %s's", async (closed, killedBefore) => {
    for (const actor of ["alice", "bob"] as const) {
      await update(actor, "SET actor = if_not_exists(actor, :actor)", { ":actor": { S: actor } });
    }

    await publish({ kind: "summary", id: `${windowOf.alice}/0` });
    await update("alice", "SET closingUntil = :until", { ":until": { N: "1" } });
    await update(closed, "SET reported = :reported", { ":reported": { N: "1" } });
    gateway.publishes.killed("door");

    expect(gateway.publishes.unlearned).toMatchObject({ answersLost: 0, killedBefore });
  });
});

test("what the service itself can't do is told apart", async () => {
  broken = true;

  await nameOf(calls.dynamodb());

  expect(gateway.breakdowns).toEqual([expect.stringContaining("dynamodb GetItem: ")]);
});
