import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { AlertNotification, SummaryNotification } from "../../alerting/notification/notification";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { DENIED, FAILED, inWords, sso, stopLogging } from "../detection/events/callers";
import { CRITICAL, closeWindows, Deployed, OTHERS } from "./deployed";
import { delivery, LOG_FILE, picked } from "./run-pipeline";

const callers = [
  sso("jane"),
  sso("mallory"),
  sso("mallory", "ASIASECOND"),
  sso("ci", "ASIACI"),
  {
    type: "IAMUser",
    arn: "arn:aws:iam::111122223333:user/bob",
    userName: "bob",
    accountId: "111122223333",
    accessKeyId: "AKIABOB",
  },
  { type: "Root", arn: "arn:aws:iam::111122223333:root", principalId: "111122223333", accountId: "111122223333" },
];
const drawnEvents = fc.array(
  fc.record({
    second: fc.nat(2_000),
    caller: fc.constantFrom(...callers),
    outcome: fc.constantFrom({}, DENIED, FAILED),
    eventName: fc.constantFrom("StopLogging", "DeleteTrail"),
  }),
  { minLength: 1, maxLength: 25 },
);
/** In which order they come, on which path, and how many of them together. */
const drawnDeliveries = fc.array(
  fc.record({ event: fc.nat(24), path: fc.constantFrom("event", "log"), last: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

const outcomeOf = (record: CloudTrailRecord) =>
  record.errorCode === undefined ? "succeeded" : record.errorCode === DENIED.errorCode ? "denied" : "failed";

test("whatever comes in whatever order: a session's first critical success alerts at once, nothing twice, and summaries add up", async () => {
  await fc.assert(
    fc.asyncProperty(drawnEvents, drawnDeliveries, async (drawn, deliveries) => {
      const records = drawn.map(({ second, caller, outcome, eventName }, i) =>
        stopLogging({
          eventID: `e${i}`,
          eventName,
          eventTime: new Date(Date.parse("2026-11-20T02:00:00Z") + second * 1000).toISOString().replace(".000Z", "Z"),
          userIdentity: caller,
          ...outcome,
        }),
      );
      const deployed = new Deployed();
      const succeededBefore = new Set<string>();
      const come = new Set<CloudTrailRecord>();
      const alerts: AlertNotification[] = [];
      let batch: { readonly record: CloudTrailRecord; readonly path: string }[] = [];
      const invoke = async () => {
        const on = (path: string) => batch.filter((one) => one.path === path).map(({ record }) => record);
        const file = on("log");
        const published = await deployed.invoke(
          [...on("event").map(picked), delivery(LOG_FILE)],
          file,
          "2026-11-20T02:34:00Z",
        );
        const now = published.map(({ json }) => json as AlertNotification);
        alerts.push(...now);
        const byTime = (a: CloudTrailRecord, b: CloudTrailRecord) =>
          String(a.eventTime).localeCompare(String(b.eventTime)) || String(a.eventID).localeCompare(String(b.eventID));
        for (const { id, group, path } of CRITICAL) {
          for (const record of [...(path === "log" ? [] : on("event")).sort(byTime), ...file.sort(byTime)]) {
            if (outcomeOf(record) !== "succeeded") continue;
            const minutes = group?.minutes ?? 15;
            const window = Math.floor(Date.parse(String(record.eventTime)) / (minutes * 60_000));
            const { arn, accessKeyId } = record.userIdentity as { arn: string; accessKeyId?: string };
            const first = `${id} ${window} ${arn} ${accessKeyId}`;
            if (succeededBefore.has(first)) continue;
            succeededBefore.add(first);
            expect(now).toContainEqual(
              expect.objectContaining({
                detection: expect.objectContaining({ id }),
                event: expect.objectContaining({ id: record.eventID }),
                outcome: "succeeded",
              }),
            );
          }
        }
        batch = [];
      };
      for (const { event, path, last } of deliveries) {
        const record = records[event % records.length] as CloudTrailRecord;
        come.add(record);
        batch.push({ record, path });
        if (last) await invoke();
      }
      // What came as an event alone comes in a log file in the end.
      batch.push(...[...come].map((record) => ({ record, path: "log" })));
      await invoke();

      const told = alerts.map(({ detection, event }) => `${detection.id} ${event.id}`);
      expect(new Set(told).size).toBe(told.length);

      const summaries = (await deployed.invoke([closeWindows], [], "2026-11-20T05:00:00Z")).map(
        ({ json }) => json as SummaryNotification,
      );
      const sums = new Map<string, number>();
      for (const { detection, actors, count, total, outcomes } of summaries) {
        let all = 0;
        for (const one of actors) {
          let its = 0;
          for (const [outcome, number] of Object.entries(one.outcomes)) {
            const key = `${detection.id} ${one.actor} ${outcome}`;
            sums.set(key, (sums.get(key) ?? 0) + number);
            its += number;
          }
          expect(its).toBe(one.count);
          all += its;
        }
        expect([all, Object.values(outcomes).reduce((a, b) => a + b, 0), count]).toEqual([total, total, total]);
      }
      const expected = new Map<string, number>();
      for (const { id } of [...CRITICAL, ...OTHERS]) {
        for (const record of come) {
          if (told.includes(`${id} ${record.eventID}`)) continue;
          const { type, arn } = record.userIdentity as { type: string; arn: string };
          const session = arn.slice(arn.lastIndexOf("/") + 1);
          const actor = { Root: "root user of account 111122223333", IAMUser: "IAM user bob (account 111122223333)" }[
            type
          ];
          const key = `${id} ${actor ?? inWords(session)} ${outcomeOf(record)}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
      }
      expect(sums).toEqual(expected);
      for (const { detection, actors } of summaries) {
        if (CRITICAL.some(({ id }) => id === detection.id)) expect(actors).toHaveLength(1);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
