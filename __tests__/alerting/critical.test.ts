import { describe, expect, test } from "@jest/globals";
import type { AlertNotification } from "../../alerting/notification/notification";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { DENIED, FAILED, inWords, sso, stopLogging } from "../detection/events/callers";
import { closeWindows, Deployed, trailStopped } from "./deployed";
import { delivery, enable, LOG_FILE } from "./run-pipeline";

describe("one SSO role: jane is denied, then mallory succeeds", () => {
  const jane = stopLogging({
    eventID: "jane",
    eventTime: "2026-11-20T02:01:00Z",
    userIdentity: sso("jane"),
    ...DENIED,
  });
  const mallory = (eventID: string, eventName: string, eventTime: string) =>
    stopLogging({ eventID, eventName, eventTime, userIdentity: sso("mallory"), sourceIPAddress: "198.51.100.9" });
  const all = [
    jane,
    mallory("first", "StopLogging", "2026-11-20T02:03:00Z"),
    mallory("second", "DeleteTrail", "2026-11-20T02:04:00Z"),
  ];

  test("alerts of both at once, and the summary is about mallory", async () => {
    const deployed = new Deployed();
    const published = await deployed.invoke([delivery(LOG_FILE)], all, "2026-11-20T02:10:00Z", enable([trailStopped]));

    expect(published.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^\[CRITICAL\] StopLogging denied by jane \(Administrator\) in 111122223333: /),
      // Another person's incident, though the role is one.
      expect.stringMatching(/^\[CRITICAL\] StopLogging succeeded by mallory \(Administrator\) in 111122223333: /),
    ]);
    expect(published.map(({ json }) => json)).toMatchObject([
      { event: { id: "jane" }, actor: { description: inWords("jane") }, outcome: "denied" },
      { event: { id: "first" }, actor: { description: inWords("mallory") }, outcome: "succeeded" },
    ]);
    const [summary, ...others] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");
    expect(others).toEqual([]);
    expect(summary?.json).toMatchObject({
      kind: "summary",
      count: 1,
      actors: [{ actor: inWords("mallory"), count: 1 }],
      alerted: { id: "first", outcome: "succeeded", actor: inWords("mallory") },
      firstEvent: { id: "second" },
      links: { event: expect.stringMatching(/#\/events\/second$/) },
    });
    expect(summary?.email).not.toContain("jane");
  });

  test("names both in the one summary of a severity that isn't critical, and says that calls succeeded", async () => {
    const deployed = new Deployed();
    const high = enable([{ ...trailStopped, severity: "high" }]);
    const published = await deployed.invoke([delivery(LOG_FILE)], all, "2026-11-20T02:10:00Z", high);
    const [summary] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");

    expect(published.map(({ json }) => json)).toMatchObject([{ event: { id: "jane" } }]);
    expect(summary?.subject).toMatch(/^\[HIGH\] 2 more in 15 min, 2 succeeded: /);
    expect(summary?.email).toContain(
      `An alert was sent for the first event (StopLogging, denied, by ${inWords("jane")}). 2 more followed: 2 succeeded.\n`,
    );
    expect(summary?.email).toContain(`\nWho      ${inWords("mallory")}: 2 succeeded\nCalls `);
  });

  test("alerts of a success with other credentials after jane's own, though its session is called jane too", async () => {
    const userIdentity = sso("jane", "ASIAMALLORY");
    const own = stopLogging({ eventID: "own", eventTime: "2026-11-20T02:01:00Z", userIdentity: sso("jane") });
    const foreign = stopLogging({ eventID: "foreign", eventTime: "2026-11-20T02:02:00Z", userIdentity });
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [own, foreign],
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published.map(({ json }) => (json as AlertNotification).event.id)).toEqual(["own", "foreign"]);
  });

  test.each([
    { eventCategory: "Data", managementEvent: false },
    { managementEvent: false, eventCategory: undefined },
  ])("sends no reader of a summary to the event history for a data event: %j", async (kind) => {
    const deployed = new Deployed();
    const deletions = ["a", "b", "c"].map((eventID, second) =>
      stopLogging({ ...kind, eventID, eventTime: `2026-11-20T02:03:0${second}Z`, userIdentity: sso("mallory") }),
    );
    await deployed.invoke([delivery(LOG_FILE)], deletions, "2026-11-20T02:10:00Z", enable([trailStopped]));
    const [summary] = await deployed.invoke([closeWindows], [], "2026-11-20T02:40:00Z");
    const folder = "s3://the-archive/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/";

    expect(summary?.json).toMatchObject({ count: 2, firstEvent: { id: "b" }, links: { event: folder } });
    expect(summary?.email).toContain(
      `Find it in the log archive, some minutes after the call: aws s3 cp ${folder} log-files --recursive && zgrep -l b log-files/*.gz\n`,
    );
    expect(summary?.email).not.toMatch(/lookup-events|https:/);
  });

  test("alerts of a second root sign-in, which has no access key, by its address", async () => {
    const signIn = catalogue.find(({ id }) => id === "root-console-login") as Detection;
    const record = (eventID: string, sourceIPAddress: string) =>
      stopLogging({
        ...{ eventID, sourceIPAddress, eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin" },
        eventType: "AwsConsoleSignIn",
        responseElements: { ConsoleLogin: "Success" },
        userIdentity: {
          ...{ type: "Root", principalId: "111122223333", accountId: "111122223333", accessKeyId: "" },
          arn: "arn:aws:iam::111122223333:root",
        },
      });
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [record("a", "203.0.113.77"), record("b", "198.51.100.9"), record("c", "198.51.100.9")],
      "2026-11-20T02:10:00Z",
      enable([signIn]),
    );

    expect(published.map(({ json }) => (json as AlertNotification).event.id)).toEqual(["a", "b"]);
  });

  test("alerts of each step by which the root user's password is taken over from one address", async () => {
    const steps = ["PasswordRecoveryRequested", "PasswordRecoveryCompleted", "PasswordUpdated"].map((eventName) =>
      stopLogging({
        ...{ eventID: eventName, eventName, eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" },
        responseElements: { [eventName]: "Success" },
        userIdentity: { type: "Root", accountId: "111122223333", arn: "arn:aws:iam::111122223333:root" },
      }),
    );
    const rootPasswordChanged = catalogue.find(({ id }) => id === "root-password-changed") as Detection;
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [...steps, ...steps.map((step) => ({ ...step, eventID: `${step.eventID} again` }))],
      "2026-11-20T02:20:00Z",
      enable([rootPasswordChanged]),
    );

    expect(published.map(({ json }) => (json as AlertNotification).event.id).sort()).toEqual([
      "PasswordRecoveryCompleted",
      "PasswordRecoveryRequested",
      "PasswordUpdated",
    ]);
  });

  test("alerts of an attempt that failed after one that was denied", async () => {
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      [jane, { ...jane, ...FAILED, eventID: "failed" }],
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published.map(({ json }) => (json as AlertNotification).outcome).sort()).toEqual(["denied", "failed"]);
  });

  test("groups denied attempts of one session, whatever its credentials", async () => {
    const attempts = Array.from({ length: 30 }, (_, i) => ({
      ...jane,
      eventID: `attempt ${i}`,
      userIdentity: sso("jane", `ASIA${i}`),
    }));
    const published = await new Deployed().invoke(
      [delivery(LOG_FILE)],
      attempts,
      "2026-11-20T02:10:00Z",
      enable([trailStopped]),
    );

    expect(published).toHaveLength(1);
  });
});

