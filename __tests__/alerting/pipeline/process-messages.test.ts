import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { type AlertToRender, alertRenderer } from "../../../alerting/notices/alert-renderer";
import { NO_LABELS } from "../../../alerting/notices/labels";
import { harmless, rootGetCallerIdentity, unauthorizedDescribe } from "../../detection/events/records";
import { delivery, expectBalanced, LOG_FILE, logFile, picked, run } from "../run-pipeline";

const OTHER_LOG_FILE = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/b.json.gz";
const DIGEST = "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/d.json.gz";

describe("log path", () => {
  test("publishes what the log file holds and nothing else, the most severe first", async () => {
    const { alerts, failed, tally } = await run([delivery(LOG_FILE)], {
      [LOG_FILE]: logFile(harmless(), unauthorizedDescribe(), rootGetCallerIdentity()),
    });

    expect(alerts).toEqual(["root-get-caller-identity 5a4e1c95", "unauthorized-ec2-call 5a4e1c93"]);
    expect(tally.matches).toMatchObject({ made: 6, published: 2, merged: 2, counted: 2 });
    expect(failed).toEqual([false]);
    expect(tally.records).toEqual({ read: 3, evaluated: 3, processingErrors: 0 });
    expectBalanced(tally);
  });

  test("raises one event once, though two files hold it", async () => {
    const { alerts, tally } = await run([delivery(LOG_FILE, OTHER_LOG_FILE)], {
      [LOG_FILE]: logFile(unauthorizedDescribe()),
      [OTHER_LOG_FILE]: logFile(unauthorizedDescribe()),
    });

    expect(alerts).toHaveLength(1);
    expect(tally.matches).toMatchObject({ made: 6, published: 1, merged: 1, counted: 1, duplicate: 3 });
  });

  test("passes over digests and strange keys one by one", async () => {
    const { alerts, failed, tally } = await run([delivery(DIGEST, 7, null, LOG_FILE)], {
      [LOG_FILE]: logFile(unauthorizedDescribe()),
    });

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([false]);
    expect(tally.objects).toEqual({ named: 4, read: 1, skipped: 3, unreadable: 0, postponed: 0 });
  });

  test.each([
    ["is missing", undefined, "NoSuchKey"],
    ["is empty", Buffer.alloc(0), "it is empty"],
    ["isn't gzip", Buffer.from("plain"), "it is not gzip"],
    ["is truncated", logFile("x".repeat(999)).subarray(0, 25), "truncated"],
    ["has no Records", gzipSync("{}"), "Records is absent"],
  ])("fails the message whose file %s, says why, and reads the others", async (_, bytes, reason) => {
    const bad = delivery(OTHER_LOG_FILE, LOG_FILE);
    const files = { [LOG_FILE]: logFile(unauthorizedDescribe()), ...(bytes && { [OTHER_LOG_FILE]: bytes }) };

    const { alerts, failed, tally, lines } = await run([bad, picked(harmless())], files);

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([true, false]);
    expect(tally.objects).toEqual({ named: 2, read: 1, skipped: 0, unreadable: 1, postponed: 0 });
    expect(lines.some((line) => line.includes(reason) && line.includes(OTHER_LOG_FILE))).toBe(true);
    expectBalanced(tally);
  });

  test("tells what comes before the damage in a file, once, and fails the message for it to come again", async () => {
    const whole = JSON.stringify({ Records: [unauthorizedDescribe(), harmless(), harmless()] });
    const files = { [LOG_FILE]: gzipSync(whole.slice(0, -10)) };

    const { alerts, failed, tally } = await run([delivery(LOG_FILE), delivery(LOG_FILE)], files);

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([true, true]);
    expect(tally.objects).toMatchObject({ read: 0, unreadable: 2 });
    expect(tally.records).toEqual({ read: 4, evaluated: 4, processingErrors: 0 });
    expectBalanced(tally);
  });

  test("makes a finding of a record that is no JSON, and judges its neighbours", async () => {
    const record = JSON.stringify(unauthorizedDescribe());
    const files = { [LOG_FILE]: gzipSync(`{"Records":[{"eventName":tru},${record}]}`) };

    const { alerts, failed, tally, lines } = await run([delivery(LOG_FILE)], files);

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([false]);
    expect(tally.records).toEqual({ read: 2, evaluated: 1, processingErrors: 1 });
    expect(lines.some((line) => line.includes("the record is not JSON"))).toBe(true);
  });

  test("makes a finding of each record that can't be judged and goes on", async () => {
    const { alerts, failed, tally, lines } = await run([delivery(LOG_FILE)], {
      [LOG_FILE]: logFile(null, 5, {}, { eventID: "e9", eventSource: 1, eventName: "x" }, unauthorizedDescribe()),
    });

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([false]);
    expect(tally.records).toEqual({ read: 5, evaluated: 1, processingErrors: 4 });
    expect(lines.filter((line) => line.includes("record can't be processed"))).toHaveLength(4);
    expect(lines.some((line) => line.includes('"eventId":"e9"'))).toBe(true);
  });

  test("judges a record without userIdentity and one of five megabytes", async () => {
    const { alerts, tally } = await run([delivery(LOG_FILE)], {
      [LOG_FILE]: logFile(
        unauthorizedDescribe({ userIdentity: undefined }),
        unauthorizedDescribe({ eventID: "big", requestParameters: { blob: "x".repeat(5_000_000) } }),
      ),
    });

    expect(alerts).toEqual(["unauthorized-ec2-call 5a4e1c93", "unauthorized-ec2-call big"]);
    expect(tally.records).toEqual({ read: 2, evaluated: 2, processingErrors: 0 });
  });
});

