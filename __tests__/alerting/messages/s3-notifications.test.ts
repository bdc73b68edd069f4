// Over 250 lines: each shape that a notice of log files may have.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Content, readMessages } from "../../../alerting/messages/message";
import { harmless } from "../../detection/events/records";
import { propertyRuns } from "../../property-runs";
import { expectBalanced, logFile, run } from "../run-pipeline";

const KEY = "o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz";

/** S3's record of an object, as a notification has it: the key encoded as a form's. */
const s3Record = (key: string, eventName = "ObjectCreated:Put", bucket = "logs") => ({
  eventVersion: "2.1",
  eventSource: "aws:s3",
  awsRegion: "us-east-1",
  eventName,
  s3: {
    s3SchemaVersion: "1.0",
    bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
    object: { key: new URLSearchParams({ key }).toString().slice("key=".length), size: 1024 },
  },
});
const notification = (...records: readonly unknown[]) => ({ Records: records });
const objectCreated = (key: unknown, bucket: unknown = { name: "logs" }) => ({
  version: "0",
  id: "e1",
  "detail-type": "Object Created",
  source: "aws.s3",
  account: "444455556666",
  time: "2026-11-20T02:12:31Z",
  region: "us-east-1",
  resources: ["arn:aws:s3:::logs"],
  detail: { version: "0", bucket, object: { key, size: 1024 }, reason: "PutObject" },
});
const testEvent = { Service: "Amazon S3", Event: "s3:TestEvent", Time: "2026-11-20T02:12:31Z", Bucket: "logs" };
const configNotice = (messageType: string) => ({
  messageType,
  notificationCreationTime: "2026-11-20T02:12:31.000Z",
  recordVersion: "1.3",
});

/** What is read of it, as SQS carries it: raw, and in SNS's envelope. */
function contentOf(message: unknown): Content {
  const body = JSON.stringify(message);
  const enveloped = JSON.stringify({ Type: "Notification", MessageId: "x", TopicArn: "t", Message: body });
  const [raw, inEnvelope] = readMessages({ Records: [{ body }, { body: enveloped }] }).map(({ content }) => content);
  expect(inEnvelope).toEqual(raw);
  return raw as Content;
}
const named = (...objects: readonly (readonly [bucket: string, key: unknown])[]) => ({
  kind: "delivery",
  objects: objects.map(([bucket, key]) => ({ bucket, key })),
});

describe("S3's notifications, raw and in SNS's envelope", () => {
  test("name the object that was written", () => {
    expect(contentOf(notification(s3Record(KEY)))).toEqual(named(["logs", KEY]));
    expect(contentOf(notification(s3Record(KEY, "s3:ObjectCreated:CompleteMultipartUpload")))).toEqual(
      named(["logs", KEY]),
    );
  });

  test("name each object in its own bucket", () => {
    expect(contentOf(notification(s3Record("a", undefined, "one"), s3Record("b", undefined, "two")))).toEqual(
      named(["one", "a"], ["two", "b"]),
    );
  });

  test.each([["a b+c.json.gz"], ["Ünïcode/=&%25.json.gz"], ["100%.json.gz"]])("decode the key %j", (key) => {
    expect(contentOf(notification(s3Record(key)))).toEqual(named(["logs", key]));
  });

  test("take a key that can't be decoded as it is, so that the failure to read it shows", () => {
    const record = s3Record("");
    const broken = { ...record, s3: { ...record.s3, object: { key: "100%.json.gz" } } };

    expect(contentOf(notification(broken))).toEqual(named(["logs", "100%.json.gz"]));
  });

  test.each(["ObjectRemoved:Delete", "LifecycleExpiration:Delete", "ObjectTagging:Put", "", "XObjectCreated:Put"])(
    "name nothing to read where %j is what happened",
    (eventName) => {
      expect(contentOf(notification(s3Record(KEY, eventName)))).toEqual(named(["logs", undefined]));
    },
  );

  test("name what can be read beside what can't", () => {
    const broken = [null, 5, {}, { eventSource: "aws:sqs" }, { eventSource: "aws:s3", eventName: 7, s3: [] }];

    expect(contentOf(notification(...broken, s3Record(KEY)))).toEqual(
      named(...broken.map(() => ["", undefined] as const), ["logs", KEY]),
    );
  });
});

describe("S3's events from EventBridge", () => {
  test("name the object that was written, by its key as it is", () => {
    expect(contentOf(objectCreated(KEY))).toEqual(named(["logs", KEY]));
    expect(contentOf(objectCreated("a+b%20c.json.gz"))).toEqual(named(["logs", "a+b%20c.json.gz"]));
  });

  test.each([
    [objectCreated(7), "logs"],
    [objectCreated(KEY, "logs"), ""],
    [{ ...objectCreated(KEY), detail: null }, ""],
  ])("of another form stop nothing: %#", (event, bucket) => {
    expect(contentOf(event)).toMatchObject({ kind: "delivery", objects: [{ bucket }] });
  });
});

