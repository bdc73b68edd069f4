import { describe, expect, test } from "@jest/globals";
import type { Notice } from "../../../alerting/notices/notice";
import { rateLimitNotice } from "../../../alerting/notices/rate-limit-notice";
import { HourlyRateLimit, type RateLimitPorts } from "../../../alerting/rate-limit/hourly-rate-limit";
import type { AlertState, Lease } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";

const TWO = Date.parse("2026-11-20T02:00:00Z");
const MINUTE = 60_000;
const place = (name: string | number) => ({ windowId: "group#a#b#c", member: `event-${name}` });

/** Invocations that share a store, a clock and a topic, which fails as often as told. */
function world({ limit = 3, failures = 0 } = {}) {
  const store = new MemoryAlertState();
  const told: Notice[] = [];
  const clock = { now: TWO };
  let toFail = failures;
  const invocation = (owner: string, overrides: Partial<RateLimitPorts> = {}) =>
    new HourlyRateLimit({
      store,
      publish: async (notice) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (toFail-- > 0) throw new Error("Throttled");
        told.push(notice);
      },
      renderRateLimit: rateLimitNotice,
      lease: (): Lease => ({ owner, now: clock.now, until: clock.now + 2 * MINUTE }),
      log: { processingError: () => {}, info: () => {} },
      account: "111122223333",
      region: "us-east-1",
      maxAlertsPerHour: limit,
      ...overrides,
    });
  return { invocation, told, clock, store };
}

async function admitted(cap: HourlyRateLimit, names: readonly (string | number)[]): Promise<readonly boolean[]> {
  const answers: boolean[] = [];
  for (const name of names) answers.push(await cap.admits(place(name), "high"));
  return answers;
}

describe("HourlyRateLimit", () => {
  test("admits as many notices an hour as the limit says, over all invocations", async () => {
    const { invocation } = world();

    expect(await admitted(invocation("a"), [1, 2])).toEqual([true, true]);
    expect(await admitted(invocation("b"), [3, 4, 5])).toEqual([true, false, false]);
    expect(await admitted(invocation("c"), [6])).toEqual([false]);
  });

  test("admits no more where all ask at once", async () => {
    const { invocation, told } = world({ limit: 10 });
    const caps = ["a", "b", "c"].map((owner) => invocation(owner));
    const answers = await Promise.all(
      caps.flatMap((cap, i) => Array.from({ length: 20 }, (_, k) => cap.admits(place(`${i}-${k}`), "low"))),
    );

    expect(answers.filter(Boolean)).toHaveLength(10);
    expect(told).toHaveLength(1);
  });

  test("sends the notice once, and answers, though that can't be written", async () => {
    const { invocation, told, store } = world({ limit: 1 });
    const forgetful: AlertState = Object.assign(Object.create(store) as AlertState, {
      addToSet: store.addToSet.bind(store),
      claim: store.claim.bind(store),
      confirm: () => Promise.reject(new Error("Throttled")),
    });
    const found: unknown[] = [];
    const log = { processingError: (...finding: readonly unknown[]) => found.push(finding), info: () => {} };

    expect(await admitted(invocation("a", { store: forgetful, log }), [1, 2, 3])).toEqual([true, false, false]);
    expect(told).toHaveLength(1);
    expect(found).toMatchObject([["notice of the rate limit can't be confirmed", { reason: "Error: Throttled" }]]);
  });

  test("gives the same place the same answer, whoever asks again", async () => {
    const { invocation } = world();
    const names = [1, 2, 3, 4, 5];
    const first = await admitted(invocation("a"), names);

    expect(await admitted(invocation("b"), [...names].reverse())).toEqual([...first].reverse());
  });

  test("tells members of different windows apart", async () => {
    const { invocation } = world({ limit: 1 });
    const cap = invocation("a");

    expect(await cap.admits({ windowId: "one", member: "~alert" }, "high")).toBe(true);
    expect(await cap.admits({ windowId: "two", member: "~alert" }, "high")).toBe(false);
  });

  test("always admits what is critical, and doesn't count it", async () => {
    const { invocation, told } = world({ limit: 1 });
    const cap = invocation("a");

    for (let i = 0; i < 5; i++) expect(await cap.admits(place(`root-${i}`), "critical")).toBe(true);
    expect(await admitted(cap, [1, 2])).toEqual([true, false]);
    expect(await cap.admits(place("root-6"), "critical")).toBe(true);
    expect(told).toHaveLength(1);
  });

  test.each(["high", "medium", "low"] as const)("holds back what is %s", async (severity) => {
    const { invocation } = world({ limit: 1 });
    const cap = invocation("a");
    await cap.admits(place(1), severity);

    expect(await cap.admits(place(2), severity)).toBe(false);
  });

  test("begins anew with the hour of the clock", async () => {
    const { invocation, clock, told } = world();
    clock.now = TWO + 59 * MINUTE + 59_999;
    const cap = invocation("a");
    expect(cap.nextHour).toBe(TWO + 60 * MINUTE);
    expect(await admitted(cap, [1, 2, 3, 4])).toEqual([true, true, true, false]);

    clock.now++;

    expect(cap.nextHour).toBe(TWO + 120 * MINUTE);
    expect(await admitted(cap, [4, 5, 6, 7])).toEqual([true, true, true, false]);
    expect(told.map(({ json }) => json)).toEqual([
      expect.objectContaining({ kind: "rate-limit", limit: 3, until: "2026-11-20T03:00:00Z" }),
      expect.objectContaining({ kind: "rate-limit", limit: 3, until: "2026-11-20T04:00:00Z" }),
    ]);
  });
});

