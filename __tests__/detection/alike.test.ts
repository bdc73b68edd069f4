import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Message } from "../../alerting/messages/message";
import type { Notification } from "../../alerting/notification/notification";
import type { AlertState } from "../../alerting/windows/alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { delivery, enable, enableAll, expectBalanced, logFile, picked, run } from "../alerting/run-pipeline";
import { WatchedAlertState } from "../alerting/watched-alert-state";
import { unauthorizedDescribe } from "./events/records";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const detections: readonly Detection[] = [
  refused,
  { ...refused, id: "counted", count: { threshold: 3, minutes: 10 } },
  { ...refused, id: "digested", tier: "digest" },
  { ...refused, id: "hourly", group: { by: ["sourceIPAddress"], minutes: 60 } },
];
const enabled = enable(detections);
/** Ends in the middle of what is drawn, and in the middle of no window. */
const suppressions = enableAll(
  [
    {
      id: "bob-from-here",
      detections: "*",
      pattern: { detail: { userIdentity: { userName: ["bob"] }, sourceIPAddress: ["203.0.113.1"] } },
      owner: "somebody",
      reason: "known",
      expires: "2026-11-20",
    },
  ],
  detections,
);
const START = Date.parse("2026-11-20T23:20:00Z");
const AFTERWARDS = Date.parse("2026-11-22T07:00:00Z");
const task = (name: "close-windows" | "send-digest"): Message => ({ id: "t", content: { kind: "task", task: name } });

const records = fc.array(
  fc.record({
    second: fc.integer({ min: 0, max: 5_000 }),
    actor: fc.constantFrom("alice", "bob"),
    address: fc.constantFrom("203.0.113.1", "203.0.113.2"),
  }),
  { maxLength: 40 },
);

function recordsOf(drawn: readonly { second: number; actor: string; address: string }[]): readonly CloudTrailRecord[] {
  return drawn.map(({ second, actor, address }, i) =>
    unauthorizedDescribe({
      eventID: `e${i}`,
      eventTime: new Date(START + second * 1000).toISOString().replace(".000Z", "Z"),
      userIdentity: { type: "IAMUser", arn: `arn:aws:iam::111122223333:user/${actor}`, userName: actor },
      sourceIPAddress: address,
    }),
  );
}

/**
 * What people read in the end: which detections alert, of whom; how many more, in which window; which digest. Whose call opened a window
 * of several actors depends on which came first, and so does which detections stand in one alert, and which alerts are an incident.
 */
function gist(store: WatchedAlertState, all: readonly CloudTrailRecord[], sent: readonly Notification[]) {
  const actors = new Map(all.map(({ eventID, userIdentity }) => [eventID, JSON.stringify(userIdentity)]));
  const alerts = store.alerted.map((alerted) => {
    const [detection = "", eventId] = alerted.split(" ");
    return `${detection} ${detection === "hourly" ? "one" : actors.get(eventId)}`;
  });
  const others = sent.flatMap((notification) => {
    if (notification.kind === "summary") {
      const { detection, windowStart, count } = notification;
      return [`summary ${detection.id} ${windowStart} ${count}`];
    }
    if (notification.kind === "digest") return notification.detections.map(({ id, count }) => `digest ${id} ${count}`);
    return [];
  });
  return { alerts: alerts.sort(), others: others.sort() };
}

/** Of one severity, no event alerts twice. */
function expectOneAlertEach(sent: readonly Notification[]): void {
  const events = sent.flatMap((notification) => (notification.kind === "alert" ? [notification.event.id] : []));
  expect(new Set(events).size).toBe(events.length);
}

/** One invocation; its clock stands still. */
async function invoke(store: AlertState, owner: string, now: number, messages: readonly Message[], files = {}) {
  const { published, failures, tally } = await run(
    messages,
    files,
    { store, lease: () => ({ owner, now, until: now + 120_000 }) },
    enabled,
    suppressions,
  );
  expectBalanced(tally);
  expect(failures.every((failure) => failure === undefined)).toBe(true);
  return published.map(({ json }) => json);
}

async function afterwards(store: AlertState): Promise<readonly Notification[]> {
  return [
    ...(await invoke(store, "closing", AFTERWARDS, [task("close-windows")])),
    ...(await invoke(store, "digest", AFTERWARDS, [task("send-digest")])),
  ];
}

const fileNamed = (i: number) => `AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/${i}.json.gz`;

test("a replay in one go and the function, invocation by invocation, twice and out of order, tell the same", async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.array(fc.nat(), { minLength: 80, maxLength: 80 }), async (drawn, shuffle) => {
      const all = recordsOf(drawn);
      const replay = new WatchedAlertState();
      const replayed = [
        ...(await invoke(replay, "replay", START, [delivery(fileNamed(0))], { [fileNamed(0)]: logFile(...all) })),
        ...(await afterwards(replay)),
      ];

      const store = new WatchedAlertState();
      const told: Notification[] = [];
      // Each record comes twice: in a log file, and as an event or in another log file.
      const deliveries = [
        ...all.map((record) => ({ record, path: "log" })),
        ...all.map((record, i) => ({ record, path: (shuffle[i] ?? 0) % 3 === 0 ? "log" : "event" })),
      ]
        .map((one, i) => ({ ...one, order: shuffle[i] ?? 0 }))
        .sort((a, b) => a.order - b.order);
      for (let i = 0, invocation = 0; i < deliveries.length; invocation++) {
        const size = 1 + ((shuffle[i] ?? 0) % 5);
        const batch = deliveries.slice(i, i + size);
        i += size;
        const on = (path: string) => batch.filter((one) => one.path === path).map(({ record }) => record);
        const file = fileNamed(invocation);
        const messages = [...on("event").map(picked), delivery(file)];
        told.push(
          ...(await invoke(store, `i${invocation}`, START + invocation, messages, { [file]: logFile(...on("log")) })),
        );
      }
      told.push(...(await afterwards(store)));

      expect(gist(store, all, told)).toEqual(gist(replay, all, replayed));
      expectOneAlertEach(told);
      expectOneAlertEach(replayed);
    }),
    { numRuns: 60 },
  );
});
