import { beforeEach, describe, expect, test } from "@jest/globals";
import { MatchDecider } from "../../../alerting/outcomes/decide-match";
import { type Match, matchesOf, type Path } from "../../../alerting/outcomes/match";
import type { AlertState } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";

const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const plain = byId("unauthorized-ec2-call");
const urgent = byId("root-get-caller-identity");
const counting: Detection = { ...plain, id: "counting", count: { threshold: 3, minutes: 10 } };

let store: AlertState;
let now: number;
let invocations: number;
beforeEach(() => {
  store = new MemoryAlertState();
  now = Date.parse("2026-11-20T02:20:00Z");
  invocations = 0;
});

/** An invocation of its own, cut off 120 seconds from now. */
const invocation = () => {
  const owner = `invocation ${invocations++}`;
  return new MatchDecider(store, () => ({ owner, now, until: now + 120_000 }));
};
const call = (eventID: string | undefined, overrides: object = {}) =>
  wrapRecord(unauthorizedDescribe({ eventID, ...overrides }));
const decide = async (decider: MatchDecider, detection: Detection, event = call("e1"), path: Path = "log") => {
  const decision = await decider.decide(matchesOf([detection], event, path, { messageId: "m" })[0] as Match);
  if (decision.kind !== "publish") return decision.kind;
  return { confirm: () => store.confirm(decision.place, "published") };
};
const publish = { confirm: expect.any(Function) };

describe("one alert for one event", () => {
  test("on whichever path it comes, whatever the envelope's id", async () => {
    const decision = await decide(invocation(), plain, call("e1"), "event");
    expect(decision).toEqual(publish);
    if (typeof decision === "object") await decision.confirm();

    expect(await decide(invocation(), plain, { ...call("e1"), id: "another" }, "log")).toBe("duplicate");
  });

  test("comes again while another invocation publishes it, and is published by the next if that one dies", async () => {
    await decide(invocation(), plain);

    expect(await decide(invocation(), plain)).toBe("busy");
    now += 120_001;
    expect(await decide(invocation(), plain)).toEqual(publish);
  });

  test("is one per detection", async () => {
    expect(await decide(invocation(), plain)).toEqual(publish);
    expect(await decide(invocation(), byId("unauthorized-calls"))).toEqual(publish);
  });

  test("without eventID is known by its content", async () => {
    const decision = await decide(invocation(), plain, call(undefined));
    if (typeof decision === "object") await decision.confirm();

    expect(await decide(invocation(), plain, call(undefined))).toBe("duplicate");
    expect(await decide(invocation(), plain, call(undefined, { requestID: "another" }))).toBe("grouped");
  });
});

describe("a detection that EventBridge sends to the urgent topic", () => {
  test.each(["event", "log"] as const)("is published as any other on the %s path, once", async (path) => {
    const decision = await decide(invocation(), urgent, call("e1"), path);
    expect(decision).toEqual(publish);
    if (typeof decision === "object") await decision.confirm();

    expect(await decide(invocation(), urgent, call("e1"), "event")).toBe("duplicate");
    expect(await decide(invocation(), urgent, call("e1"), "log")).toBe("duplicate");
  });
});

