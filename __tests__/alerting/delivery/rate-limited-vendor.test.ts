import { expect, test } from "@jest/globals";
import { ChannelUnavailable } from "../../../alerting/channels/channel";
import { propertyRuns } from "../../property-runs";
import { World } from "./invocation";
import { alertNumber } from "./notifications";
import { channel } from "./vendor";

/** Alerts within one minute, each of an incident of its own: 10,000 where properties are tried deep. */
const ALERTS = 20 * propertyRuns(500);
const RETRY_AFTER_SECONDS = 30;
/** What the vendor takes in a row before it asks to wait. */
const BURST = 60;

test("far more alerts than a vendor takes: each gets there once, none is given up, and the vendor's wait is kept", async () => {
  const world = new World([channel("a")]);
  // Spread as by `Math.random`, and the same in each run.
  let seed = 1;
  world.random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let taken = 0;
  let closedUntil = 0;
  let early = 0;
  world.vendor.before.set("a", () => {
    if (world.now < closedUntil) early++;
    if (++taken <= BURST) return;
    taken = 0;
    closedUntil = world.now + RETRY_AFTER_SECONDS * 1000;
    throw new ChannelUnavailable("rate limited", RETRY_AFTER_SECONDS);
  });
  world.put(
    ...Array.from({ length: ALERTS }, (_, index) => alertNumber(1, "opens", { severity: "high" }, `i-${index}`)),
  );
  let receives = 0;
  while (world.queue.size > 0 && receives < 100) {
    for (let ids = world.visible(); ids.length > 0; ids = world.visible()) await world.receive(ids.slice(0, 10));
    receives = Math.max(receives, ...[...world.queue.values()].map((message) => message.receives));
    world.now += 1_000;
  }

  expect(world.queue.size).toBe(0);
  expect(world.dead).toEqual([]);
  expect(new Set(world.vendor.held("a")).size).toBe(ALERTS);
  expect(world.vendor.posts).toHaveLength(ALERTS);
  expect(early).toBe(0);
  expect(receives).toBeLessThan(30);
});
