import { describe, expect, test } from "@jest/globals";
import type { Notice } from "../../../alerting/notices/notice";
import type { AlertState } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { rootGetCallerIdentity, unauthorizedDescribe } from "../../detection/events/records";
import { delivery, expectBalanced, LOG_FILE, logFile, picked, run } from "../run-pipeline";

describe("publishing", () => {
  test("fails the message whose alert the topic does not take, and publishes the others", async () => {
    const tried: string[] = [];
    const publish = async ({ attributes: { detection } }: Notice) => {
      tried.push(detection);
      if (detection === "unauthorized-ec2-call") throw new Error("Throttled");
    };

    const { failed, tally, lines } = await run(
      [delivery(LOG_FILE), picked(rootGetCallerIdentity())],
      { [LOG_FILE]: logFile(unauthorizedDescribe()) },
      { publish },
    );

    expect(failed).toEqual([true, false]);
    expect(tried).toEqual(["root-get-caller-identity", "unauthorized-ec2-call", "unauthorized-calls"]);
    expect(tally.matches).toMatchObject({ made: 6, published: 2, merged: 1, counted: 2, failed: 1 });
    expect(lines.some((line) => line.includes("alert can't be published") && line.includes("Throttled"))).toBe(true);
    expectBalanced(tally);
  });

  test("gives back the log files that there is no time to begin, but still judges events", async () => {
    const { failed, tally, alerts } = await run(
      [delivery(LOG_FILE), picked()],
      { [LOG_FILE]: logFile(unauthorizedDescribe()) },
      { remainingMs: () => 50_000 },
    );

    expect(failed).toEqual([true, false]);
    expect(alerts).toEqual(["unauthorized-ec2-call 5a4e1c93"]);
    expect(tally.objects).toEqual({ named: 1, read: 0, skipped: 0, unreadable: 0, postponed: 1 });
    expectBalanced(tally);
  });

  test("gives back the message whose alerts there is no time to publish", async () => {
    const { failed, tally, alerts } = await run([picked()], {}, { remainingMs: () => 10_000 });

    expect(failed).toEqual([true]);
    expect(alerts).toEqual([]);
    expect(tally.matches).toMatchObject({ made: 3, failed: 3 });
    expectBalanced(tally);
  });

  test("says in the log why a message failed, though only the store failed", async () => {
    const store: AlertState = Object.assign(Object.create(new MemoryAlertState()) as AlertState, {
      openWindow: () => Promise.reject(new Error("AccessDenied")),
    });

    const { failed, lines } = await run([picked()], {}, { store });

    expect(failed).toEqual([true]);
    expect(lines.filter((line) => line.includes("message failed") && line.includes("AccessDenied"))).toHaveLength(1);
  });

  test("asks for no alert's place in the hour when the time has run out over deciding", async () => {
    let left = 120_000;
    let asked = 0;
    const store = new MemoryAlertState();
    const slow: AlertState = Object.assign(Object.create(store) as AlertState, {
      openWindow: (...step: Parameters<AlertState["openWindow"]>) => store.openWindow(...step),
      claim: (...step: Parameters<AlertState["claim"]>) => {
        left = 10_000;
        return store.claim(...step);
      },
      addToSet: (...step: Parameters<AlertState["addToSet"]>) => {
        if (step[0].startsWith("rate-limit#")) asked++;
        return store.addToSet(...step);
      },
    });

    const { failed, tally, alerts } = await run([picked()], {}, { store: slow, remainingMs: () => left });

    expect({ failed, alerts, asked }).toEqual({ failed: [true], alerts: [], asked: 0 });
    expectBalanced(tally);
  });

  test("has at most ten alerts under way at once, and publishes every one", async () => {
    let underWay = 0;
    let most = 0;
    const publish = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
    };
    const records = Array.from({ length: 100 }, (_, i) =>
      unauthorizedDescribe({ eventID: `e${i}`, userIdentity: { type: "IAMUser", arn: `user ${i}` } }),
    );

    const { tally } = await run([delivery(LOG_FILE)], { [LOG_FILE]: logFile(...records) }, { publish });

    expect(most).toBe(10);
    expect(tally.matches).toMatchObject({ made: 300, published: 100, merged: 100, counted: 100 });
  });
});
