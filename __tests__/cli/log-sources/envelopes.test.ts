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
  rootGetCallerIdentity({ requestParameters: { Events: [1] } }),
];

/** An event as `lookup-events` tells it. */
function event(record: object): object {
  const { eventID, eventName, eventSource } = record as Record<string, string>;
  return {
    ...{ EventId: eventID, EventName: eventName, ReadOnly: "true", EventTime: "2026-11-20T03:12:31+01:00" },
    ...{ EventSource: eventSource, Username: "alice", Resources: [], CloudTrailEvent: JSON.stringify(record) },
  };
}
/** What is told of a file with this in it. */
async function toldOf(content: string | Buffer) {
  const { alerts, ...result } = await told({ "a.json": Buffer.from(content) }, asked);
  return { ...result, alerts: alerts.map((alert) => ({ ...alert, file: basename(alert.file) })) };
}

const page = (some: readonly object[], more: object = {}) => ({ Events: some.map(event), ...more });

describe("what lookup-events answers is replayed as the log file with the same records", () => {
  test.each([
    ["as the command prints it", JSON.stringify(page(records, { NextToken: "more" }), null, 4)],
    ["in a line", JSON.stringify(page(records))],
    ["compressed", gzipSync(JSON.stringify(page(records)))],
    ["pages one after the other", records.map((record) => JSON.stringify(page([record]))).join("\n")],
    ["with a page of nothing", `{ "Events": [] }\n${JSON.stringify(page(records))}\n{"Events":[]}`],
    ["the events alone", JSON.stringify(records.map(event))],
    ["an event a line", records.map((record) => JSON.stringify(event(record))).join("\n")],
    ["the records alone, as text", records.map((record) => JSON.stringify(record)).join("\t")],
  ])("%s", async (_, content) => {
    const { files, ...result } = await toldOf(content);
    const { files: itsFiles, ...expected } = await toldOf(logFile(records));

    expect(result).toEqual(expected);
    expect(result.alerts).toHaveLength(2);
    expect(files).toMatchObject({ read: 1, unreadable: [] });
  });

  test("however much it is", async () => {
    const many = Array.from({ length: 12_000 }, (_, number) =>
      harmless({ eventID: String(number), userAgent: "long".repeat(200) }),
    );
    const content = JSON.stringify(page([...many, ...records]), null, 4);
    const { records: read, alerts } = await toldOf(content);

    expect(content.length).toBeGreaterThan(17 * 1024 ** 2);
    expect(read).toMatchObject({ read: 12_003, processingErrors: 0 });
    expect(alerts).toHaveLength(2);
  });
});

describe("what is wrong with an event of lookup-events leaves its neighbours alone", () => {
  const wrong = [{ ...event(harmless()), CloudTrailEvent: "{" }, { EventId: "trimmed" }, null];

  test.each([
    ["in one page", { Events: [...wrong, ...records.map(event)] }],
    ["in an array", [...wrong, ...records.map(event)]],
  ])("%s", async (_, content) => {
    const { alerts, records: read } = await toldOf(JSON.stringify(content));

    expect(alerts).toHaveLength(2);
    expect(read).toMatchObject({ read: 6, processingErrors: 3 });
    expect(read.firstProcessingErrors.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^CloudTrailEvent is not JSON: /),
      "eventSource is absent, not a name",
      "the record is null, not an object",
    ]);
  });

  test("and when it breaks off, what comes before it", async () => {
    const content = JSON.stringify(page(records), null, 4);
    const { alerts, records: read, files } = await toldOf(content.slice(0, -100));

    expect(alerts.map(({ detection }) => detection)).toEqual(["unauthorized-ec2-call"]);
    expect(read.read).toBe(2);
    expect(files.unreadable).toEqual([expect.objectContaining({ reason: "it is not JSON: it ends too early" })]);
  });

  test("also of the second page", async () => {
    const content = `${JSON.stringify(page(records))}\n${JSON.stringify(page(records)).slice(0, -9)}`;
    const { alerts, records: read, files } = await toldOf(content);

    expect(alerts).toHaveLength(2);
    expect(read.read).toBe(3);
    expect(files.unreadable).toHaveLength(1);
  });
});

