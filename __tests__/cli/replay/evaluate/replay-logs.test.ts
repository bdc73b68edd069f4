// Over 250 lines: what one replay makes of one set of made-up log files.
import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { jsonLines } from "../../../../cli/replay/output/json";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { totalsOf } from "../../../../cli/replay/result/totals";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { CALLER, copies } from "../../../alerting/two-accounts";
import { harmless, unauthorizedDescribe } from "../../../detection/events/records";
import { logFile, plan, setup, told } from "../logs";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const detections: readonly Detection[] = [
  refused,
  { ...refused, id: "counted", count: { threshold: 3, minutes: 10 } },
  { ...refused, id: "digested", tier: "digest" },
  { ...refused, id: "signal", tier: "signal" },
  catalogue.find(({ id }) => id === "trail-stopped") as Detection,
];
const at = (time: string, overrides: Readonly<Record<string, unknown>> = {}) =>
  unauthorizedDescribe({ eventID: time, eventTime: `2026-11-${time}Z`, ...overrides });
/** Three in one quarter of an hour, two on the next day, one of which comes twice. */
const records = ["20T10:01:00", "20T10:02:00", "20T10:03:00", "21T10:01:00", "21T10:20:00", "21T10:20:00"].map((time) =>
  at(time),
);

/** What is not 0, by detection. */
function counts({ detections: outcomes }: ReplayResult) {
  return Object.fromEntries(
    outcomes.map((outcome) => [
      outcome.detection,
      Object.fromEntries(Object.entries(totalsOf(outcome)).filter(([, count]) => count > 0)),
    ]),
  );
}

const whoWasTold = ({ alerts }: ReplayResult) => alerts.map(({ detection, eventID }) => `${detection} ${eventID}`);

