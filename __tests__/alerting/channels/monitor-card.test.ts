import { describe, expect, test } from "@jest/globals";
import { alarmCard, urgentCard } from "../../../alerting/channels/monitor-card";
import { urgentMessage } from "../../../constructs/rules/urgent-message";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { alarm, urgent } from "../delivery/notifications";

describe("a CloudWatch alarm", () => {
  test("is of severity high, with its reason and description", () => {
    expect(alarmCard(alarm)).toMatchObject({
      kind: "alarm",
      severity: "high",
      headline: "ALARM: trailwarden-dead-letters",
      account: { id: "111122223333" },
      region: "eu-west-1",
      resources: [alarm.AlarmArn],
      links: [
        {
          text: "See the alarm in CloudWatch",
          url: "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/trailwarden-dead-letters",
        },
      ],
      time: Date.parse("2026-11-20T02:14:05.123Z"),
      paragraphs: [
        { heading: "What it means", text: alarm.AlarmDescription },
        { heading: "Reason", text: alarm.NewStateReason },
      ],
    });
  });

  test("that is over is of severity low, and another message", () => {
    const over = alarmCard({ ...alarm, NewStateValue: "OK" });

    expect(over).toMatchObject({ severity: "low", headline: "OK: trailwarden-dead-letters" });
    expect(over?.notificationId).not.toBe(alarmCard(alarm)?.notificationId);
    expect(alarmCard({ ...alarm })?.notificationId).toBe(alarmCard(alarm)?.notificationId);
  });

  test("is nothing else that has a name alone", () => {
    expect(alarmCard({ AlarmName: "x" })).toBeUndefined();
    expect(alarmCard({ NewStateValue: "OK" })).toBeUndefined();
  });
});

describe("EventBridge's short alert", () => {
  test("says what, where, when and from where", () => {
    expect(urgentCard(urgent)).toMatchObject({
      kind: "urgent",
      severity: "critical",
      headline: "StopLogging from 198.51.100.7 in 111122223333",
      account: { id: "111122223333" },
      region: "eu-west-1",
      time: Date.parse("2026-11-20T02:14:05Z"),
      detections: ["trail-stopped"],
      paragraphs: [{ heading: "Alert", text: urgent }],
    });
  });

  test("of several lines has them, and its link", () => {
    const url = "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/e1";
    const lines = [
      "CRITICAL StopLogging in account 111122223333 eu-west-1 at 2026-11-20T02:14:05Z from cloudtrail.amazonaws.com.",
      "Trail stopped.",
      `See it: ${url}`,
      "Event e1, detection trail-stopped.",
    ];
    const card = urgentCard(lines.join("\n"));

    expect(card).toMatchObject({
      severity: "critical",
      headline: "StopLogging from cloudtrail.amazonaws.com in 111122223333",
      title: "Trail stopped",
      account: { id: "111122223333" },
      detections: ["trail-stopped"],
      links: [{ text: "See the event in CloudTrail", url }],
      paragraphs: [],
    });
    expect(card.facts).toContainEqual({ name: "From", value: "cloudtrail.amazonaws.com" });
  });

  test.each(
    catalogue.filter(({ severity }) => severity === "critical").map((detection) => [detection.id, detection] as const),
  )("of %s, as EventBridge sends it, is a card with everything of it once", (id, detection) => {
    const values: Readonly<Record<string, string>> = {
      account: "111122223333",
      awsRegion: "eu-west-1",
      eventID: "e1",
      eventName: "SomeCall",
      eventTime: "2026-11-20T02:14:05Z",
      sourceIPAddress: "198.51.100.7",
    };
    const { inputTemplate } = urgentMessage(detection, "eu-west-1");
    const lines = inputTemplate
      .split("\n")
      .map((line) => JSON.parse(line.replace(/<(\w+)>/g, (text, name: string) => values[name] ?? text)) as string);
    const card = urgentCard(lines.join("\n"), { accountNames: { "111122223333": "prod" } });

    expect(card).toMatchObject({
      severity: detection.severity,
      headline: "SomeCall from 198.51.100.7 in prod",
      title: detection.title,
      account: { id: "111122223333", name: "prod" },
      detections: [id],
    });
    expect(card.paragraphs.map(({ heading }) => heading)).toEqual(["Alert"]);
    expect(card.steps).toHaveLength(2);
    expect(card.steps[0]?.text).toContain(detection.runbook.check.split("<")[0]);
    expect(card.steps[1]?.text).toContain("If it was not intended: ");
    expect(card.links).toHaveLength(1);
    expect(JSON.stringify([card.headline, card.title, card.paragraphs, card.steps])).not.toContain("CRITICAL");
  });

  test("in other words still is critical, with its text", () => {
    expect(urgentCard("Something else")).toMatchObject({
      severity: "critical",
      headline: "Something else",
      account: { id: "" },
      detections: [],
    });
  });
});

test("a short alert that is longer than a card says of which event it is all the same, and is no other event's", () => {
  const of = (event: string) =>
    urgentCard(
      `CRITICAL A in account 111122223333 r at 2026-11-20T02:14:05Z from f.\nTitle.\n${"Long. ".repeat(1_000)}\nEvent ${event}, detection d.`,
    );

  expect(of("e1").facts).toContainEqual({ name: "Event", value: "e1" });
  expect(of("e1").detections).toEqual(["d"]);
  expect(of("e1").paragraphs[0]?.text.length).toBeLessThanOrEqual(3_000);
  expect(of("e1").notificationId).not.toBe(of("e2").notificationId);
});
