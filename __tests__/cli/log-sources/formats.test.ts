// Over 250 lines: one table of the formats that logs come in.
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { harmless, rootGetCallerIdentity, unauthorizedDescribe } from "../../detection/events/records";
import { logFile, plan, setup, told } from "../replay/logs";

const asked = plan(
  setup(catalogue.filter(({ id }) => ["unauthorized-ec2-call", "root-get-caller-identity"].includes(id))),
);
const records = [
  unauthorizedDescribe(),
  harmless({ userAgent: 'with "quotes", \\ and ü' }),
  rootGetCallerIdentity({ requestParameters: { message: "{", Records: [1] } }),
];

async function toldOf(...contents: readonly (string | Buffer)[]) {
  const files = Object.fromEntries(contents.map((content, number) => [`${number}.json`, Buffer.from(content)]));
  const { alerts, ...result } = await told(files, asked);
  return { ...result, alerts: alerts.map((alert) => ({ ...alert, file: basename(alert.file) })) };
}

const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join("\n");
const texts = records.map((record) => JSON.stringify(record));

/** An event as EventBridge hands it over. */
const event = (detail: unknown, type = "AWS API Call via CloudTrail") => ({
  ...{ version: "0", id: "66666666-0000-4000-8000-000000000001", "detail-type": type, source: "aws.ec2" },
  ...{ account: "111122223333", time: "2026-11-20T02:12:31Z", region: "us-east-1", resources: [], detail },
});
const events = records.map((record) => event(record));
/** What a subscription filter of CloudWatch Logs sends. */
const subscription = (messages: readonly string[]) => ({
  ...{ messageType: "DATA_MESSAGE", owner: "111122223333", logGroup: "trail", logStream: "111122223333_CloudTrail" },
  subscriptionFilters: ["all"],
  logEvents: messages.map((message, id) => ({ id: String(id), timestamp: 1_795_140_000_000, message })),
});
const control = {
  ...{ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs", logGroup: "", logStream: "", subscriptionFilters: [] },
  logEvents: [{ id: "", timestamp: 1, message: "CWL CONTROL MESSAGE: Checking health of destination Firehose." }],
};
const logsEvents = texts.map((message, id) => ({ logStreamName: "s", timestamp: id, message, eventId: String(id) }));
/** A message of a queue's, from a topic that has it from EventBridge. */
const messages = events.map((one, id) => ({
  MessageId: String(id),
  Body: JSON.stringify({ Type: "Notification", MessageId: String(id), Message: JSON.stringify(one) }),
}));

/** Formats, and for each what it is with one of its records damaged. */
const FORMATS: readonly (readonly [name: string, content: string | Buffer, damaged: string | Buffer])[] = [
  ["EventBridge events, one a line", lines(events), `${lines(events)}\n${lines([event({ a: 1 })])}`],
  ["EventBridge events, an array", JSON.stringify(events), JSON.stringify([...events, event(null)])],
  ["EventBridge events, printed over lines", events.map((one) => JSON.stringify(one, null, 2)).join("\n"), ""],
  [
    "EventBridge events in messages of a queue",
    JSON.stringify({ Messages: events.map((one) => ({ MessageId: "1", Body: JSON.stringify(one) })) }, null, 4),
    JSON.stringify({ Messages: [...messages, { Body: "no JSON" }] }),
  ],
  ["the same from a topic", JSON.stringify({ Messages: messages }), JSON.stringify({ Messages: [...messages, {}] })],
  [
    "messages as a function gets them from a queue",
    JSON.stringify({ Records: messages.map(({ Body: body }) => ({ body, eventSource: "aws:sqs", messageId: "1" })) }),
    "",
  ],
  [
    "notifications as a function gets them from a topic",
    JSON.stringify({
      Records: events.map((one) => ({ EventSource: "aws:sns", Sns: { Message: JSON.stringify(one) } })),
    }),
    "",
  ],
  [
    "what a subscription of CloudWatch Logs sends",
    JSON.stringify(subscription(texts)),
    JSON.stringify(subscription([...texts, "START RequestId: 1"])),
  ],
  ["the same, compressed", gzipSync(JSON.stringify(subscription(texts))), ""],
  [
    "the same as Firehose writes it, one behind the other, with a check of the destination",
    texts.map((text) => JSON.stringify(subscription([text]))).join("") + JSON.stringify(control),
    "",
  ],
  [
    "the same, each compressed by itself",
    Buffer.concat([control, ...texts.map((text) => subscription([text]))].map((one) => gzipSync(JSON.stringify(one)))),
    "",
  ],
  [
    "the same as a function gets it",
    JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(subscription(texts))).toString("base64") } }),
    "",
  ],
  [
    "the same from a stream of Kinesis",
    JSON.stringify({
      Records: texts.map((text) => ({
        PartitionKey: "1",
        Data: gzipSync(JSON.stringify(subscription([text]))).toString("base64"),
      })),
    }),
    JSON.stringify({
      Records: [
        {
          kinesis: { data: gzipSync(JSON.stringify(subscription(texts))).toString("base64") },
          eventSource: "aws:kinesis",
        },
        {
          kinesis: { data: Buffer.concat([gzipSync("{}"), Buffer.from([0, 1])]).toString("base64") },
        },
      ],
    }),
  ],
  [
    "filter-log-events",
    JSON.stringify({ events: logsEvents, searchedLogStreams: [] }, null, 4),
    JSON.stringify({ events: [...logsEvents, { message: "{" }] }),
  ],
  ["its events, one a line", lines(logsEvents), lines([...logsEvents, { message: 7 }])],
  ["--query 'Events[].CloudTrailEvent'", JSON.stringify(texts, null, 4), JSON.stringify([...texts, "{"])],
  ["the same as --output text", texts.join("\t"), ""],
  ["the same, a text a line", lines(texts), lines([...texts, '{"a":1}'])],
  [
    "--query 'Events[].[CloudTrailEvent]'",
    JSON.stringify(texts.map((text) => [text])),
    JSON.stringify([...texts.map((text) => [text]), ["{"]]),
  ],
  [
    "--query 'Events[].[EventTime,CloudTrailEvent]'",
    JSON.stringify(texts.map((text) => ["2026-11-20T02:12:31+00:00", text])),
    JSON.stringify([...texts.map((text) => ["2026-11-20", text]), ["2026-11-20", null]]),
  ],
  [
    "--query 'Events[].{when:EventTime,what:CloudTrailEvent}'",
    JSON.stringify(texts.map((what) => ({ when: "2026-11-20", what }))),
    JSON.stringify([...texts.map((what) => ({ when: "2026-11-20", what })), { when: "{", what: "{" }]),
  ],
  [
    "a query of Logs Insights",
    JSON.stringify({
      queryLanguage: "CWLI",
      results: texts.map((value) => [
        { field: "@timestamp", value: "2026-11-20 02:12:31.000" },
        { field: "@message", value },
        { field: "@ptr", value: "C" },
      ]),
      status: "Complete",
    }),
    JSON.stringify({
      results: [
        ...texts.map((value) => [{ field: "@message", value }]),
        [{ field: "eventName", value: "StopLogging" }],
      ],
    }),
  ],
  [
    "the same from the console",
    JSON.stringify(records.map((record) => ({ "@timestamp": "2026-11-20", "@message": record }))),
    "",
  ],
  [
    "a query of CloudTrail Lake",
    JSON.stringify({
      QueryStatus: "FINISHED",
      QueryResultRows: texts.map((eventJson) => [{ eventTime: "2026-11-20 02:12:31" }, { eventJson }]),
    }),
    "",
  ],
  [
    "several log files in an array",
    JSON.stringify([{ Records: records.slice(0, 1) }, { Records: records.slice(1) }]),
    "",
  ],
  [
    "one array of records in another",
    JSON.stringify([records.slice(0, 2), records.slice(2)]),
    JSON.stringify([[...records, { eventID: "1" }]]),
  ],
];

