import type { PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { digestNotice } from "../../../alerting/notices/digest";
import type { Notice } from "../../../alerting/notices/notice";
import { shortened } from "../../../alerting/notices/shortened";
import { summaryNotice } from "../../../alerting/notices/summary";
import { wrapRecord } from "../../../detection/events/envelope";
import { messageOf, snsPublisher } from "../../../lambda-src/adapters/sns-publisher";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../../alerting/notices/notices";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:alerts";
/** Bytes that SNS takes, message and attributes together. Source: API_Publish. */
const SNS_BYTES = 262_144;

/** What SNS would be sent. */
async function sent(notice: Notice): Promise<PublishCommandInput> {
  const inputs: PublishCommandInput[] = [];
  const client = { send: async ({ input }: { input: PublishCommandInput }) => inputs.push(input) };
  await snsPublisher(client as unknown as SNSClient, TOPIC, () => new AbortController().signal, shortened)(notice);
  return inputs[0] as PublishCommandInput;
}

interface Channels {
  readonly default: string;
  readonly email: string;
  readonly sms: string;
  readonly http: string;
  readonly https: string;
  readonly sqs: string;
}

const channelsOf = ({ Message }: PublishCommandInput) => JSON.parse(Message ?? "") as Channels;

function bytesOf({ Message, MessageAttributes }: PublishCommandInput): number {
  const attributes = Object.entries(MessageAttributes ?? {}).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [Message, ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 0);
}

/** SNS takes it, every channel can read it, and what is not whole says so. */
async function expectFits(notice: Notice): Promise<Channels> {
  const input = await sent(notice);
  const channels = channelsOf(input);
  expect(bytesOf(input)).toBeLessThanOrEqual(SNS_BYTES);
  expect(Object.keys(channels).sort()).toEqual(["default", "email", "http", "https", "sms", "sqs"]);
  expect(channels.default).toBe(channels.email);
  expect([channels.http, channels.https]).toEqual([channels.sqs, channels.sqs]);
  expect(channels.sms).toMatch(/^[\x20-\x7e]{1,140}$/);
  expect(input.Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  expect(JSON.stringify(channels)).not.toMatch(/\\ud[89a-f]/i);
  const json = JSON.parse(channels.sqs) as { readonly shortened?: boolean };
  const whole = JSON.stringify(notice.json) === channels.sqs;
  expect(json.shortened ?? false).toBe(!whole);
  expect(channels.email.includes("Shortened: ")).toBe(channels.email !== notice.email);
  for (const value of Object.values(input.MessageAttributes ?? {})) expect(value.StringValue).not.toBe("");
  return channels;
}

const detection = detectionNamed("unauthorized-calls");
const alert = (overrides: Partial<typeof detection> = {}, record = {}) =>
  alertNotice(buildAlert({ ...detection, ...overrides }, wrapRecord(unauthorizedDescribe(record)), "log"));
const runbook = (text: string) => ({ runbook: { check: text, command: text, contain: text } });

function digestOf(actors: number, name: (i: number) => string): Notice {
  const window = closingWindow({}, "digest");
  const entries = Array.from({ length: actors }, (_, i) => ({
    window,
    totals: totalsOf(...grouped(2, { actor: name(i) })),
  }));
  return digestNotice(entries, "111122223333", "us-east-1");
}

describe("snsPublisher", () => {
  test("sends every channel its words, and what subscribers filter on", async () => {
    const notice = alert();
    const input = await sent(notice);
    const json = JSON.stringify(notice.json);

    expect(input).toMatchObject({ TopicArn: TOPIC, Subject: notice.subject, MessageStructure: "json" });
    expect(channelsOf(input)).toEqual({
      default: notice.email,
      email: notice.email,
      sms: notice.sms,
      http: json,
      https: json,
      sqs: json,
    });
    expect(input.MessageAttributes).toEqual({
      kind: { DataType: "String", StringValue: "alert" },
      severity: { DataType: "String", StringValue: "low" },
      detection: { DataType: "String", StringValue: "unauthorized-calls" },
      account: { DataType: "String", StringValue: "111122223333" },
      region: { DataType: "String", StringValue: "eu-west-1" },
      "AWS.SNS.SMS.SMSType": { DataType: "String", StringValue: "Transactional" },
    });
  });

  test("rejects where SNS does not take it", async () => {
    const client = { send: () => Promise.reject(new Error("Throttled")) } as unknown as SNSClient;

    await expect(snsPublisher(client, TOPIC, () => new AbortController().signal, shortened)(alert())).rejects.toThrow(
      "Throttled",
    );
  });
});

describe("what is too large for SNS", () => {
  test.each([
    ["of a megabyte", "x".repeat(1_000_000)],
    ["of a megabyte of lines", "x\n".repeat(500_000)],
    ["that JSON writes longer", '"\\\u0001'.repeat(100_000)],
    ["in an alphabet of three bytes a character", "東京".repeat(200_000)],
    ["of four bytes a character", "🔥".repeat(100_000)],
  ])("is shortened: an alert whose runbook is a text %s", async (_, text) => {
    const { email, sqs } = await expectFits(alert(runbook(text)));

    expect(email.length).toBeLessThan(6_000);
    expect(email).toContain("Who      alice\n         IAM user alice (account 111122223333)");
    expect(JSON.parse(sqs)).toMatchObject({
      detection: { id: "unauthorized-calls" },
      event: { id: unauthorizedDescribe().eventID },
    });
  });

  test("keeps what follows a line that is cut", async () => {
    const { email } = await expectFits(alert(runbook("x".repeat(1_000_000))));

    expect(email).toContain(
      "See it in CloudTrail's event history (5 to 15 minutes after the call, for 90\ndays):\nhttps://",
    );
    expect(email).toContain("3. If it was not intended:\n   xxx");
  });

  test.each([
    ["plain names", (i: number) => `IAM user number ${i} (account 111122223333)`],
    ["names in another alphabet", (i: number) => `${"東".repeat(100)} ${i}`],
    ["names of four bytes a character", (i: number) => `${"🔥".repeat(100)} ${i}`],
  ])("fits: a digest of fifty thousand actors with %s", async (_, name) => {
    const { email, sqs } = await expectFits(digestOf(50_000, name));

    expect(email).toContain("Access denied ×100000\n");
    expect(email).toContain("\nDetection unauthorized-calls\n");
    expect(JSON.parse(sqs)).toMatchObject({
      kind: "digest",
      count: 100_000,
      detections: [{ otherActors: { actors: 49_900, count: 99_800 } }],
    });
  });

  test("fits: a summary of very many calls", async () => {
    const members = Array.from({ length: 20_000 }, (_, i) =>
      grouped(1, { eventName: `Call${i}`, region: `r-${i}` }),
    ).flat();
    const notice = summaryNotice(closingWindow(), totalsOf(...members), "111122223333");
    const { email, sqs } = await expectFits(notice);

    expect(email).toBe(notice.email);
    expect(JSON.parse(sqs)).toMatchObject({ kind: "summary", count: 20_000, total: 20_000 });
  });

  test("is shortened: a digest of very many detections with very many actors", async () => {
    const entries = Array.from({ length: 150 }, (_, i) => ({
      window: closingWindow({ detection: `detection-${i}`, title: `Detection ${i}` }, "digest"),
      totals: totalsOf(
        ...Array.from({ length: 150 }, (_, n) => grouped(1, { actor: `${"東".repeat(150)} ${n}` })).flat(),
      ),
    }));
    const { sqs } = await expectFits(digestNotice(entries, "111122223333", "us-east-1"));

    expect(JSON.parse(sqs)).toMatchObject({ kind: "digest", count: 22_500, shortened: true });
  });

  test("fits where every text of an alert is as long as may be, and SNS takes most bytes for it", async () => {
    const long = '\\"'.repeat(3_000);
    const parameters = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`${i}${long}`.slice(0, 190), long]));
    const record = {
      ...Object.fromEntries(
        ["eventName", "userAgent", "sourceIPAddress", "errorMessage", "errorCode"].map((name) => [name, long]),
      ),
      requestParameters: parameters,
      responseElements: parameters,
      resources: Array(100).fill({ ARN: long, type: long, accountId: long }),
    };

    await expectFits(alert({ why: long, title: long, ...runbook(long) }, record));
  });

  test("is whole up to the last byte", () => {
    const notice = alert(runbook("x".repeat(30_000)));
    const bytes = Buffer.byteLength(messageOf(notice, Number.POSITIVE_INFINITY, shortened));
    const emailIn = (maximum: number) => (JSON.parse(messageOf(notice, maximum, shortened)) as Channels).email;

    expect(emailIn(bytes)).toBe(notice.email);
    expect(emailIn(bytes - 1)).toContain("Shortened: ");
  });

  test("fits, is JSON and says that it is not whole, whatever it is", async () => {
    const text = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 20 });
    const repeated = fc
      .record({ piece: text, times: fc.constantFrom(1, 100, 3_000, 30_000) })
      .map(({ piece, times }) => piece.repeat(times));
    const record = fc.record({
      awsRegion: repeated,
      recipientAccountId: repeated,
      userAgent: repeated,
      eventName: repeated,
    });
    await fc.assert(
      fc.asyncProperty(repeated, repeated, repeated, record, async (why, check, title, fields) => {
        await expectFits(alert({ why, title, ...runbook(check) }, fields));
      }),
      { numRuns: 30 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(1_500), repeated, async (actors, name) => {
        await expectFits(digestOf(actors, (i) => `${name.slice(0, 300)} ${i}`.replace(/[\uD800-\uDFFF]/gu, "")));
      }),
      { numRuns: 10 },
    );
  });
});