describe("the notice of the rate limit", () => {
  test("is not sent before the limit is passed", async () => {
    const { invocation, told } = world();
    await admitted(invocation("a"), [1, 2, 3, 3, 2, 1]);

    expect(told).toEqual([]);
  });

  test("is sent once an hour, though many are refused, at once and one after the other", async () => {
    const { invocation, told } = world({ limit: 1 });
    const [a, b] = [invocation("a"), invocation("b")];
    await a.admits(place(0), "high");

    await Promise.all([1, 2, 3, 4, 5, 6].map((name) => (name % 2 ? a : b).admits(place(name), "high")));
    await admitted(a, [7, 8]);
    await admitted(invocation("c"), [9]);

    expect(told).toHaveLength(1);
  });

  test("is tried again by the next in the same invocation where it failed", async () => {
    const { invocation, told } = world({ limit: 1, failures: 1 });
    const cap = invocation("a");
    await cap.admits(place(1), "high");

    await expect(cap.admits(place(2), "high")).rejects.toThrow("Throttled");
    expect(await admitted(cap, [3, 4, 2])).toEqual([false, false, false]);
    expect(told).toHaveLength(1);
  });

  test("is sent by another invocation once the lease of the one that failed is over", async () => {
    const { invocation, told, clock } = world({ limit: 1, failures: 1 });
    await invocation("a").admits(place(1), "high");
    await expect(invocation("a").admits(place(2), "high")).rejects.toThrow("Throttled");

    expect(await admitted(invocation("b"), [3])).toEqual([false]);
    expect(told).toHaveLength(0);
    clock.now += 2 * MINUTE + 1;
    expect(await admitted(invocation("c"), [2, 4])).toEqual([false, false]);

    expect(told).toHaveLength(1);
  });

  test("fails everybody who waits for it, so that nobody's alert is taken for held back before people know", async () => {
    const { invocation } = world({ limit: 1, failures: 1 });
    const cap = invocation("a");
    await cap.admits(place(1), "high");

    const answers = await Promise.allSettled([2, 3, 4].map((name) => cap.admits(place(name), "high")));

    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  });

  test("speaks of the hour whose limit was reached, though the next begins meanwhile", async () => {
    const { invocation, told, clock, store } = world({ limit: 1 });
    await invocation("a").admits(place(1), "high");
    const cap = invocation("a", {
      store: Object.assign(Object.create(store), {
        addToSet: async (...set: Parameters<MemoryAlertState["addToSet"]>) => {
          const held = await store.addToSet(...set);
          clock.now = TWO + 60 * MINUTE;
          return held;
        },
        claim: store.claim.bind(store),
        confirm: store.confirm.bind(store),
      }) as MemoryAlertState,
    });

    expect(await cap.admits(place(2), "high")).toBe(false);
    expect(told[0]?.json).toMatchObject({ until: "2026-11-20T03:00:00Z" });
  });
});
