import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readDeliveries } from "../../../alerting/delivery/delivery-message";
import { urgentMessage } from "../../../constructs/rules/urgent-message";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { alarm, alert, INCIDENT, urgent } from "./notifications";

const LABELS = { accountNames: {} };
const read = (event: unknown) => readDeliveries(event, LABELS, 7);
const contentOf = (body: string) => read({ Records: [{ messageId: "m", body }] })[0]?.content;

describe("a message of the queue", () => {
  test("has its id, its receipt, its age and how often it was received", () => {
    const [message] = read({
      Records: [
        {
          messageId: "m1",
          receiptHandle: "r1",
          eventSourceARN: "arn:q",
          body: JSON.stringify(alert),
          attributes: { ApproximateReceiveCount: "3", SentTimestamp: "1795140845000" },
        },
      ],
    });

    expect(message?.queued).toEqual({
      id: "m1",
      receiptHandle: "r1",
      sentAt: 1_795_140_845_000,
      origin: { queueArn: "arn:q", body: JSON.stringify(alert), receives: 3 },
    });
  });

  test("without attributes is new", () => {
    expect(read({ Records: [{ messageId: "m1", body: "x" }] })[0]?.queued).toMatchObject({
      sentAt: 7,
      origin: { receives: 1 },
    });
  });

  test.each([
    ["a notification", JSON.stringify(alert), { kind: "card", card: { kind: "alert", notificationId: "e1" } }],
    ["an alarm", JSON.stringify(alarm), { kind: "card", card: { kind: "alarm", severity: "high" } }],
    ["a short alert", JSON.stringify(urgent), { kind: "card", card: { kind: "urgent", severity: "critical" } }],
    [
      "a short alert of several lines",
      '"CRITICAL A in account 1 r at t from f."\n"Title."\n',
      {
        kind: "card",
        card: { kind: "urgent", headline: "A from f in 1", title: "Title" },
      },
    ],
    ["the schedule's", '{"trailwarden":"poll-channels"}', { kind: "poll-channels" }],
    ["nothing", "", { kind: "unreadable", reason: expect.stringMatching(/^the message is not JSON/) }],
    ["half a short alert", '"CRITICAL A"\n{"a":1}', { kind: "unreadable" }],
    ["an empty text", '" "', { kind: "unreadable", reason: "the message is empty" }],
    ["a list", "[1]", { kind: "unreadable", reason: "the message is an array, not an object" }],
    [
      "another command",
      '{"trailwarden":"delete"}',
      { kind: "unreadable", reason: expect.stringContaining('"delete"') },
    ],
  ])("that is %s is read", (_, body, content) => {
    expect(contentOf(body)).toMatchObject(content);
  });
});

test("a direct invocation is one message without a queue", () => {
  expect(read({ trailwarden: "acknowledge", incident: INCIDENT, by: " Bo\n" })).toEqual([
    { content: { kind: "acknowledge", incident: INCIDENT, by: "Bo" } },
  ]);
});

test("EventBridge's short alert is read as the rules word it, of whichever detection", () => {
  const values: Readonly<Record<string, string>> = {
    account: "111122223333",
    awsRegion: "eu-west-1",
    eventID: "e1",
    eventName: "StopLogging",
    eventTime: "2026-11-20T02:14:05Z",
    sourceIPAddress: "cloudtrail.amazonaws.com",
  };
  const wordingOf: (detection: Detection, homeRegion: string) => { readonly inputTemplate: string } = urgentMessage;
  for (const detection of catalogue.filter(({ severity }) => severity === "critical")) {
    const template = wordingOf(detection, "us-east-1").inputTemplate.replaceAll("$${", "${");
    const content = contentOf(template.replace(/<(\w+)>/g, (_, name: string) => String(values[name])));

    expect(content).toMatchObject({
      kind: "card",
      card: {
        kind: "urgent",
        severity: "critical",
        account: { id: "111122223333" },
        region: "eu-west-1",
        detections: [detection.id],
      },
    });
    const names = content?.kind === "card" ? content.card.facts.map(({ name }) => name) : [];
    expect(names).toEqual(["What", "From", "When", "Account", "Region", "Event"]);
  }
});

test("whatever comes is read or said to be unreadable, in one line", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      (body) => {
        const content = contentOf(body);

        expect(content).toBeDefined();
        if (content?.kind === "unreadable") expect(content.reason).toMatch(/^[^\n\r]{1,500}$/);
      },
    ),
  );
});