describe("event path", () => {
  test("publishes of an event what a log file would, so that one alert names all detections", async () => {
    const { alerts, published, tally } = await run([picked()]);
    const fromFile = await run([delivery(LOG_FILE)], { [LOG_FILE]: logFile(unauthorizedDescribe()) });

    expect(alerts).toEqual(["unauthorized-ec2-call 5a4e1c93"]);
    expect(published[0]?.email).toMatch(
      /\nAlso +unauthorized-calls-burst \(high, from \d+ events on\),?\s+unauthorized-calls \(low\)\n/,
    );
    expect(published[0]?.json).toMatchObject({
      alsoMatched: [
        { id: "unauthorized-calls-burst", severity: "high" },
        { id: "unauthorized-calls", severity: "low" },
      ],
    });
    expect(tally.matches).toEqual(fromFile.tally.matches);
  });

  test("follows what EventBridge has sent to the urgent topic with the whole alert", async () => {
    const rendered: AlertToRender[] = [];
    const renderAlert = (alert: AlertToRender) => {
      rendered.push(alert);
      return alertRenderer(NO_LABELS)(alert);
    };
    const file = { [LOG_FILE]: logFile(rootGetCallerIdentity()) };
    const { alerts, tally } = await run([picked(rootGetCallerIdentity())], {}, { renderAlert });
    await run([delivery(LOG_FILE)], file, { renderAlert });
    await run([picked()], {}, { renderAlert });

    expect(alerts).toEqual(["root-get-caller-identity 5a4e1c95"]);
    expect(tally.matches).toMatchObject({ published: 1, merged: 1 });
    expect(rendered.map(({ detection, followsUrgent }) => [detection.id, followsUrgent])).toEqual([
      ["root-get-caller-identity", true],
      ["root-get-caller-identity", false],
      ["unauthorized-ec2-call", false],
    ]);
  });

  test("raises an event once that two rules have picked", async () => {
    const { alerts, tally } = await run([picked(), picked()]);

    expect(alerts).toHaveLength(1);
    expect(tally.matches).toMatchObject({ published: 1, merged: 1, counted: 1, duplicate: 3 });
  });

  test("makes a finding of an event whose detail can't be judged", async () => {
    const { failed, tally } = await run([{ id: "m", content: { kind: "unprocessable", reason: "why", eventId: "e" } }]);

    expect(failed).toEqual([false]);
    expect(tally.records).toEqual({ read: 1, evaluated: 0, processingErrors: 1 });
    expectBalanced(tally);
  });
});

test("acknowledges and counts a message that isn't CloudTrail's", async () => {
  const { failed, tally } = await run([{ id: "m", content: { kind: "unrecognized", reason: "not JSON" } }]);

  expect(failed).toEqual([false]);
  expect(tally.messages).toEqual({ received: 1, handled: 0, unrecognized: 1, failed: 0 });
});