describe("what functions get of streams has the source and name of a call, and is an envelope all the same", () => {
  const toBucket = JSON.stringify({
    messageType: "DATA_MESSAGE",
    logEvents: records.map((record) => ({ id: "1", timestamp: 1, message: JSON.stringify(record) })),
  });
  const ofStream = (data: Buffer) => ({
    kinesis: { kinesisSchemaVersion: "1.0", partitionKey: "1", data: data.toString("base64") },
    ...{ eventSource: "aws:kinesis", eventVersion: "1.0", eventID: "shardId-0:1", eventName: "aws:kinesis:record" },
  });
  const onBus = (record: object) => ({
    ...{ version: "0", "detail-type": "AWS API Call via CloudTrail", source: "aws.ec2", detail: record },
  });
  test.each([
    ["log events in a stream", JSON.stringify({ Records: [ofStream(gzipSync(toBucket))] })],
    ["one to a line", JSON.stringify(ofStream(gzipSync(toBucket)))],
    [
      "EventBridge's events in a stream",
      JSON.stringify({ Records: records.map((record) => ofStream(Buffer.from(JSON.stringify(onBus(record))))) }),
    ],
    [
      "what Firehose asks a function to change",
      JSON.stringify({
        deliveryStreamArn: "x",
        records: [{ recordId: "1", data: gzipSync(toBucket).toString("base64") }],
      }),
    ],
  ])("%s", async (_, content) => {
    const { alerts, records: read, files } = await toldOf(content);

    expect(alerts).toHaveLength(2);
    expect(read).toMatchObject({ read: 3, processingErrors: 0 });
    expect(files).toMatchObject({ read: 1, unreadable: [] });
  });

  test.each(["aws:s3", "aws:dynamodb"])("or named, where it holds none: %s", async (eventSource) => {
    const { files } = await toldOf(
      JSON.stringify({ Records: [{ eventSource, eventName: "ObjectCreated:Put", s3: {} }] }),
    );

    expect(files.unreadable).toEqual([
      expect.objectContaining({ reason: expect.stringContaining(`functions get from "${eventSource}"`) }),
    ]);
  });
});

test("a record that can't be read keeps its own reason", async () => {
  const large = JSON.stringify({ ...harmless(), userAgent: "x".repeat(17 * 1024 ** 2) });
  const all = records.map((record) => JSON.stringify(record));
  const { alerts, records: read } = await toldOf(
    `{"Records":[${[all[0], large, '{"eventName":tru}', ...all.slice(1)]}]}`,
  );

  expect(alerts).toHaveLength(2);
  expect(read.firstProcessingErrors.map(({ reason }) => reason)).toEqual([
    "the record is larger than 16777216 bytes",
    expect.stringMatching(/^the record is not JSON: /),
  ]);
});

describe("JSON lines go on behind one that is none, which is named", () => {
  const lines = records.map((record) => JSON.stringify(record));
  const harmlessLine = JSON.stringify(harmless());
  test.each([
    ["cut off", harmlessLine.slice(0, 200), "it ends too early"],
    ["cut off in a text", harmlessLine.slice(0, -20), "it ends too early"],
    ["a message", "Connection reset by peer", "unexpected C"],
    ["null", "null", "unexpected n"],
    ["a lone brace", "}", "unexpected }"],
  ])("%s", async (_, bad, problem) => {
    for (const filling of ["", "x".repeat(600_000), "x".repeat(17 * 1024 ** 2)]) {
      const some = filling === "" ? [] : [JSON.stringify(harmless({ userAgent: filling.slice(0, 10 * 1024 ** 2) }))];
      const content = [lines[0], bad, ...some, lines[1], bad, ...lines.slice(2), ...some].join("\n");
      const { alerts, records: read, files } = await toldOf(content);

      expect(alerts).toHaveLength(2);
      expect(files.unreadable).toEqual([]);
      expect(read).toMatchObject({ read: 5 + 2 * some.length, processingErrors: 2 });
      expect(read.firstProcessingErrors[0]?.reason).toContain(`a line is not JSON: ${problem}`);
    }
  });

  test("but not without end, nor at the end", async () => {
    const cut = await toldOf([...lines, harmlessLine.slice(0, 200)].join("\n"));
    expect(cut.files.unreadable).toEqual([expect.objectContaining({ reason: "it is not JSON: it ends too early" })]);
    expect(cut.alerts).toHaveLength(2);

    const many = await toldOf(Array.from({ length: 300 }, () => `${harmlessLine}\nno JSON`).join("\n"));
    expect(many.records.processingErrors).toBe(100);
    expect(many.files.unreadable).toEqual([
      expect.objectContaining({ reason: expect.stringContaining("unexpected n") }),
    ]);
  });
});
