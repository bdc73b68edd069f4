import { describe, expect, test } from "@jest/globals";
import type { Notice } from "../../../alerting/notices/notice";
import type { AlertState } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { sso, stopLogging } from "../../detection/events/callers";
import { unauthorizedDescribe } from "../../detection/events/records";
import { shortId } from "../own-account";
import { delivery, enable, expectBalanced, LOG_FILE, logFile, NOW, run } from "../run-pipeline";

const detectionNamed = (id: string) => catalogue.find((one) => one.id === id) as Detection;
const refused = detectionNamed("unauthorized-ec2-call");
const enabled = enable([refused, detectionNamed("trail-stopped")]);
const files = (...records: readonly unknown[]) => ({ [LOG_FILE]: logFile(...records) });

/** Refused calls of one user, a few a second, from 02:00. */
const storm = (count: number, name = "alice") =>
  Array.from({ length: count }, (_, i) =>
    unauthorizedDescribe({
      eventID: `${name}${i}`,
      eventTime: new Date(Date.parse("2026-11-20T02:00:00Z") + Math.floor((i * 800_000) / count)).toISOString(),
      userIdentity: { type: "IAMUser", userName: name, arn: `arn:aws:iam::111122223333:user/${name}`, accountId: "1" },
    }),
  );
const late = stopLogging({ eventID: "stop", eventTime: "2026-11-20T02:14:59Z", userIdentity: sso("mallory") });

/** A store whose steps and the topic's notices are written down in order; a step may be made to do more. */
function watched(
  before: (step: string, detail: string) => void | Promise<void> = () => {},
  store = new MemoryAlertState(),
) {
  const steps: string[] = [];
  const note = async (step: string, detail: string) => {
    steps.push(`${step} ${detail}`);
    await before(step, detail);
  };
  const watching: AlertState = Object.assign(Object.create(store) as AlertState, {
    openWindow: async (...given: Parameters<AlertState["openWindow"]>) => {
      await note("open", given[0].detection);
      return store.openWindow(...given);
    },
    claim: async (...given: Parameters<AlertState["claim"]>) => {
      await note("claim", shortId(given[0].member));
      return store.claim(...given);
    },
    record: async (...given: Parameters<AlertState["record"]>) => {
      await note("group", shortId(given[0].member));
      return store.record(...given);
    },
    confirm: (...given: Parameters<AlertState["confirm"]>) => store.confirm(...given),
    addToSet: (...given: Parameters<AlertState["addToSet"]>) => store.addToSet(...given),
  });
  const publish = ({ json }: Notice) => note("publish", json.kind === "alert" ? json.event.id : "notice");
  return { store: watching, publish, steps };
}

describe("one log file with a storm of refused calls and one StopLogging", () => {
  test("publishes the StopLogging before anything else is even decided on, and all alerts before the grouping", async () => {
    const { store, publish, steps } = watched();
    const { tally } = await run([delivery(LOG_FILE)], files(...storm(4_000), late), { store, publish }, enabled);

    expect(steps.slice(0, 6)).toEqual([
      "open trail-stopped",
      "claim stop",
      "publish stop",
      "open unauthorized-ec2-call",
      "claim alice0",
      "publish alice0",
    ]);
    expect(steps.slice(6).every((step) => step.startsWith("group "))).toBe(true);
    expect(tally.matches).toMatchObject({ published: 2, grouped: 3_999, failed: 0 });
    expectBalanced(tally);
  }, 60_000);

  test("leaves grouping undone when time runs short, and no alert", async () => {
    let left = 120_000;
    const { store, publish } = watched((step) => {
      if (step === "group") left -= 10_000;
    });
    const ports = { store, publish, remainingMs: () => left };
    const { tally, failed } = await run([delivery(LOG_FILE)], files(...storm(500), late), ports, enabled);

    expect(tally.matches).toMatchObject({ published: 2, duplicate: 0 });
    expect(tally.matches.failed).toBeGreaterThan(400);
    expect(left).toBeGreaterThan(0);
    expect(failed).toEqual([true]);
    expectBalanced(tally);
  });

  test("alerts with the time that is too short for grouping", async () => {
    const { store, publish } = watched();
    const ports = { store, publish, remainingMs: () => (reads++ === 0 ? 120_000 : 20_000) };
    // The log file itself is begun with time enough.
    let reads = 0;
    const { tally } = await run([delivery(LOG_FILE)], files(...storm(5), late), ports, enabled);

    expect(tally.matches).toMatchObject({ published: 2, grouped: 0, failed: 4 });
  });

  test("publishes at the next try what an earlier one opened the window with, before it groups", async () => {
    const memory = new MemoryAlertState();
    const killed = watched((step) => {
      if (step === "claim") throw new Error("killed");
    }, memory);
    const [first, ...others] = storm(200);
    await run([delivery(LOG_FILE)], files(others[99]), killed, enabled);
    const again = watched(() => {}, memory);
    await run([delivery(LOG_FILE)], files(first, ...others), again, enabled);

    expect(again.steps.slice(0, 4)).toEqual([
      "open unauthorized-ec2-call",
      "group alice0",
      "claim alice100",
      "publish alice100",
    ]);
  });
});