describe("a replay", () => {
  test("says of each detection that matches what the function would have told in the end", async () => {
    expect(counts(await told({ "a.json.gz": records }, plan(setup(detections))))).toEqual({
      "unauthorized-ec2-call": { matches: 6, alerts: 3, grouped: 2, duplicates: 1, summaries: 1 },
      counted: { matches: 6, alerts: 1, counted: 4, duplicates: 1 },
      digested: { matches: 6, digested: 5, duplicates: 1 },
      signal: { matches: 6, counted: 5, duplicates: 1 },
    });
  });

  test("names what would have been told in the order of events, with the file it lies in", async () => {
    const { alerts } = await told(
      { "b.json.gz": [at("20T10:00:00")], "a.json.gz": [at("20T09:00:00")] },
      plan(setup([refused])),
    );

    expect(alerts.map(({ file, ...alert }) => ({ ...alert, file: basename(file) }))).toEqual([
      expect.objectContaining({ eventTime: "2026-11-20T09:00:00Z", file: "a.json.gz" }),
      {
        detection: "unauthorized-ec2-call",
        severity: "medium",
        tier: "alert",
        title: refused.title,
        callId: expect.stringMatching(/^111122223333\/sha256-/),
        eventID: "20T10:00:00",
        eventTime: "2026-11-20T10:00:00Z",
        eventSource: "ec2.amazonaws.com",
        eventName: "DescribeInstances",
        account: "111122223333",
        region: "eu-west-1",
        actor: "IAM user alice (account 111122223333)",
        sourceIPAddress: "203.0.113.77",
        userAgent: expect.stringMatching(/./),
        accessKeyId: expect.stringMatching(/^AKIA/),
        outcome: "denied",
        errorCode: "Client.UnauthorizedOperation",
        errorMessage: expect.stringMatching(/./),
        target: expect.stringContaining("instancesSet"),
        requestParameters: expect.stringContaining('{"instancesSet":'),
        responseElements: "",
        principal: "arn:aws:iam::111122223333:user/alice",
        caller: "arn:aws:iam::111122223333:user/alice",
        alsoMatched: [],
        incident: { id: expect.stringMatching(/^[0-9a-f]{16}-20261120T100000Z$/), role: "opens", number: 1 },
        file: "b.json.gz",
      },
    ]);
  });

  test("names the caller of a call that two accounts have records of, whichever file has which", async () => {
    const { owners, callers } = copies("1", { eventTime: "2026-11-20T10:00:00Z" });
    for (const files of [
      { "a.json.gz": [owners], "b.json.gz": [callers] },
      { "a.json.gz": [callers], "b.json.gz": [owners] },
    ]) {
      const { alerts } = await told(files, plan(setup([refused])));

      expect(alerts).toMatchObject([{ eventID: "callers-1", account: CALLER, alsoMatched: [] }]);
    }
  });

  test("names the caller where one account has both records", async () => {
    const { owners, callers } = copies("1", { eventTime: "2026-11-20T10:00:00Z" });
    const byName: Detection = { ...refused, group: { by: ["eventName"] } };
    const here = { ...callers, recipientAccountId: owners.recipientAccountId };
    for (const files of [
      { "a.json.gz": [owners], "b.json.gz": [here] },
      { "a.json.gz": [here], "b.json.gz": [owners] },
    ]) {
      const { alerts } = await told(files, plan(setup([byName])));

      expect(alerts).toMatchObject([{ eventID: "callers-1", userAgent: "aws-cli/2.31.1" }]);
    }
  });

  test("says all of an alert that comes after another account's record of a call", async () => {
    const { owners, callers } = copies("1", { eventTime: "2026-11-20T10:00:00Z" });
    const byName: Detection = { ...refused, group: { by: ["eventName"] } };
    const other = at("20T10:00:01", { eventID: "other" });
    for (const files of [
      { "a.json.gz": [owners, other], "b.json.gz": [callers] },
      { "a.json.gz": [callers], "b.json.gz": [other, owners] },
    ]) {
      const { alerts } = await told(files, plan(setup([byName])));

      expect(alerts).toMatchObject([{ eventID: "callers-1" }, { eventID: "other", userAgent: "aws-cli/2.31.1" }]);
    }
  });

  test("shows who called with what, what was asked and answered, and no secret of it", async () => {
    const token = `IQoJ${"b3JpZ2lu".repeat(20)}`;
    const record = unauthorizedDescribe({
      userAgent: "aws-cli/2.30.0",
      errorMessage: `refused ${token}`,
      requestParameters: { name: "a", password: "hunter2", policy: "\u202e", note: token },
      responseElements: { credentials: { accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionToken: "hunter2" } },
    });
    const { alerts } = await told({ "a.json.gz": [record] }, plan(setup([refused])));
    const [alert] = alerts;

    expect(JSON.stringify(alerts)).not.toMatch(/hunter2|IQoJ|\u202e/);
    expect(alert).toMatchObject({
      userAgent: "aws-cli/2.30.0",
      outcome: "denied",
      errorMessage: "refused (masked)",
      target: expect.stringContaining('"password":"(masked)"'),
      requestParameters: '{"name":"a","password":"(masked)","policy":"\\u202e","note":"(masked)"}',
      responseElements: '{"credentials":{"accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionToken":"(masked)"}}',
    });
    const [line = ""] = jsonLines({ alerts });
    expect(line).not.toContain("\u202e");
    expect(JSON.parse(line)).toMatchObject({ requestParameters: { name: "a", policy: "\u202e" }, outcome: "denied" });
  });

  test("keeps days apart", async () => {
    const { detections: outcomes } = await told({ "a.json.gz": records }, plan(setup([refused])));

    expect(outcomes[0]?.days).toEqual([
      expect.objectContaining({ day: "2026-11-20", matches: 3, alerts: 1, grouped: 2, duplicates: 0 }),
      expect.objectContaining({ day: "2026-11-21", matches: 3, alerts: 2, grouped: 0, duplicates: 1 }),
    ]);
  });

  test("tells once of an event that lies in two files, and names the same file whichever is read first", async () => {
    const one = [at("20T10:00:00")];
    const results = await Promise.all([
      told({ "a.json.gz": one, "b.json.gz": one }, plan(setup([refused]))),
      told({ "b.json.gz": one, "a.json.gz": one }, plan(setup([refused]))),
    ]);

    for (const result of results) {
      expect(counts(result)).toEqual({ "unauthorized-ec2-call": { matches: 2, alerts: 1, duplicates: 1 } });
      expect(result.alerts.map(({ file }) => basename(file))).toEqual(["a.json.gz"]);
    }
  });

  test("folds and counts across files, from the earliest event on", async () => {
    const result = await told(
      { "1.json.gz": [at("20T10:03:00")], "2.json.gz": [at("20T10:01:00")], "3.json.gz": [at("20T10:02:00")] },
      plan(setup(detections.slice(0, 2))),
    );

    expect(whoWasTold(result)).toEqual(["unauthorized-ec2-call 20T10:01:00", "counted 20T10:03:00"]);
  });

  test("suppresses what fell under a suppression when it happened, whatever day it is now", async () => {
    const suppression = {
      id: "first-day",
      detections: ["unauthorized-ec2-call"],
      pattern: { detail: { eventName: ["DescribeInstances"] } },
      owner: "somebody",
      reason: "known",
      expires: "2026-11-20",
    };
    const result = await told({ "a.json.gz": records }, plan(setup(detections.slice(0, 2), [suppression])));

    expect(counts(result)).toEqual({
      "unauthorized-ec2-call": { matches: 6, suppressed: 3, alerts: 2, duplicates: 1 },
      counted: { matches: 6, alerts: 1, counted: 4, duplicates: 1 },
    });
    expect(result.suppressions).toEqual([{ id: "first-day", reason: "known", matches: 3 }]);
  });

  test("judges what could be read of a file that breaks off, and all of its neighbours", async () => {
    const many = Array.from({ length: 500 }, (_, index) => at("23T10:00:00", { eventID: `many-${index}` }));
    const whole = logFile(many);
    const { alerts, files } = await told(
      {
        "a.json.gz": [at("20T10:00:00")],
        "broken.json.gz": whole.subarray(0, whole.length - 20),
        "empty.json.gz": new Uint8Array(),
        "z.json.gz": [at("22T10:00:00")],
      },
      plan(setup([refused])),
    );

    expect(alerts.map(({ eventID, file }) => [eventID, basename(file)])).toEqual([
      ["20T10:00:00", "a.json.gz"],
      ["22T10:00:00", "z.json.gz"],
      ["many-0", "broken.json.gz"],
    ]);
    expect(files.read).toBe(2);
    expect(files.unreadable.map(({ file, reason }) => `${basename(file)}: ${reason}`)).toEqual([
      expect.stringMatching(/^broken\.json\.gz: .*truncated/),
      expect.stringMatching(/^empty\.json\.gz: .*empty/),
    ]);
  });

  test("counts the records before a file breaks off, also those that nothing looks for", async () => {
    const text = Array.from({ length: 20 }, () => JSON.stringify(harmless())).join("\n");
    const { records: read, files } = await told({ "a.json": Buffer.from(`${text}\n{"event`) }, plan(setup([refused])));

    expect(files.unreadable).toHaveLength(1);
    expect(read.read).toBe(20);
  });

  test("counts records that can't be judged, and names the first of them by file and place", async () => {
    const odd = { eventName: "NoSource" };
    const { records: read, alerts } = await told(
      {
        "b.json.gz": [at("20T11:00:00"), ...Array.from({ length: 30 }, () => odd)],
        "a.json.gz": [at("20T10:00:00"), "no record"],
      },
      plan(setup([refused])),
    );

    expect(alerts).toHaveLength(2);
    expect(read).toMatchObject({ read: 33, processingErrors: 31 });
    expect(read.firstProcessingErrors).toHaveLength(10);
    expect(read.firstProcessingErrors[0]).toEqual({
      file: expect.stringContaining("a.json.gz"),
      reason: "the record is a string, not an object",
    });
  });

  test("can't read a file of which no record can be judged: it holds something else than CloudTrail's records", async () => {
    const { files, records: read } = await told(
      { "flow.json.gz": [{ version: 2, action: "ACCEPT" }, { version: 2 }], "none.json.gz": [] },
      plan(setup([refused])),
    );

    expect(files.unreadable.map(({ file, reason }) => [basename(file), reason])).toEqual([
      ["flow.json.gz", "it holds no records of CloudTrail's: eventSource is absent, not a name"],
    ]);
    expect(read).toEqual({ read: 2, processingErrors: 0, firstProcessingErrors: [] });
  });

  test("leaves out records outside of the times, regions and accounts asked for", async () => {
    const asked = {
      ...plan(setup([refused])),
      scope: { regions: ["eu-west-1"], accounts: ["111122223333"], to: Date.parse("2026-11-21") },
    };
    const result = await told(
      {
        "a.json.gz": [
          at("20T10:00:00"),
          at("20T11:00:00", { awsRegion: "eu-north-1" }),
          at("20T12:00:00", { recipientAccountId: "444455556666" }),
          at("21T00:00:00"),
        ],
      },
      asked,
    );

    expect(whoWasTold(result)).toEqual(["unauthorized-ec2-call 20T10:00:00"]);
  });
});

