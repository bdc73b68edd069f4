import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchesOf } from "../../alerting/outcomes/match";
import type { Member } from "../../alerting/windows/alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { wrapRecord } from "../../detection/events/envelope";
import { unauthorizedDescribe } from "../detection/events/records";
import { propertyRuns } from "../property-runs";
import { type Death, MortalInvocations } from "./mortal-invocations";
import { shortId } from "./own-account";
import { delivery, LOG_FILE, picked } from "./run-pipeline";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const CALLS = ["A", "B", "C", "D"] as const;

const drawnDetections = fc.array(
  fc.record({
    calls: fc.subarray([...CALLS], { minLength: 1 }),
    severity: fc.constantFrom(...SEVERITIES),
    shape: fc.constantFrom<Partial<Detection>>(
      {},
      { route: "topic" },
      { path: "log" },
      { group: { by: ["sourceIPAddress"], minutes: 60 } },
      { count: { threshold: 2, minutes: 15 } },
      { count: { threshold: 3, minutes: 60, by: ["sourceIPAddress"] } },
      { tier: "digest" },
      { tier: "signal" },
    ),
  }),
  { minLength: 1, maxLength: 6 },
);
const drawnEvents = fc.array(
  fc.record({
    call: fc.constantFrom(...CALLS),
    user: fc.constantFrom("ann", "bob"),
    address: fc.constantFrom("203.0.113.1", "203.0.113.2"),
    second: fc.nat(1_700),
  }),
  { minLength: 1, maxLength: 8 },
);
const drawnDeath = fc.option(fc.record({ step: fc.integer({ min: 1, max: 40 }), after: fc.boolean() }), { freq: 1 });
/** What comes, on which path, how much of it together, and which invocations run at the same time or are killed. */
const drawnDeliveries = fc.array(
  fc.record({
    event: fc.nat(7),
    path: fc.constantFrom("event", "log"),
    last: fc.boolean(),
    wait: fc.boolean(),
    death: drawnDeath,
  }),
  { minLength: 1, maxLength: 25 },
);

type Drawn<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function detectionsOf(drawn: Drawn<typeof drawnDetections>): readonly Detection[] {
  return drawn.map(({ calls, severity, shape }, number) => ({
    ...refused,
    ...shape,
    ...{ id: `d${number}`, severity },
    pattern: { detail: { eventSource: ["ec2.amazonaws.com"], eventName: calls } },
  }));
}

function recordsOf(drawn: Drawn<typeof drawnEvents>) {
  return drawn.map(({ call, user, address, second }, number) =>
    unauthorizedDescribe({
      ...{ eventID: `e${number}`, eventName: call, sourceIPAddress: address },
      eventTime: new Date(Date.parse("2026-11-20T02:00:00Z") + second * 1_000).toISOString().replace(".000Z", "Z"),
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::111122223333:user/${user}`, userName: user },
    }),
  );
}

type Given = ReturnType<typeof recordsOf>[number];

test("whatever comes in whatever order, at once, or to invocations that are killed: one event, one alert, and nothing lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      drawnDetections,
      drawnEvents,
      drawnDeliveries,
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      async (drawn, events, deliveries, pauses) => {
        const detections = detectionsOf(drawn);
        const records = recordsOf(events);
        let step = 0;
        const invocations = new MortalInvocations(detections, [], async () => {
          const turns = pauses[step++ % pauses.length] as number;
          for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        });
        const invoke = async (onEvents: readonly Given[], file: readonly Given[], death?: Death): Promise<boolean> => {
          const messages = [...onEvents.map(picked), delivery(LOG_FILE)];
          const answer = await invocations.invoke(messages, file, death);
          return answer !== undefined && !answer.failed.includes(true);
        };

        const come = new Set<Given>();
        let onEvents: Given[] = [];
        let file: Given[] = [];
        let running: Promise<boolean>[] = [];
        for (const { event, path, last, wait, death } of deliveries) {
          const record = records[event % records.length] as Given;
          come.add(record);
          (path === "event" ? onEvents : file).push(record);
          if (!last) continue;
          running.push(invoke(onEvents, file, death ?? undefined));
          [onEvents, file] = [[], []];
          if (!wait) continue;
          await Promise.all(running);
          running = [];
          invocations.now += 121_000;
        }
        await Promise.all(running);
        // Everything comes in a log file in the end, and again until all of it has ended.
        let ended = false;
        for (let time = 0; time < 5 && !ended; time++) {
          invocations.now += 720_000;
          ended = await invoke([], [...come]);
        }
        expect(ended).toBe(true);

        for (const record of come) expectOneAlert(invocations, detections, String(record.eventID));
        await expectNothingLost(invocations, detections, [...come]);
      },
    ),
    { numRuns: propertyRuns(2_000) },
  );
}, 300_000);

/** Again only where nobody wrote down that it was out, or where it is the one with which a more severe count is full, perhaps meanwhile. */
function expectOneAlert(
  { sent, lostAnswers }: MortalInvocations,
  detections: readonly Detection[],
  event: string,
): void {
  const alerts = sent.filter((one) => one.event === event);
  const filled = alerts.filter(
    ({ detection, severity }) =>
      detections.find(({ id }) => id === detection)?.count !== undefined &&
      alerts.some((other) => rank(severity) < rank(other.severity)),
  );
  const again = alerts.length - 1 - filled.length;
  expect(again).toBeLessThanOrEqual(lostAnswers.filter((lost) => lost === event).length);
}

/** Of each window what must be there is, and each that has alerted is named in an alert of its event. */
async function expectNothingLost(
  { store, sent }: MortalInvocations,
  detections: readonly Detection[],
  come: readonly Given[],
): Promise<void> {
  const windows = new Map<
    string,
    { readonly detection: Detection; readonly kind: string; readonly events: string[] }
  >();
  for (const record of come) {
    const event = wrapRecord(record);
    const matched = detections.filter(({ pattern }) => JSON.stringify(pattern).includes(`"${event.detail.eventName}"`));
    for (const { detection, window, id } of matchesOf(matched, event, "log", { messageId: "m" })) {
      if (detection.tier === "signal") continue;
      const known = windows.get(window.id) ?? { detection, kind: window.kind, events: [] };
      windows.set(window.id, known);
      known.events.push(id);
    }
  }
  for (const [id, { detection, kind, events }] of windows) {
    const members: Member[] = [];
    for await (const member of store.members(id)) members.push(member);
    const published = members.filter(({ ending }) => ending === "published");
    const unended = members.filter(({ ending }) => ending === undefined);
    const threshold = detection.count?.threshold ?? 1;
    const expected = {
      digest: { members: events.length, published: 0 },
      group: { members: events.length, published: 1 },
      count: { members: Number(events.length >= threshold), published: Number(events.length >= threshold) },
    }[kind];
    expect([id, { members: members.length, published: published.length }, unended]).toEqual([id, expected, []]);
    for (const { id: member, eventId = member } of published) {
      const names = sent
        .filter(({ event }) => event === shortId(eventId))
        .flatMap((one) => [one.detection, ...one.also]);
      expect(names).toContain(detection.id);
    }
  }
}

function rank(severity: string): number {
  return SEVERITIES.map(String).indexOf(severity);
}
