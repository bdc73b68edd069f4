import { deepEqual, equal, match, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import { isoSeconds } from "../../simulation/record";
import { DELETION, DIGESTED, FAILED_SIGN_IN, session, type Template, user } from "../../simulation/templates";
import { refusedByEc2, refusedByS3, telling } from "./calls";
import type { World } from "./world";
import { worldChecks } from "./world-checks";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-2", "sa-east-1"];

async function close(world: World): Promise<void> {
  await world.schedule("close-windows");
  await world.poll();
}

type Message = Readonly<Record<string, unknown>>;

/** What a digest says of the first of its detections. */
function sectionOf(digest: Message | undefined): Message {
  const [section] = (digest?.detections ?? []) as readonly Message[];
  return section ?? {};
}

/** What is told of many events together. */
describe("windows", () => {
  const check = worldChecks();

  check(
    "a storm (312 refused calls in 15 minutes, 4 regions, 12 log files, 3 processes) is one alert and one summary",
    async (world) => {
      const mallory = user("mallory");
      const records = Array.from({ length: 312 }, (_, number) =>
        world.record(refusedByS3, mallory, (number * 15) / 312, REGIONS[number % REGIONS.length]),
      );

      for (let start = 0; start < records.length; start += 26) {
        await world.deliver(...records.slice(start, start + 26));
      }
      await world.poll();
      await close(world);
      deepEqual((await world.told()).map(({ detection, kind }) => [detection, kind ?? "alert"]).sort(), [
        ["unauthorized-calls", "alert"],
        ["unauthorized-calls-burst", "alert"],
      ]);

      await world.clock.set(world.time(15 + 11));
      await close(world);
      await close(world);

      const [summary, ...others] = await world.told();
      deepEqual(others, []);
      const { kind, detection, count, total, actor, regions, calls, windowStart, windowEnd } = summary ?? {};
      deepEqual(
        { kind, detection, count, total, actor, calls, windowStart, windowEnd },
        {
          kind: "summary",
          detection: "unauthorized-calls",
          count: 311,
          total: 311,
          actor: "IAM user mallory (account 111122223333)",
          calls: [{ name: "ListBuckets", count: 311 }],
          windowStart: isoSeconds(world.time(0)),
          windowEnd: isoSeconds(world.time(15)),
        },
      );
      deepEqual([...(regions as string[])].sort(), [...REGIONS].sort());
    },
  );

  check("what comes after its window is closed makes a summary of its own", async (world) => {
    const mallory = user("mallory");
    const records = Array.from({ length: 10 }, () => world.record(refusedByS3, mallory));

    await world.deliver(...records.slice(0, 4));
    await world.poll();
    await world.clock.set(world.time(26));
    await close(world);
    await world.deliver(...records);
    await world.poll();
    await close(world);
    await world.clock.advance(4 * MINUTE_MS);
    await close(world);

    const summaries = (await world.told()).filter(({ kind }) => kind === "summary");
    deepEqual(
      summaries.map(({ count, total }) => [count, total]),
      [
        [3, 3],
        [6, 9],
      ],
    );
  });

  check("each actor and each detection has a window of its own", async (world) => {
    await world.deliver(
      ...["mallory", "trudy"].flatMap((name) => [
        world.record(refusedByS3, user(name)),
        // Not the first of the detection that both match, so that each has an alert to itself.
        world.record(refusedByEc2, user(name), 2),
      ]),
    );
    await world.poll();

    const told = await world.told();
    equal(told.length, 4);
    equal(new Set(told.map(({ detection, actor }) => `${detection} ${actor}`)).size, 4);
  });

  check(
    "a critical call that succeeds alerts at once, whatever the role's other sessions tried before",
    async (world) => {
      const stops = telling("trail-stopped");
      const isDenied: Template = { ...stops, fields: { ...stops.fields, errorCode: "AccessDenied" } };
      const jane = session("admin", "jane");
      const mallory = session("admin", "mallory");

      await world.deliver(world.record(isDenied, jane, 1));
      await world.poll();
      await world.deliver(world.record(stops, mallory, 3), world.record(stops, mallory, 4));
      await world.poll();

      const alerts = (await world.told()).filter(({ detection }) => detection === "trail-stopped");
      deepEqual(
        alerts.map(({ actor, outcomeKind }) => [actor, outcomeKind]),
        [
          [jane.words, "denied"],
          [mallory.words, "succeeded"],
        ],
      );

      world.clock.set(world.time(15 + 11));
      await close(world);
      const summaries = (await world.told()).filter(({ detection }) => detection === "trail-stopped");
      deepEqual(
        summaries.map(({ kind, actors }) => [kind, actors]),
        [["summary", [{ actor: mallory.words, count: 1, outcomes: { succeeded: 1 } }]]],
      );
    },
  );

  check("a detection that counts tells once, when enough different events have come together", async (world) => {
    const records = Array.from({ length: 14 }, (_, number) =>
      world.record(FAILED_SIGN_IN, user(`guess${number}`), number),
    );

    await world.deliver(...records.slice(0, 9));
    await world.deliver(...records.slice(0, 9));
    for (const record of records.slice(0, 9)) await world.happen(record);
    await world.poll();
    deepEqual(await world.told(), []);

    await world.deliver(...records.slice(9));
    await world.deliver(...records.slice(9));
    await world.poll();

    const [alert, ...others] = await world.told();
    deepEqual(others, []);
    deepEqual(
      [alert?.detection, alert?.count],
      [
        "console-login-failures",
        { threshold: 10, windowStart: isoSeconds(world.time(0)), windowEnd: isoSeconds(world.time(60)) },
      ],
    );
  });

  check("the digest tells once a day of what can wait, and of what came late the day after", async (world) => {
    const records = [user("alice"), user("alice"), user("bob")].map((actor) => world.record(DIGESTED, actor));
    const late = world.record(DIGESTED, user("bob"));

    await world.deliver(...records);
    await world.deliver(...records);
    await world.poll();
    await world.schedule("send-digest");
    await world.poll();
    deepEqual(await world.told(), []);

    await world.clock.advance(21 * HOUR_MS);
    await world.schedule("send-digest");
    await world.schedule("send-digest");
    await world.poll();
    const [digest, ...others] = await world.told();
    deepEqual(others, []);
    const { id, count, actors } = sectionOf(digest);
    deepEqual([digest?.kind, id, count], ["digest", "iam-policy-changed", 3]);
    deepEqual(actors, [
      { actor: "IAM user alice (account 111122223333)", count: 2, outcomes: { succeeded: 2 } },
      { actor: "IAM user bob (account 111122223333)", count: 1, outcomes: { succeeded: 1 } },
    ]);

    await world.deliver(late, ...records);
    await world.poll();
    await world.clock.advance(24 * HOUR_MS);
    await world.schedule("send-digest");
    await world.poll();
    const [second] = await world.told();
    equal(sectionOf(second).count, 1);
  });

  check(
    "a flood is held back with one notice, critical alerts go out, and summaries tell the rest later",
    async (world) => {
      const limit = Number(world.estate.environment.MAX_ALERTS_PER_HOUR);
      const held = 20;
      const records = Array.from({ length: limit + held }, (_, number) => world.record(DELETION, user(`d${number}`)));

      for (let start = 0; start < records.length; start += 30) await world.deliver(...records.slice(start, start + 30));
      await world.poll();
      await world.deliver(world.record(telling("trail-stopped"), user("mallory")));
      await world.poll();
      const told = await world.told();
      equal(told.filter(({ detection }) => detection === "data-destroyed").length, limit);
      equal(told.filter(({ kind }) => kind === "rate-limit").length, 1);
      equal(told.filter(({ detection }) => detection === "trail-stopped").length, 1);

      await world.clock.advance(HOUR_MS + 30 * MINUTE_MS);
      await close(world);

      const later = await world.told();
      deepEqual(
        later.map(({ kind, detection, count }) => [kind, detection, count]),
        Array.from({ length: held }, () => ["summary", "data-destroyed", 1]),
      );
      const actors = [...told, ...later].filter(({ detection }) => detection === "data-destroyed");
      equal(new Set(actors.map(({ actor }) => actor)).size, limit + held);
    },
  );

  check("both schedules send the events queue what the function understands", async (world) => {
    deepEqual(world.estate.schedules.map(({ expression }) => expression).sort(), [
      "cron(0 7 * * ? *)",
      "rate(5 minutes)",
    ]);

    await world.schedule("close-windows");
    await world.schedule("send-digest");
    const { log } = await world.poll();

    ok(log.length > 0);
    for (const line of log) match(line, /"messages":\{"received":\d+,"handled":\d+,"unrecognized":0,"failed":0\}/);
  });
});