describe("a critical detection that counts", () => {
  const counting: Detection = {
    ...trailStopped,
    id: "counting",
    count: { threshold: 2, minutes: 15, by: ["eventSource"] },
  };
  const call = (eventID: string, session: string, others = {}) =>
    stopLogging({ eventID, userIdentity: sso(session), ...others });
  const alertsOf = async (...records: readonly CloudTrailRecord[]) => {
    const deployed = new Deployed();
    const alerts: (string | undefined)[] = [];
    for (const record of records) {
      const published = await deployed.invoke(
        [delivery(LOG_FILE)],
        [record, record],
        "2026-11-20T02:14:00Z",
        enable([counting]),
      );
      alerts.push(...published.map(({ json }) => (json as AlertNotification).event.id));
    }
    return alerts;
  };

  test("counts different callers and outcomes together where it says so", async () => {
    expect(await alertsOf(call("a", "jane", DENIED), call("b", "mallory"))).toEqual(["b"]);
  });

  test("alerts once for one caller, however many calls follow", async () => {
    expect(await alertsOf(call("a", "jane"), call("b", "jane"), call("c", "jane"), call("d", "jane"))).toEqual(["b"]);
  });

  test("alerts of another caller, and of another outcome, that reach the threshold alone after its alert", async () => {
    const attempts = [call("a", "jane", DENIED), call("b", "jane", DENIED)];

    expect(await alertsOf(...attempts, call("c", "mallory"), call("d", "mallory"))).toEqual(["b", "d"]);
    expect(await alertsOf(...attempts, call("c", "jane"), call("d", "jane"), call("e", "jane"))).toEqual(["b", "d"]);
  });
});
