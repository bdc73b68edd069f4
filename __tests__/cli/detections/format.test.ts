import { describe, expect, test } from "@jest/globals";
import { lookedFor, seenIn, toldWhen } from "../../../cli/detections/format";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";

test.each<[Partial<Detection>, RegExp]>([
  [{}, /^On the first event\. Later events of one caller within 15 minutes are grouped/],
  [
    { group: { minutes: 120, by: ["awsRegion", "eventName"] } },
    /of the same awsRegion and eventName within 2 hours are/,
  ],
  [{ group: { minutes: 1 } }, /within a minute are grouped/],
  [{ tier: "digest" }, /^Daily digest: one line for all events of one caller within a day\.$/],
  [{ tier: "signal" }, /^None; matches are only counted\.$/],
  [
    { route: "topic" },
    /^EventBridge sends every event to the urgent topic directly\. The function adds what EventBridge missed/,
  ],
  [
    { count: { threshold: 10, minutes: 60, by: ["recipientAccountId"] } },
    /^When 10 different events of the same recipientAccountId occur within an hour, /,
  ],
  [{ count: { threshold: 2, minutes: 90 } }, /events of one caller occur within 90 minutes/],
])("%j says when it alerts", (over, sentence) => {
  expect(toldWhen({ ...trailStopped, ...over })).toMatch(sentence);
});

test("says which path detects it", () => {
  expect(seenIn(trailStopped)).toMatch(/^An EventBridge rule detects it within seconds/);
  for (const over of [{ path: "log" }, { tier: "digest" }] as const) {
    expect(seenIn({ ...trailStopped, ...over })).toMatch(/^Detected in the log files only/);
  }
});

describe("what it matches", () => {
  test("ends with the refinements", () => {
    const refine = [{ kind: "publicIp", field: "sourceIPAddress" }] as const;

    expect(lookedFor({ ...trailStopped, refine }).at(-1)).toEqual({
      depth: 0,
      text: "sourceIPAddress is a public internet address",
    });
  });
});
