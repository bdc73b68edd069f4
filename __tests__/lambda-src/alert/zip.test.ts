// Over 250 lines: every test needs the same zip, process and local AWS, which take seconds to set up.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { FunctionProcess } from "../../../cli/demo/function-process";
import { LocalAws } from "../../../cli/demo/local-aws";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { zipFunction } from "../../../constructs/function/function-zip";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { switchedOn } from "../../../detection/definition/switched-on";
import { wrapRecord } from "../../../detection/events/envelope";
import { alwaysOn } from "../../../detection/suppressions/always-on";
import { DynamoDbIncidentState } from "../../../lambda-src/adapters/dynamodb-incident-state";
import { bundleFunction } from "../../../tools/packaging/bundle";
import { alertStateTable } from "../../alerting/alert-state-table";
import { HOUR, START, step } from "../../alerting/incidents/steps";
import { harmless, rootGetCallerIdentity, unauthorizedDescribe } from "../../detection/events/records";

const ROOT = join(__dirname, "..", "..", "..");
const TOPIC = "arn:aws:sns:us-east-1:111122223333:cloudtrail-alerts-demo";
const byDefault = switchedOn(catalogue, { packs: ["default"], disabledDetections: [] });
const KEY = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz";

/** The zip that would be deployed, with its own code and SDK clients, against S3 and SNS on this machine. */
describe("the function as zipped", () => {
  let aws: LocalAws;
  let fn: FunctionProcess;
  let started: FunctionProcess[];
  let path: string;
  const table = alertStateTable();
  const start = async (variables: Readonly<Record<string, string>>, preload: readonly string[] = []) => {
    const process = await FunctionProcess.start(path, "index.handler", "us-east-1", aws.endpoint, variables, preload);
    started.push(process);
    return process;
  };
  const variables = { SNS_TOPIC_ARN: TOPIC, SEEN_TABLE: table.name, NAMES: JSON.stringify(GIVEN) };

  beforeAll(async () => {
    path = zipFunction(await bundleFunction(ROOT), catalogue, alwaysOn(catalogue, [])).path;
  });

  beforeEach(async () => {
    started = [];
    aws = await LocalAws.start(table);
    fn = await start(variables);
  });

  afterEach(async () => {
    for (const process of started) process.stop();
    await aws.stop();
  });

  const tableClient = () =>
    new DynamoDBClient({
      region: "us-east-1",
      endpoint: aws.endpoint,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
  const put = (...records: readonly unknown[]) =>
    aws.putObject("logs", KEY, gzipSync(JSON.stringify({ Records: records })));
  const notice = (key: string) => JSON.stringify({ s3Bucket: "logs", s3ObjectKey: [key] });
  const sqs = (...bodies: readonly string[]) => ({
    Records: bodies.map((body, i) => ({ messageId: `m${i}`, eventSource: "aws:sqs", body })),
  });
  const detections = () =>
    aws
      .takeMessages()
      .map(({ attributes }) => attributes.detection)
      .sort();
  /** The line as CloudWatch Logs gets it: a metric filter takes it apart only if all of it is JSON. */
  const closing = () => JSON.parse(fn.takeLog().find((line) => line.includes("invocation closed")) ?? "");

  test("publishes an event of EventBridge to the topic of its environment, in every channel's words", async () => {
    const answer = await fn.invoke(sqs(JSON.stringify(wrapRecord(unauthorizedDescribe()))));

    expect(answer).toEqual({ batchItemFailures: [] });
    const [message, ...others] = aws.takeMessages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      topicArn: TOPIC,
      subject: "[MEDIUM] DescribeInstances denied by alice in 111122223333: EC2 access denied",
      structure: "json",
      attributes: {
        kind: "alert",
        severity: "medium",
        detection: "unauthorized-ec2-call",
        account: "111122223333",
        region: "eu-west-1",
      },
    });
    const texts = JSON.parse(message?.message ?? "{}");
    expect(Object.keys(texts).sort()).toEqual(["default", "email", "http", "https", "sms", "sqs"]);
    expect(texts.default).toBe(texts.email);
    expect(texts.email).toContain("IAM user alice");
    expect(texts.sms.length).toBeLessThanOrEqual(140);
    expect(JSON.parse(texts.sqs)).toMatchObject({
      kind: "alert",
      detection: { id: "unauthorized-ec2-call" },
      event: { name: "DescribeInstances" },
    });
  });

  describe("the account's alias", () => {
    const denied = (eventID: string) =>
      sqs(
        JSON.stringify(
          wrapRecord(unauthorizedDescribe({ eventID, userIdentity: { type: "IAMUser", userName: eventID } })),
        ),
      );
    const subjects = () => aws.takeMessages().map(({ subject }) => subject);

    const closeWindows = () => fn.invoke(sqs('{"trailwarden":"close-windows"}'));
    /** The table outlives the tests. */
    beforeEach(async () => {
      const TableName = table.name;
      const client = tableClient();
      await client.send(
        new DeleteItemCommand({ TableName, Key: { pk: { S: "account-alias" }, sk: { S: "#window" } } }),
      );
      client.destroy();
    });

    test("is the name of an account that the configuration gives none: a schedule asks for it once, alerts don't", async () => {
      aws.accountAlias = "acme-prod";
      await closeWindows();
      await closeWindows();
      expect(aws.takeAliasRequests()).toBe(1);
      const other = await start(variables);
      await fn.invoke(denied("e1"));
      await other.invoke(denied("e2"));

      expect(subjects()).toEqual([
        "[MEDIUM] DescribeInstances denied by e1 in acme-prod: EC2 access denied",
        "[MEDIUM] DescribeInstances denied by e2 in acme-prod: EC2 access denied",
      ]);
      expect(aws.takeAliasRequests()).toBe(0);
    });

    test("is in the notice of the rate limit too", async () => {
      aws.accountAlias = "acme-prod";
      await closeWindows();
      const limited = await start({ ...variables, MAX_ALERTS_PER_HOUR: "1" });
      await limited.invoke(denied("e3"));
      aws.takeMessages();
      await limited.invoke(denied("e4"));

      expect(subjects()).toEqual([expect.stringMatching(/^\[HIGH\] Rate limit reached: .*, in acme-prod$/)]);
    });

    test("is not asked for by alerts where none is stored: they have the id", async () => {
      aws.accountAlias = "acme-prod";
      await fn.invoke(denied("e1"));

      expect(subjects()).toEqual(["[MEDIUM] DescribeInstances denied by e1 in 111122223333: EC2 access denied"]);
      expect(aws.takeAliasRequests()).toBe(0);
    });

    test("is not asked for where the configuration has a name", async () => {
      aws.accountAlias = "acme-prod";
      const named = await start({ ...variables, ACCOUNT_NAMES: JSON.stringify({ "111122223333": "prod" }) });
      await named.invoke(sqs('{"trailwarden":"close-windows"}'));
      await named.invoke(denied("e1"));

      expect(subjects()).toEqual(["[MEDIUM] DescribeInstances denied by e1 in prod: EC2 access denied"]);
      expect(aws.takeAliasRequests()).toBe(0);
    });

    test("keeps no alert back where the table doesn't answer", async () => {
      const waiting = await start(variables, [join(__dirname, "slow-alias.js")]);
      await waiting.invoke(denied("e1"));
      await waiting.invoke(denied("e2"));

      expect(subjects()).toEqual([
        "[MEDIUM] DescribeInstances denied by e1 in 111122223333: EC2 access denied",
        "[MEDIUM] DescribeInstances denied by e2 in 111122223333: EC2 access denied",
      ]);
    });
  });

  test("fetches the log file that CloudTrail's notification names", async () => {
    put(harmless(), rootGetCallerIdentity());

    const answer = await fn.invoke(sqs(notice(KEY)));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(detections()).toEqual(["root-get-caller-identity"]);
    expect(closing()).toMatchObject({
      records: { read: 2, evaluated: 2, processingErrors: 0 },
      matches: { published: 1, merged: 1 },
      detections: { enabled: byDefault.length, refused: 0 },
      suppressions: { enabled: 3, refused: 0, by: {}, expired: 0 },
    });
  });

  test("counts what it suppresses, by suppression", async () => {
    put(unauthorizedDescribe({ userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } }));

    await fn.invoke(sqs(notice(KEY)));

    expect(detections()).toEqual([]);
    expect(closing()).toMatchObject({
      matches: { made: 3, suppressed: 3 },
      suppressions: { by: { "aws-services": 3 } },
      MatchesSuppressed: 3,
    });
  });

  test("suppresses what its environment says too, but for what can't be used, and says so", async () => {
    const answerable = { owner: "ops@example.com", reason: "known", expires: "2999-12-31" };
    const all = { detections: "*", pattern: { detail: { eventName: ["DescribeInstances"] } }, ...answerable };
    const SUPPRESSIONS = gzipSync(
      JSON.stringify([
        { ...all, id: "broken", pattern: { detail: { eventName: [{ regex: "x" }] } } },
        { ...all, id: "no-such", detections: ["no-such-detection"] },
        { ...all, id: "known-scan" },
      ]),
    ).toString("base64");
    fn = await start({ ...variables, SUPPRESSIONS });
    put(unauthorizedDescribe(), rootGetCallerIdentity());

    await fn.invoke(sqs(notice(KEY)));

    const lines = fn.takeLog().map((line) => JSON.parse(line));
    expect(detections()).toEqual(["root-get-caller-identity"]);
    for (const suppression of ["broken", "no-such"]) {
      expect(lines).toContainEqual(expect.objectContaining({ message: "suppression can't be used", suppression }));
    }
    expect(lines.at(-1)).toMatchObject({ suppressions: { enabled: 4, refused: 2, by: { "known-scan": 3 } } });
  });

  test("goes on where its environment's suppressions can't be read, and says so", async () => {
    fn = await start({ ...variables, SUPPRESSIONS: "nonsense" });
    put(unauthorizedDescribe());

    await fn.invoke(sqs(notice(KEY)));

    const lines = fn.takeLog().map((line) => JSON.parse(line));
    expect(detections()).not.toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: "suppression can't be used",
        suppression: "SUPPRESSIONS",
        reason: "must hold a JSON list of suppressions, gzipped, in base64",
      }),
    );
    expect(lines.at(-1)).toMatchObject({ suppressions: { enabled: 3, refused: 1 } });
  });

  test("without names it goes on with what needs none, and says what it can't use", async () => {
    const { NAMES: _, ...nameless } = variables;
    fn = await start(nameless);
    put(rootGetCallerIdentity());

    await fn.invoke(sqs(notice(KEY)));

    const lines = fn.takeLog().map((line) => JSON.parse(line));
    expect(detections()).toEqual(["root-get-caller-identity"]);
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "detection can't be used", detection: "log-archive-changed" }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "suppression can't be used", suppression: "monitor-itself" }),
    );
    expect(lines.at(-1)).toMatchObject({ suppressions: { enabled: 1, refused: 2 } });
  });

  test("takes the brief's test event, straight from SNS", async () => {
    const event = JSON.parse(readFileSync(join(ROOT, "samples", "test-event.json"), "utf8"));
    const { s3Bucket, s3ObjectKey } = JSON.parse(event.Records[0].Sns.Message);
    aws.putObject(s3Bucket, s3ObjectKey[0], readFileSync(join(ROOT, "samples", s3ObjectKey[0])));

    await fn.invoke(event);

    expect(detections()).toEqual(["costly-resource-created", "root-get-caller-identity", "unauthorized-ec2-call"]);
  });

  test("names the message to deliver again when its file is not there", async () => {
    put(unauthorizedDescribe());

    const answer = await fn.invoke(sqs(notice(KEY), notice(KEY.replace("a.json.gz", "missing.json.gz"))));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
    expect(closing()).toMatchObject({ objects: { named: 2, read: 1, unreadable: 1 } });
  });

  test("says by its stack, its request and its record where a defect lies, and alerts of the record's neighbours", async () => {
    fn = await start(variables, [join(__dirname, "broken-renderer.js")]);
    const user = (name: string) => ({
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::111122223333:user/${name}` },
    });
    put(harmless(), unauthorizedDescribe({ eventID: "bad", ...user("a") }), unauthorizedDescribe(user("b")));

    const answer = await fn.invoke(sqs(notice(KEY), JSON.stringify(wrapRecord(rootGetCallerIdentity()))));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    expect(detections()).toEqual(["root-get-caller-identity", "unauthorized-ec2-call"]);
    const lines = fn.takeLog().map((line) => JSON.parse(line));
    expect(lines.every(({ requestId }) => requestId === "demo-request")).toBe(true);
    expect(lines).toContainEqual({
      level: "WARN",
      message: "alert can't be published",
      requestId: "demo-request",
      detection: "unauthorized-ec2-call",
      eventID: "bad",
      bucket: "logs",
      key: KEY,
      record: 2,
      reason: expect.stringMatching(/^TypeError: /),
      stack: expect.stringMatching(/^TypeError: .*\n\s+at renderWithDefect .*broken-renderer\.js:\d+/),
    });
  });

  test("answers which messages failed where a defect keeps it from closing, and says where", async () => {
    fn = await start(variables, [join(__dirname, "broken-metrics.js")]);
    put(unauthorizedDescribe());

    const answer = await fn.invoke(sqs(notice(KEY), notice(KEY.replace("a.json.gz", "missing.json.gz"))));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
    expect(detections()).toEqual(["unauthorized-ec2-call"]);
    expect(fn.takeLog().map((line) => JSON.parse(line))).toContainEqual({
      level: "WARN",
      message: "invocation can't be closed",
      requestId: "demo-request",
      reason: expect.stringMatching(/^TypeError: /),
      stack: expect.stringMatching(/\n\s+at .*entriesWithDefect .*broken-metrics\.js:\d+/),
    });
  });

  test("throws where the invoker takes no partial answer, so that it tries again", async () => {
    const fromSns = {
      Records: [{ EventSource: "aws:sns", Sns: { Message: notice("AWSLogs/1/CloudTrail/x/y.json.gz") } }],
    };

    await expect(fn.invoke(fromSns)).rejects.toThrow("1 of 1 messages failed");
  });

  test("reads an organization's log file of which S3 notifies, and names its folder", async () => {
    const logFolder = "o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5";
    const central = await start({
      ...variables,
      NAMES: JSON.stringify({ ...GIVEN, trailAccount: "444455556666", logFolder }),
    });
    const key = `${logFolder}/111122223333/CloudTrail/us-east-1/2026/11/20/a=b.json.gz`;
    const { cases } = JSON.parse(
      readFileSync(join(ROOT, "__tests__/fixtures/detections/log-files-deleted.json"), "utf8"),
    ) as { readonly cases: readonly { readonly matches: boolean; readonly record: object }[] };
    const [deleted] = cases.filter(({ matches }) => matches);
    aws.putObject("logs", key, gzipSync(JSON.stringify({ Records: [deleted?.record] })));
    const s3 = { bucket: { name: "logs" }, object: { key: encodeURIComponent(key) } };
    const notification = { Records: [{ eventSource: "aws:s3", eventName: "ObjectCreated:Put", s3 }] };

    const answer = await central.invoke(
      sqs(JSON.stringify({ Type: "Notification", Message: JSON.stringify(notification) })),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    const [message] = aws.takeMessages();
    expect(message?.attributes.detection).toBe("log-files-deleted");
    expect(message?.message).toContain(`s3://${GIVEN.bucket}/${logFolder}/111122223333/CloudTrail/us-east-1/`);
  });

  test("leaves out disabled detections", async () => {
    const quiet = await start({ ...variables, DISABLED_DETECTIONS: "unauthorized-ec2-call,trail-stopped" });
    put(unauthorizedDescribe());

    await quiet.invoke(sqs(notice(KEY)));

    expect(detections()).toEqual(["unauthorized-calls"]);
  });

  test("tells an event once, whichever path brings it and whichever process reads it", async () => {
    const other = await start(variables);
    put(unauthorizedDescribe());

    await fn.invoke(sqs(JSON.stringify(wrapRecord(unauthorizedDescribe()))));
    await other.invoke(sqs(notice(KEY)));
    await fn.invoke(sqs(notice(KEY)));

    expect(detections()).toEqual(["unauthorized-ec2-call"]);
  });

  test("performs what the Scheduler asks for", async () => {
    const answer = await fn.invoke(sqs('{"trailwarden":"close-windows"}', '{"trailwarden":"send-digest"}'));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(closing()).toMatchObject({ messages: { handled: 2 }, notices: { failed: 0 } });
  });

  test("watches what forwarders should have brought, and which accounts of the organization send log files", async () => {
    const ORGANIZATION = JSON.stringify({ id: "o-a1b2c3d4e5", managementAccount: "111122223333" });
    fn = await start({ ...variables, REGIONS: "us-east-1,eu-west-1", ORGANIZATION });
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const newest = ago(8 * 24 * 60)
      .slice(0, 16)
      .replace(/[-:]/g, "");
    const key = `AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/eu-west-1/2026/11/20/444455556666_CloudTrail_eu-west-1_${newest}Z_x.json.gz`;
    const read = async (eventID: string) => {
      const event = { eventID, eventName: "RunInstances", readOnly: false, eventTime: `${ago(8).slice(0, 19)}Z` };
      const Records = [unauthorizedDescribe({ ...event, recipientAccountId: "444455556666" })];
      aws.putObject("logs", key, gzipSync(JSON.stringify({ Records })));
      await fn.invoke(sqs(notice(key)));
      return closing();
    };
    // When the rules were deployed is not known yet.
    expect((await read("e1")).reach).toEqual({ missed: 0, missedReadOnly: 0, silent: 0 });

    const client = tableClient();
    const Key = { pk: { S: "event-path" }, sk: { S: "#window" } };
    const UpdateExpression = "SET since = :long";
    const ExpressionAttributeValues = { ":long": { N: "0" } };
    await client.send(
      new UpdateItemCommand({ TableName: table.name, Key, UpdateExpression, ExpressionAttributeValues }),
    );
    client.destroy();
    // Another execution environment.
    fn = await start({ ...variables, REGIONS: "us-east-1,eu-west-1", ORGANIZATION });

    expect(await read("e2")).toMatchObject({ reach: { missed: 1 }, EventPathMissed: 1 });
    aws.takeMessages();
    await fn.invoke(sqs('{"trailwarden":"send-digest"}'));
    expect(closing()).toMatchObject({ reach: { silent: 1 }, AccountsSilent: 1 });
    expect(aws.takeMessages()).toMatchObject([{ subject: "[DIGEST] 1 account silent in 111122223333" }]);
  });

  test("closes an incident with its timeline, once", async () => {
    const client = tableClient();
    const TableName = table.name;
    const incidents = new DynamoDbIncidentState({
      get: (input) => client.send(new GetItemCommand({ ...input, TableName })),
      put: (input) => client.send(new PutItemCommand({ ...input, TableName })),
      update: (input) => client.send(new UpdateItemCommand({ ...input, TableName })),
    });
    // Long ago: it is due by now.
    const lease = { owner: "me", now: START, until: START + 1 };
    await incidents.join("arn:ann", step("a", 0), HOUR, lease);
    const { id } = await incidents.join("arn:ann", step("b", 12), HOUR, lease);
    client.destroy();

    const answer = await fn.invoke(sqs('{"trailwarden":"close-windows"}'));
    const again = await fn.invoke(sqs('{"trailwarden":"close-windows"}'));

    expect([answer, again]).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    const published = aws.takeMessages();
    expect(published).toMatchObject([
      { topicArn: TOPIC, subject: "[HIGH] Incident timeline: 2 alerts in 12 min by IAM user ann in 111122223333" },
    ]);
    const texts = JSON.parse(published[0]?.message ?? "{}");
    expect(JSON.parse(texts.sqs)).toMatchObject({ kind: "timeline", incident: { id }, steps: [{}, {}] });
  });

  test("logs its numbers as CloudWatch's embedded metrics", async () => {
    await fn.invoke(sqs(JSON.stringify(wrapRecord(unauthorizedDescribe()))));

    expect(closing()).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: "trailwarden", Dimensions: [[]] }] },
      Records: 1,
      MatchesPublished: 1,
      AlertLag: [expect.any(Number)],
    });
  });

  test("does not start without its topic, and says so", async () => {
    await expect(start({})).rejects.toMatchObject({ detail: expect.stringContaining("SNS_TOPIC_ARN is not set") });
  });
});