describe("what the topic carries besides is acknowledged quietly", () => {
  test.each([
    ["S3's test event", testEvent],
    ["a change that AWS Config saw", { ...configNotice("ConfigurationItemChangeNotification"), configurationItem: {} }],
    [
      "a file of AWS Config's",
      { ...configNotice("ConfigurationHistoryDeliveryCompleted"), s3Bucket: "logs", s3ObjectKey: "AWSLogs/x.json.gz" },
    ],
  ])("%s", async (_, message) => {
    const content = contentOf(message);
    const { tally, lines } = await run([{ id: "m1", content }]);

    expect(content).toEqual(named());
    expect(tally.messages).toEqual({ received: 1, handled: 1, unrecognized: 0, failed: 0 });
    expect(lines).toEqual([]);
  });

  test("files of other services in the bucket are counted and skipped", async () => {
    const prefix = "o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/111122223333";
    const others = [
      `${prefix}/CloudTrail-Digest/us-east-1/2026/11/20/a.json.gz`,
      `${prefix}/CloudTrail-Insight/us-east-1/2026/11/20/a.json.gz`,
      "o-a1b2c3d4e5/AWSLogs/111122223333/Config/us-east-1/2026/11/20/ConfigHistory/a.json.gz",
      "o-a1b2c3d4e5/AWSLogs/111122223333/elasticloadbalancing/us-east-1/2026/11/20/a.log.gz",
      "o-a1b2c3d4e5/AWSLogs/111122223333/CloudTrail/us-east-1/",
      "access/2026-11-20-02-12-31-0123456789ABCDEF",
    ];
    const content = contentOf(notification(...[...others, KEY].map((key) => s3Record(key))));
    const { tally, lines, failures } = await run([{ id: "m1", content }], { [KEY]: logFile(harmless()) });

    expect(tally.objects).toMatchObject({ named: others.length + 1, skipped: others.length, read: 1 });
    expect(failures).toEqual([undefined]);
    expect(lines).toEqual([]);
    expectBalanced(tally);
  });
});

describe("a message that names 20,000 log files", () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => KEY.replace("a.json", `${i}.json`));
  const content = contentOf({ s3Bucket: "logs", s3ObjectKey: keys });

  test("reads as many as there is time for, and says the rest in one short line", async () => {
    let left = 62;
    const fetchObject = async () => {
      left--;
      return logFile();
    };
    const { tally, lines, failures } = await run(
      [{ id: "m1", content }],
      {},
      { fetchObject, remainingMs: () => left * 1_000 },
    );

    expect(tally.objects).toMatchObject({ named: 20_000, read: 3, postponed: 19_997 });
    expect(failures).toEqual([`no time left for ${keys[3]} and 19996 more`]);
    expect(lines).toHaveLength(2);
    expectBalanced(tally);
  });

  test("of which none can be read fails with the first reasons", async () => {
    const { failures } = await run([
      { id: "m1", content: contentOf({ s3Bucket: "logs", s3ObjectKey: keys.slice(0, 50) }) },
    ]);

    expect(failures[0]).toContain(`${keys[9]}) and 40 more`);
    expect(failures[0]).not.toContain(keys[10]);
  });
});

describe("a log file of a bucket that is not the log archive", () => {
  const fetchObject = (refused: string) => async (bucket: string) => {
    if (bucket === "logs") return logFile(harmless());
    throw Object.assign(new Error("refused"), { name: refused });
  };
  const read = (refused: string, bucket: string, archive?: string) => {
    const content = contentOf(notification(s3Record(KEY, undefined, bucket), s3Record(KEY)));
    return run([{ id: "m1", content }], {}, { fetchObject: fetchObject(refused), ...(archive && { archive }) });
  };

  test.each(["AccessDenied", "NoSuchBucket", "PermanentRedirect"])(
    "is one processing error that says so, and does not come again: %s",
    async (refused) => {
      const { tally, lines, failures } = await read(refused, "others", "logs/AWSLogs");

      expect(failures).toEqual([undefined]);
      expect(tally.objects).toMatchObject({ named: 2, read: 1, unreadable: 1 });
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        {
          level: "WARN",
          message: "log file can't be read",
          bucket: "others",
          fix: expect.stringContaining("the topic"),
        },
      ]);
    },
  );

  test.each([
    ["the archive's own", "AccessDenied", "archive", "archive/AWSLogs"],
    ["of which S3 says something else", "SlowDown", "others", "logs/AWSLogs"],
    ["where the archive isn't known", "AccessDenied", "others", undefined],
  ])("comes again where it is one %s", async (_, refused, bucket, archive) => {
    const { failures, lines } = await read(refused, bucket, archive);

    expect(failures).toEqual([expect.stringContaining(refused)]);
    expect(lines.join()).not.toContain('"fix"');
  });
});

test("property: reading never throws, and no object that S3 says was written is lost", () => {
  const junk = fc.anything({ maxDepth: 3 }).map((value) => value ?? null);
  const key = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          junk,
          key.map((name) => ({ written: name })),
        ),
      ),
      (parts) => {
        const isWritten = (part: unknown): part is { readonly written: string } =>
          typeof Object(part).written === "string";
        const records = parts.map((part) => (isWritten(part) ? s3Record(part.written) : part));
        const content = contentOf(notification(...records));
        const keys = content.kind === "delivery" ? content.objects.map((object) => object.key) : [];

        expect(keys).toEqual(expect.arrayContaining(parts.filter(isWritten).map(({ written }) => written)));
      },
    ),
    { numRuns: propertyRuns(20_000) },
  );
});

test("property: any message becomes one content", () => {
  const field = fc.constantFrom(
    ...["Records", "eventSource", "eventName", "s3", "bucket", "object", "key", "name", "source", "detail-type"],
    ...["detail", "Service", "Event", "Type", "Message", "messageType", "s3Bucket", "s3ObjectKey"],
  );
  const text = fc.constantFrom("aws:s3", "aws.s3", "Object Created", "ObjectCreated:Put", "Notification", "%", "{}");
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 1 }), text, tie("list"), tie("object")),
    list: fc.array(tie("any"), { maxLength: 3 }),
    object: fc.dictionary(field, tie("any"), { maxKeys: 5 }),
  })).any;
  fc.assert(
    fc.property(value, (message) => {
      expect(contentOf(message)).toHaveProperty("kind");
    }),
    { numRuns: propertyRuns(50_000) },
  );
});
