import { beforeEach, describe, expect, test } from "@jest/globals";
import type { IncidentStep } from "../../../alerting/incidents/incident";
import { MemoryIncidentState } from "../../../alerting/incidents/memory-incident-state";
import type { TimelineNotification } from "../../../alerting/notification/notification";
import type { Ports } from "../../../alerting/ports";
import { HOUR, MINUTE, START, step } from "../incidents/steps";
import { Invocations } from "./invocations";

const PRINCIPAL = "arn:aws:iam::111122223333:user/ann";
/** When an incident that began at `START` is due. */
const DUE = START + HOUR + 10 * MINUTE;

let invocations: Invocations;
let incidents: MemoryIncidentState;
beforeEach(() => {
  invocations = new Invocations();
  incidents = new MemoryIncidentState(invocations.store);
  invocations.now = START + 5 * MINUTE;
});

const join = (alert: IncidentStep, principal = PRINCIPAL) =>
  incidents.join(principal, alert, HOUR, { owner: "me", now: invocations.now, until: invocations.now + 1 });
const close = (ports: Partial<Ports> = {}) => invocations.close({ incidents, ...ports });
const eventIds = (told: readonly object[]) =>
  (told as readonly TimelineNotification[]).map(({ steps }) => steps.map(({ eventId }) => eventId));

describe("closing incidents", () => {
  test("sends a timeline in the order of event time, once", async () => {
    const { id } = await join(step("b", 5));
    await join(step("c", 50));
    await join(step("a", 0));
    invocations.now = DUE + 5 * MINUTE - 1;
    expect((await close()).told).toEqual([]);

    invocations.now++;
    const { told, tally } = await close();

    expect(told).toMatchObject([{ kind: "timeline", incident: { id }, more: 0 }]);
    expect(eventIds(told)).toEqual([["a", "b", "c"]]);
    expect(tally.notices).toEqual({ summaries: 0, timelines: 1, digests: 0, postponed: 0, failed: 0 });
    invocations.now += 24 * HOUR;
    expect((await close()).told).toEqual([]);
  });

  test("says nothing of an incident of one alert", async () => {
    await join(step("a", 0));
    invocations.now = DUE + HOUR;

    expect((await close()).told).toEqual([]);
  });

  test("sends a timeline of all alerts again where one came later, and only then", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    invocations.now = DUE;
    const [first] = (await close()).told as readonly TimelineNotification[];
    await join(step("b", 5));
    invocations.now += HOUR;
    expect((await close()).told).toEqual([]);

    await join(step("c", 3));
    invocations.now += 3 * MINUTE;
    const { told, published } = await close();

    expect(eventIds(told)).toEqual([["a", "c", "b"]]);
    expect(published[0]?.subject).toMatch(/^\[HIGH\] Updated incident timeline: 3 alerts in 5 min by /);
    expect((told[0] as TimelineNotification).id).not.toBe(first?.id);
  });

  test("stays open when an alert joins while its timeline is on its way", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    invocations.now = DUE;
    const sent: object[] = [];
    const publish: Ports["publish"] = async ({ json }) => {
      sent.push(json);
      await join(step("c", 6));
    };

    await close({ publish });

    expect(eventIds(sent)).toEqual([["a", "b"]]);
    invocations.now += 3 * MINUTE;
    expect(eventIds((await close()).told)).toEqual([["a", "b", "c"]]);
  });

  test("says nothing again of an alert that joined in time for the timeline, though the incident stayed open", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    invocations.now = DUE;
    const joining = new Proxy(incidents, {
      get: (target, name) => {
        if (name !== "read") return Reflect.get(target, name).bind(target);
        return async (id: string) => {
          await join(step("c", 6));
          return target.read(id);
        };
      },
    });

    expect(eventIds((await close({ incidents: joining })).told)).toEqual([["a", "b", "c"]]);
    invocations.now += 3 * MINUTE;
    expect((await close()).told).toEqual([]);
  });

  test("waits for the next hour where the rate limit is reached, unless it is critical", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    await join(step("x", 0, { severity: "critical" }), "other");
    await join(step("y", 5), "other");
    invocations.now = DUE;
    await invocations.store.addToSet("rate-limit#2026-11-20T02:00:00Z", "taken", 1);

    const full = await close({ maxAlertsPerHour: 1 });
    const timelines = full.told.filter((notice) => (notice as { readonly kind: string }).kind === "timeline");
    expect(timelines).toMatchObject([{ severity: "critical" }]);
    expect(full.tally.notices).toMatchObject({ timelines: 1, postponed: 1 });

    invocations.now = Date.parse("2026-11-20T02:59:59Z");
    expect((await close()).told).toEqual([]);
    invocations.now = Date.parse("2026-11-20T03:00:00Z");
    expect(eventIds((await close()).told)).toEqual([["a", "b"]]);
  });

  test("is tried again when the timeline can't be published, and the message says so", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    invocations.now = DUE;
    const broken = await close({ publish: () => Promise.reject(new Error("SNS is down")) });

    expect(broken.failures).toEqual([expect.stringContaining("SNS is down")]);
    expect(broken.lines.some((line) => line.includes("incident can't be closed"))).toBe(true);
    expect(broken.tally.notices.failed).toBe(1);
    invocations.now += 120_001;
    expect((await close()).told).toHaveLength(1);
  });

  test("says who has acknowledged it", async () => {
    await join(step("a", 0));
    const { id } = await join(step("b", 5));
    incidents.acknowledgements.set(id, { by: "ann", at: START + 7 * MINUTE, through: "slack" });
    invocations.now = DUE;

    const { told, published } = await close();

    expect(told).toMatchObject([{ acknowledged: { by: "ann", at: "2026-11-20T01:52:00Z", through: "slack" } }]);
    expect(published[0]?.email).toContain("\nAcknowledged by ann, 2026-11-20T01:52:00Z (UTC), through slack\n");
  });

  test("of two rounds at once, one sends it", async () => {
    await join(step("a", 0));
    await join(step("b", 5));
    invocations.now = DUE;

    const [one, other] = await Promise.all([close(), close()]);

    expect([...one.told, ...other.told]).toHaveLength(1);
  });
});
