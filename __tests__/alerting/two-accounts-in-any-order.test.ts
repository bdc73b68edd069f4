import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Member } from "../../alerting/windows/alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { callId } from "../../detection/events/event-id";
import { propertyRuns } from "../property-runs";
import { type Death, MortalInvocations } from "./mortal-invocations";
import { shortId } from "./own-account";
import { delivery, LOG_FILE, picked } from "./run-pipeline";
import { copies } from "./two-accounts";

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

test("whatever accounts' records come in whatever order, at once, or to invocations that are killed: one call, one alert, and nothing lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnCalls,
      drawnDeliveries,
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      async (drawn, deliveries, pauses) => {
        const records = recordsOf(drawn);
        let step = 0;
        const invocations = new MortalInvocations(DETECTIONS, [], async () => {
          const turns = pauses[step++ % pauses.length] as number;
          for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        });
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
        let ended = false;
        for (let time = 0; time < 5 && !ended; time++) {
          invocations.now += 720_000;
          ended = await invoke([], [...come]);
        }
        expect(ended).toBe(true);

        const calls = new Set([...come].map((record) => shortId(callId(wrapRecord(record)))));
        const { sent, lostAnswers } = invocations;
        for (const call of calls) {
          const again = sent.filter(({ event }) => event === call).length - 1;
          expect(again).toBeLessThanOrEqual(lostAnswers.filter((lost) => lost === call).length);
        }
        await expectEachOnce(invocations, calls);
      },
    ),
    { numRuns: propertyRuns(600) },
  );
}, 300_000);

/** Each call has ended once for each detection, and each window that something was put into has alerted once. */
async function expectEachOnce({ store }: MortalInvocations, calls: ReadonlySet<string>): Promise<void> {
  for (const { id, tier } of DETECTIONS) {
    const ended: string[] = [];
    for await (const window of store.dueWindows(tier === "digest" ? "digest" : "group", Number.POSITIVE_INFINITY)) {
      if (window.split("#")[1] !== id) continue;
      const members: Member[] = [];
      for await (const member of store.members(window)) members.push(member);
      const published = members.filter(({ ending }) => ending === "published").length;
      expect([window, published]).toEqual([window, tier === "digest" ? 0 : 1]);
      ended.push(...members.flatMap((member) => (member.ending ? [shortId(member.id)] : [])));
    }
    expect([id, ended.sort()]).toEqual([id, [...calls].sort()]);
  }
}