describe.each(FORMATS)("%s", (_, content) => {
  test("is replayed as the log file with the same records, whether compressed or not", async () => {
    const { files: __, ...expected } = await toldOf(logFile(records));
    const isText = typeof content === "string";
    for (const one of isText ? [content, gzipSync(content), `\ufeff${content}`] : [content]) {
      const { files, ...result } = await toldOf(one);

      expect(result).toEqual(expected);
      expect(result.alerts).toHaveLength(2);
      expect(files).toMatchObject({ read: 1, unreadable: [] });
    }
  });

  test("is read up to where it breaks off, and its neighbours are read", async () => {
    const broken = typeof content === "string" ? content.trimEnd().slice(0, -2) : content.subarray(0, -9);
    const { alerts, files } = await toldOf(
      broken,
      logFile([rootGetCallerIdentity({ eventID: "another", eventTime: "2026-11-21T02:14:05Z" })]),
    );

    expect(files).toMatchObject({ read: 1, unreadable: [{ file: expect.stringContaining("0.json") }] });
    expect(alerts.map(({ file }) => file)).toContain("1.json");
  });
});

describe("one record that can't be judged is named, and its neighbours are read:", () => {
  test.each(FORMATS.filter(([, , damaged]) => damaged.length > 0))("%s", async (_, __, damaged) => {
    const { alerts, records: read, files } = await toldOf(damaged, logFile([harmless()]));

    expect(alerts).toHaveLength(2);
    expect(read).toMatchObject({
      read: 5,
      processingErrors: 1,
      firstProcessingErrors: [{ file: expect.stringContaining("0.json") }],
    });
    expect(files).toMatchObject({ read: 2, unreadable: [] });
  });
});