describe("the monitor's own names", () => {
  const changed = catalogue.find(({ id }) => id === "monitoring-topics-changed") as Detection;
  const subscribe = (account: string, topicAccount: string) =>
    at("20T10:00:00", {
      eventID: `${account} ${topicAccount}`.replace(" ", "-"),
      recipientAccountId: account,
      eventSource: "sns.amazonaws.com",
      eventName: "Subscribe",
      requestParameters: { topicArn: `arn:aws:sns:us-east-1:${topicAccount}:cloudtrail-alerts-demo` },
    });

  test("are those of a monitor in the account whose event it is", async () => {
    const result = await told(
      {
        "a.json.gz": [
          subscribe("111122223333", "111122223333"),
          subscribe("444455556666", "444455556666"),
          subscribe("111122223333", "999999999999"),
        ],
      },
      plan(setup([refused, changed])),
    );

    expect(result.detections.map(({ detection, days }) => [detection, days[0]?.matches])).toEqual(
      expect.arrayContaining([["monitoring-topics-changed", 2]]),
    );
  });

  test("are those of each of two configurations", async () => {
    const other = { ...setup([changed]), names: { ...setup([]).names, alertsTopic: "others" } };
    const both = {
      ...plan(setup([changed]), other),
      asked: [
        { detection: changed, setups: [0] },
        { detection: changed, setups: [1] },
      ],
    };

    const { alerts } = await told({ "a.json.gz": [subscribe("111122223333", "111122223333")] }, both);
    const swapped = { ...both, setups: [...both.setups].reverse() };

    expect(alerts).toHaveLength(1);
    expect((await told({ "a.json.gz": [subscribe("111122223333", "111122223333")] }, swapped)).alerts).toEqual([]);
  });
});