describe("an alert storm", () => {
  test("is grouped behind the alert of the first, across invocations", async () => {
    expect(await decide(invocation(), plain, call("e1"))).toEqual(publish);
    expect(await decide(invocation(), plain, call("e2"))).toBe("grouped");
    expect(await decide(invocation(), plain, call("e2"))).toBe("duplicate");
    expect(await decide(invocation(), plain, call("e3", { eventTime: "2026-11-20T02:14:59Z" }))).toBe("grouped");
  });

  test.each([
    ["by somebody else", { userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/bob" } }],
    ["in the next quarter of an hour", { eventTime: "2026-11-20T02:15:00Z" }],
  ])("%s alerts on its own", async (_, overrides) => {
    await decide(invocation(), plain, call("e1"));

    expect(await decide(invocation(), plain, call("e2", overrides))).toEqual(publish);
  });

  test("groups by what the detection says", async () => {
    const byAddress: Detection = { ...plain, group: { by: ["sourceIPAddress"], minutes: 60 } };
    await decide(invocation(), byAddress, call("e1"));

    const bob = { userIdentity: { type: "IAMUser", arn: "bob" }, eventTime: "2026-11-20T02:59:59Z" };
    expect(await decide(invocation(), byAddress, call("e2", bob))).toBe("grouped");
    expect(await decide(invocation(), byAddress, call("e3", { sourceIPAddress: "198.51.100.1" }))).toEqual(publish);
  });

  test("waits for the first, whose invocation died before it was published", async () => {
    await decide(invocation(), plain, call("e1"));
    await decide(invocation(), plain, call("e2"));
    now += 120_001;

    expect(await decide(invocation(), plain, call("e1"))).toEqual(publish);
  });
});

describe("a detection that counts", () => {
  test("alerts once, when enough different events have come", async () => {
    const decisions = [];
    for (const id of ["e1", "e1", "e2", "e1", "e3", "e4"]) {
      const decision = await decide(invocation(), counting, call(id));
      decisions.push(typeof decision === "object" ? "publish" : decision);
      if (typeof decision === "object") await decision.confirm();
    }

    expect(decisions).toEqual(["counted", "counted", "counted", "counted", "publish", "counted"]);
  });

  test("counts each window and actor for itself", async () => {
    const bob = { userIdentity: { type: "IAMUser", arn: "bob" } };
    const later = { eventTime: "2026-11-20T02:20:00Z" };
    for (const id of ["e1", "e2"]) await decide(invocation(), counting, call(id));

    expect(await decide(invocation(), counting, call("e3", bob))).toBe("counted");
    expect(await decide(invocation(), counting, call("e4", later))).toBe("counted");
    expect(await decide(invocation(), counting, call("e5"))).toEqual(publish);
  });

  test("alerts through the next event when the invocation that should have has died", async () => {
    for (const id of ["e1", "e2", "e3"]) await decide(invocation(), counting, call(id));

    expect(await decide(invocation(), counting, call("e4"))).toBe("busy");
    now += 120_001;
    expect(await decide(invocation(), counting, call("e3"))).toEqual(publish);
  });

  test("asks no more of a full count that another invocation is at", async () => {
    for (const id of ["e1", "e2", "e3"]) await decide(invocation(), counting, call(id));
    let asked = 0;
    const real = store;
    store = new Proxy(real, {
      get: (target, name: keyof AlertState) => {
        asked++;
        return target[name].bind(target);
      },
    });
    const decider = invocation();

    expect(await decide(decider, counting, call("e4"))).toBe("busy");
    expect(asked).toBeGreaterThan(0);
    asked = 0;
    expect(await decide(decider, counting, call("e5"))).toBe("busy");
    expect(asked).toBe(0);
  });

  test("writes once for a matching event, and no more once it has alerted", async () => {
    let writes = 0;
    const counted = new Proxy(store, {
      get: (target, name: keyof AlertState) =>
        ["openWindow", "claim", "confirm", "record", "addToSet"].includes(name)
          ? (...parameters: readonly unknown[]) => {
              writes++;
              return Reflect.apply(target[name], target, parameters);
            }
          : target[name],
    });
    const decider = new MatchDecider(counted, () => ({ owner: "me", now, until: now + 1 }));
    const seen = [];
    for (const id of ["e1", "e2", "e3", "e4", "e5"]) {
      await decide(decider, counting, call(id));
      seen.push(writes);
    }

    // The third claims the alert, too.
    expect(seen).toEqual([1, 2, 4, 4, 4]);
  });
});

test("a match of tier digest is kept for the digest, once", async () => {
  const digest: Detection = { ...plain, tier: "digest" };

  expect(await decide(invocation(), digest)).toBe("digested");
  expect(await decide(invocation(), digest)).toBe("duplicate");
  expect(await decide(invocation(), digest, call("e2"))).toBe("digested");
});

test("a match of tier signal is counted, and nothing is written", async () => {
  store = new Proxy(store, {
    get: () => () => {
      throw new Error("nothing may be asked of the store");
    },
  });

  expect(await decide(invocation(), { ...plain, tier: "signal" })).toBe("counted");
});