test("a critical alert waits for no other that hangs, of whatever window", async () => {
  let release = (): void => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = { ...late, eventID: "hangs", eventTime: "2026-11-20T02:00:01Z", userIdentity: sso("jane") };
  const { store, publish, steps } = watched((step, detail) => {
    if (step === "claim" && detail === "hangs") return hanging;
    if (step === "publish" && detail === "stop") release();
    return undefined;
  });
  await run([delivery(LOG_FILE)], files(first, late), { store, publish }, enabled);

  expect(steps.filter((step) => step.startsWith("publish"))).toEqual(["publish stop", "publish hangs"]);
});

test("the hour's places go to the earliest of the most severe, however slow the table answers", async () => {
  const users = Array.from({ length: 30 }, (_, i) => storm(1, `user${i}`)[0]).map((record, i) => ({
    ...record,
    eventTime: new Date(Date.parse("2026-11-20T02:00:00Z") + i * 1000).toISOString(),
  }));
  const high: Detection = { ...refused, id: "high", severity: "high", group: { by: ["eventSource"] } };
  // The earlier the slower.
  const { store, publish, steps } = watched(async (step, detail) => {
    if (step !== "claim") return;
    const turns = 40 - Number(/\d+/.exec(detail)?.[0] ?? 0);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  });
  const { tally } = await run(
    [delivery(LOG_FILE)],
    files(...users),
    { store, publish, maxAlertsPerHour: 6, lease: () => ({ owner: "me", now: NOW, until: NOW + 120_000 }) },
    enable([refused, high]),
  );

  expect(steps.filter((step) => /^publish user/.test(step)).sort()).toEqual(
    [0, 1, 2, 3, 4, 5].map((number) => `publish user${number}0`),
  );
  expect(tally.matches).toMatchObject({ published: 6, merged: 1, rateLimited: 24, grouped: 29 });
});

test("one that has ended before lets nobody past those that came before it", async () => {
  const memory = new MemoryAlertState();
  const users = [0, 1, 2].map((number) => ({
    ...storm(1, `user${number}`)[0],
    eventTime: `2026-11-20T02:00:0${number}Z`,
  }));
  const { store, publish, steps } = watched(async (step, detail) => {
    if (step !== "claim" || detail !== "user00") return;
    for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
  }, memory);
  const ports = { store, publish, maxAlertsPerHour: 2 };
  await run([delivery(LOG_FILE)], files(users[1]), ports, enable([refused]));
  const { tally } = await run([delivery(LOG_FILE)], files(...users), ports, enable([refused]));

  expect(steps.filter((step) => /^publish user/.test(step))).toEqual(["publish user10", "publish user00"]);
  expect(tally.matches).toMatchObject({ published: 1, duplicate: 1, rateLimited: 1 });
});
