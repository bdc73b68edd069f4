import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Member } from "../../alerting/windows/alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { callId } from "../../detection/events/event-id";
import type { Suppression } from "../../detection/suppressions/suppression";
import { propertyRuns } from "../property-runs";
import { type Death, MortalInvocations } from "./mortal-invocations";
import { shortId } from "./own-account";
import { delivery, LOG_FILE, picked } from "./run-pipeline";
import { copies, OWNER } from "./two-accounts";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call");
if (!refused) throw new Error("no such detection");
const DETECTIONS = [
  { ...refused, id: "medium" },
  { ...refused, id: "critical", severity: "critical" as const },
  { ...refused, id: "hourly", severity: "high" as const, group: { by: ["sourceIPAddress"], minutes: 60 } },
  { ...refused, id: "digest", tier: "digest" as const },
];

const drawnCalls = fc.array(
  fc.record({
    second: fc.nat(1_700),
    /** A record in both accounts; in one only, with the other's id; or in both, of two calls with one id. */
    shape: fc.constantFrom("copies", "copies", "owners", "callers", "same id"),
    address: fc.constantFrom("203.0.113.1", "203.0.113.2"),
  }),
  { minLength: 1, maxLength: 5 },
);
const drawnDeliveries = fc.array(
  fc.record({
    record: fc.nat(9),
    path: fc.constantFrom("event", "log"),
    last: fc.boolean(),
    wait: fc.boolean(),
    death: fc.option(fc.record({ step: fc.integer({ min: 1, max: 40 }), after: fc.boolean() }), { freq: 1 }),
  }),
  { minLength: 1, maxLength: 25 },
);

/** Where a step fails, the less severe alert of an event goes out first, and the more severe one all the same: here, all are as severe. */
const AS_SEVERE = DETECTIONS.map((detection) => ({ ...detection, severity: "medium" as const }));
/** Of all invocations' steps, by turns: most go well. */
const drawnFaults = fc.oneof(
  fc.constant(["none"] as const),
  fc.array(fc.constantFrom("none", "none", "none", "none", "none", "refused", "lost"), { minLength: 1, maxLength: 40 }),
);
/** Leaves the caller's record of a call to alert. */
const OF_OWNER: Suppression = {
  id: "of-the-owner",
  detections: ["medium"],
  pattern: { detail: { recipientAccountId: [OWNER] } },
  owner: "security",
  reason: "a partner's role",
};

function recordsOf(
  drawn: typeof drawnCalls extends fc.Arbitrary<infer Calls> ? Calls : never,
): readonly CloudTrailRecord[] {
  return drawn.flatMap(({ second, shape, address }, number) => {
    const eventTime = new Date(Date.parse("2026-11-20T02:00:00Z") + second * 1_000).toISOString().replace(".000Z", "Z");
    const { owners, callers } = copies(String(number), { eventTime, sourceIPAddress: address });
    if (shape === "owners" || shape === "callers") return [shape === "owners" ? owners : callers];
    if (shape === "copies") return [owners, callers];
    return [owners, callers].map((record) => ({ ...record, sharedEventID: undefined, eventID: `same-${number}` }));
  });
}

