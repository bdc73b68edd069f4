import { describe, expect, test } from "@jest/globals";
import { lookedFor, seenIn, toldWhen } from "../../../cli/detections/words";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";

test.each<[Partial<Detection>, RegExp]>([
  [{}, /^Alerts at the first event\. What follows of one actor within 15 minutes is folded/],
  [{ fold: { minutes: 120, by: ["awsRegion", "eventName"] } }, /of the same awsRegion and eventName within 2 hours is/],
  [{ fold: { minutes: 1 } }, /within a minute is folded/],
  [{ tier: "digest" }, /^Told in the daily digest: one line for all events of one actor within a day\.$/],
  [{ tier: "signal" }, /^Tells nobody; it is only counted\.$/],
  [{ route: "topic" }, /^EventBridge tells the urgent topic itself of every event; what it missed the function tells/],
  [
    { count: { threshold: 10, minutes: 60, by: ["recipientAccountId"] } },
    /^Alerts once 10 different events of the same recipientAccountId have come within an hour, /,
  ],
  [{ count: { threshold: 2, minutes: 90 } }, /events of one actor have come within 90 minutes/],
])("of %j it is said when somebody is told", (over, sentence) => {
  expect(toldWhen({ ...trailStopped, ...over })).toMatch(sentence);
});

test("it is said where it is seen", () => {
  expect(seenIn(trailStopped)).toMatch(/^By an EventBridge rule within seconds/);
  for (const over of [{ path: "log" }, { tier: "digest" }] as const) {
    expect(seenIn({ ...trailStopped, ...over })).toMatch(/^In the log files alone/);
  }
});

describe("what it looks for", () => {
  test("ends with what the function asks besides", () => {
    const refine = [{ kind: "publicIp", field: "sourceIPAddress" }] as const;

    expect(lookedFor({ ...trailStopped, refine }).at(-1)).toEqual({
      depth: 0,
      text: "sourceIPAddress is a public internet address",
    });
  });
});