test("however much filter-log-events has printed, compressed", async () => {
  const many = Array.from({ length: 9_000 }, (_, number) => ({
    message: JSON.stringify(harmless({ eventID: String(number), userAgent: "long".repeat(400) })),
  }));
  const content = JSON.stringify({ events: [...many, ...logsEvents], searchedLogStreams: [] }, null, 4);
  const { records: read, alerts, files } = await toldOf(gzipSync(content));

  expect(content.length).toBeGreaterThan(17 * 1024 ** 2);
  expect(files.unreadable).toEqual([]);
  expect(read).toMatchObject({ read: 9_003, processingErrors: 0 });
  expect(alerts).toHaveLength(2);
});

test("nothing but a check of the destination is read, and holds no record", async () => {
  expect(await toldOf(JSON.stringify(control))).toMatchObject({
    files: { read: 1, unreadable: [] },
    records: { read: 0, processingErrors: 0 },
  });
});

test.each([
  ['{"Records":[]}'],
  ["[]"],
  ['{"Events":[]}'],
  ['{"events": [], "searchedLogStreams": []}'],
  ['{"Messages":[]}'],
])("an empty %s is read, and holds no record", async (content) => {
  for (const one of [content, gzipSync(content)]) {
    expect(await toldOf(one)).toMatchObject({
      files: { read: 1, unreadable: [] },
      records: { read: 0, processingErrors: 0 },
    });
  }
});

const insight = {
  ...{ eventVersion: "1.09", eventTime: "2026-11-20T02:12:00Z", awsRegion: "us-east-1", eventID: "i" },
  ...{ eventType: "AwsCloudTrailInsight", recipientAccountId: "111122223333", sharedEventID: "s" },
  insightDetails: { state: "Start", eventSource: "ec2.amazonaws.com", eventName: "RunInstances" },
  eventCategory: "Insight",
};
const aggregated = {
  ...{ eventVersion: "1.0", accountId: "111122223333", eventId: "a", eventCategory: "Aggregated" },
  ...{ eventType: "AwsAggregatedEvent", awsRegion: "us-east-1", eventSource: "s3.amazonaws.com" },
  timeWindow: { windowStart: "2026-11-20T02:10:00Z", windowEnd: "2026-11-20T02:15:00Z", windowSize: "PT5M" },
};
const ocsf = {
  ...{ metadata: { product: { name: "CloudTrail", vendor_name: "AWS" }, version: "1.1.0" }, class_uid: 6003 },
  ...{ class_name: "API Activity", api: { operation: "StopLogging" }, time: 1_795_140_000_000 },
};
const digest = {
  ...{ awsAccountId: "111122223333", digestStartTime: "2026-11-20T01:00:00Z", digestEndTime: "2026-11-20T02:00:00Z" },
  ...{ digestS3Bucket: "logs", digestS3Object: "AWSLogs/d.json.gz", logFiles: [] },
};