test("whatever accounts' records come in whatever order, at once, suppressed in one account, to invocations that are killed, throttled or lose answers: one call, one alert, and nothing lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnCalls,
      drawnDeliveries,
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      drawnFaults,
      fc.boolean(),
      async (drawn, deliveries, pauses, faults, isSuppressed) => {
        const records = recordsOf(drawn);
        const isFaulty = faults.some((fault) => fault !== "none");
        let step = 0;
        const invocations = new MortalInvocations(
          isFaulty ? AS_SEVERE : DETECTIONS,
          isSuppressed ? [OF_OWNER] : [],
          async () => {
            const turns = pauses[step++ % pauses.length] as number;
            for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
          },
        );
        invocations.faultAt = (number) => faults[number % faults.length] ?? "none";
        const invoke = async (
          onEvents: readonly CloudTrailRecord[],
          file: readonly CloudTrailRecord[],
          death?: Death,
        ): Promise<boolean> => {
          const answer = await invocations.invoke([...onEvents.map(picked), delivery(LOG_FILE)], file, death);
          return answer !== undefined && !answer.failed.includes(true);
        };
        const come = new Set<CloudTrailRecord>();
        let batch: { readonly event: CloudTrailRecord[]; readonly log: CloudTrailRecord[] } = { event: [], log: [] };
        let running: Promise<boolean>[] = [];
        for (const { record: number, path, last, wait, death } of deliveries) {
          const record = records[number % records.length] as CloudTrailRecord;
          come.add(record);
          batch[path].push(record);
          if (!last) continue;
          running.push(invoke(batch.event, batch.log, death ?? undefined));
          batch = { event: [], log: [] };
          if (!wait) continue;
          await Promise.all(running);
          running = [];
          invocations.now += 121_000;
        }
        await Promise.all(running);
        invocations.faultAt = () => "none";
        let ended = false;
        for (let time = 0; time < 5 && !ended; time++) {
          invocations.now += 720_000;
          ended = await invoke([], [...come]);
        }
        expect(ended).toBe(true);

        const callsOf = (records: readonly CloudTrailRecord[]) =>
          new Set(records.map((record) => shortId(callId(wrapRecord(record)))));
        const calls = callsOf([...come]);
        const others = callsOf([...come].filter(({ recipientAccountId }) => recipientAccountId !== OWNER));
        const { sent, lostAnswers, unasked } = invocations;
        for (const call of calls) {
          const again = sent.filter(({ event }) => event === call).length - 1;
          expect(again).toBeLessThanOrEqual([...lostAnswers, ...unasked].filter((one) => one === call).length);
        }
        await expectEachOnce(invocations, ({ id }) => (isSuppressed && id === "medium" ? others : calls));
      },
    ),
    { numRuns: propertyRuns(600) },
  );
}, 300_000);

/** Of an hour, by address: what an account counts of one is one count. */
const COUNTING: Detection = {
  ...refused,
  id: "counting",
  count: { threshold: 3, minutes: 60, by: ["sourceIPAddress"] },
};

test("whatever is killed, throttled or loses answers: no call counts twice, no full count stays without its alert", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      drawnDeliveries,
      drawnFaults,
      async (number, deliveries, faults) => {
        const all = Array.from({ length: number }, (_, second) => copies(String(second), { eventTime: at(second) }));
        const records = all.flatMap(({ owners, callers }) => [owners, callers]);
        const invocations = new MortalInvocations([COUNTING]);
        invocations.faultAt = (step) => faults[step % faults.length] ?? "none";
        const come = new Set<CloudTrailRecord>();
        let running: Promise<unknown>[] = [];
        for (const { record: drawn, path, wait, death } of deliveries) {
          const record = records[drawn % records.length] as CloudTrailRecord;
          come.add(record);
          const messages = path === "event" ? [picked(record)] : [delivery(LOG_FILE)];
          running.push(invocations.invoke(messages, path === "event" ? [] : [record], death ?? undefined));
          if (!wait) continue;
          await Promise.all(running);
          running = [];
          invocations.now += 121_000;
        }
        await Promise.all(running);
        invocations.faultAt = () => "none";
        invocations.now += 720_000;
        const last = await invocations.invoke([delivery(LOG_FILE)], [...come]);
        expect(last?.failed).toEqual([false]);

        const calls = new Set([...come].map((record) => callId(wrapRecord(record)))).size;
        const alerts = invocations.sent.length;
        const again = invocations.lostAnswers.length;
        // Each account's three.
        expect(alerts).toBeLessThanOrEqual(Math.floor(calls / 3) + again);
        if (calls >= 5) expect(alerts).toBeGreaterThanOrEqual(1);
      },
    ),
    { numRuns: propertyRuns(600) },
  );
}, 300_000);

function at(second: number): string {
  return new Date(Date.parse("2026-11-20T02:00:00Z") + second * 1_000).toISOString().replace(".000Z", "Z");
}

/** Each call has ended once for each detection, and each window that something was put into has alerted once. */
async function expectEachOnce(
  { store }: MortalInvocations,
  callsOf: (detection: Detection) => ReadonlySet<string>,
): Promise<void> {
  for (const detection of DETECTIONS) {
    const { id, tier } = detection;
    const ended: string[] = [];
    for await (const window of store.dueWindows(tier === "digest" ? "digest" : "group", Number.POSITIVE_INFINITY)) {
      if (window.split("#")[1] !== id) continue;
      const members: Member[] = [];
      for await (const member of store.members(window)) members.push(member);
      const published = members.filter(({ ending }) => ending === "published").length;
      expect([window, published]).toEqual([window, tier === "digest" ? 0 : 1]);
      ended.push(...members.flatMap((member) => (member.ending ? [shortId(member.id)] : [])));
    }
    expect([id, ended.sort()]).toEqual([id, [...callsOf(detection)].sort()]);
  }
}