describe("what is no record of a call is named, with what to do", () => {
  test.each([
    ["Insights events", JSON.stringify({ Records: [insight, insight] }), /^Insights events .*CloudTrail\/ instead/],
    ["an Insights event of EventBridge's", lines([event(insight, "AWS Insight via CloudTrail")]), /^Insights events /],
    [
      "Insights events in CloudWatch Logs",
      JSON.stringify(subscription([JSON.stringify(insight)])),
      /^Insights events /,
    ],
    ["aggregated events", JSON.stringify({ Records: [aggregated] }), /^aggregated events .*CloudTrail\/ instead/],
    ["aggregated events in an array", JSON.stringify([aggregated]), /^aggregated events /],
    ["a digest", JSON.stringify(digest), /^it is a digest, .*validate-logs/],
    ["OCSF", JSON.stringify(ocsf), /^it is in OCSF, .*CloudTrail\/ instead/],
    ["OCSF, one a line", lines([ocsf, ocsf]), /^it is in OCSF/],
    ["OCSF in CloudWatch Logs", JSON.stringify({ events: [{ message: JSON.stringify(ocsf) }] }), /^it is in OCSF/],
    ["CloudTrail's notification", JSON.stringify({ s3Bucket: "b", s3ObjectKey: ["k"] }), /s3:\/\/BUCKET\/KEY/],
    ["another service's event", lines([event({ id: "1" }, "GuardDuty Finding")]), /"GuardDuty Finding" are none/],
    ["a plan of Terraform's", '{"format_version":"1.2","terraform_version":"1.14.0"}', /trailwarden review/],
    ["a record without a source", '{"eventName":"StopLogging"}', /^it holds no records of CloudTrail's: eventSource/],
    ["a text", '"hello"', /^it holds no records of CloudTrail's: the record is a string/],
    ["envelopes without an end", "[".repeat(20) + "]".repeat(20), /^it holds no records of CloudTrail's: more than 8/],
    ["what is compressed twice", gzipSync(logFile(records)), /^it is compressed twice, .*gzip -dc/],
    ["lines that begin with a time", `2026-11-20T02:12:31.000Z ${texts[0]}\n`, /^each line begins with a time/],
    ["the AWS CLI's text", `EVENTS\tAKIAEXAMPLE\t${texts[0]}`, /--output json/],
    ["the AWS CLI's YAML", "Events:\n- AccessKeyId: AKIAEXAMPLE\n", /--output json/],
    ["CSV", "Event name,Event time,User name\nStopLogging,2026-11-20,alice\n", /^it is CSV/],
    ["CSV of Athena's", '"eventtime","eventname","useridentity"\n"2026","StopLogging",""\n', /^it is CSV/],
  ])("%s", async (_, content, reason) => {
    for (const one of typeof content === "string" ? [content, gzipSync(content)] : [content]) {
      const { alerts, files } = await toldOf(one, logFile(records));

      expect(files).toMatchObject({ read: 1, unreadable: [{ reason: expect.stringMatching(reason) }] });
      expect(alerts).toHaveLength(2);
    }
  });

  test("also among records, which are read", async () => {
    const { alerts, records: read } = await toldOf(JSON.stringify({ Records: [insight, ...records, aggregated] }));

    expect(alerts).toHaveLength(2);
    expect(read).toMatchObject({ read: 5, processingErrors: 2 });
    expect(read.firstProcessingErrors.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^Insights events /),
      expect.stringMatching(/^aggregated events /),
    ]);
  });
});

test("a folder of all formats tells each event once, and names what it can't read", async () => {
  const contents = [...FORMATS.map(([, content]) => content), JSON.stringify(ocsf), gzipSync("x").subarray(0, 12)];
  const { alerts, files, detections } = await toldOf(...contents);

  expect(alerts).toHaveLength(2);
  expect(files).toMatchObject({ read: FORMATS.length });
  expect(files.unreadable).toHaveLength(2);
  const duplicates = detections.flatMap(({ days }) => days.map((day) => day.duplicates));
  expect(duplicates.reduce((sum, count) => sum + count, 0)).toBe(2 * (FORMATS.length - 1));
});
