import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ChannelUnavailable } from "../../../alerting/channels/channel";
import type { AlertNotification } from "../../../alerting/notification/notification";
import { propertyRuns } from "../../property-runs";
import { World } from "./invocation";
import { alertNumber } from "./notifications";
import { channel } from "./vendor";

const CHANNELS = [channel("a"), channel("b"), channel("c", { type: "hook", minSeverity: "critical" })];

type Fault = "none" | "none" | "unavailable" | "lost" | "crash";

/** What happens to the sends, one after another, in whichever channel; when all is used up, nothing more. */
const faults = fc.array(fc.constantFrom<Fault>("none", "none", "unavailable", "lost", "crash"), { maxLength: 25 });

const messages = fc
  .uniqueArray(fc.record({ incident: fc.integer({ min: 0, max: 2 }), number: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 8,
    selector: ({ incident, number }) => `${incident} ${number}`,
  })
  .map((all) =>
    all.map(({ incident, number }) => {
      const severity = number % 2 === 0 ? ({ severity: "high" } as const) : {};
      return alertNumber(number, number === 1 ? "opens" : "update", severity, `incident-${incident}`);
    }),
  );

/** More than 25 faults, one after another, each followed by the longest wait of a quarter of an hour. */
const LONGEST_MINUTES = 26 * 15;

/** The order in which messages are received, how many at once, and in how many invocations at the same time. */
const rounds = fc.array(fc.record({ size: fc.integer({ min: 1, max: 4 }), from: fc.nat(7), twice: fc.boolean() }), {
  maxLength: 12,
});

test("each channel gets what it admits at least once, again only after a lost answer, updates behind one first message", async () => {
  await fc.assert(
    fc.asyncProperty(messages, faults, rounds, async (notifications, given, order) => {
      const world = new World(CHANNELS);
      const left = [...given];
      /** Sends whose answer was lost, as `channel notification`. */
      const lost: string[] = [];
      let crashed = false;
      for (const { id } of CHANNELS) {
        world.vendor.before.set(id, () => {
          if (left[0] === "unavailable") {
            left.shift();
            throw new ChannelUnavailable("overloaded");
          }
        });
        world.vendor.after.set(id, (card) => {
          const fault = left.shift();
          if (fault === "crash") crashed = true;
          if (fault !== "lost") return;
          lost.push(`${id} ${card.notificationId}`);
          throw new ChannelUnavailable("no answer");
        });
      }
      crashes(world, () => crashed, lost);
      world.put(...notifications);

      const receive = async (ids: readonly string[], invocations: number) => {
        const received = ids.flatMap((id) => world.queue.get(id) ?? []);
        await Promise.all(Array.from({ length: invocations }, () => world.receive(ids)));
        if (!crashed) return;
        // What an invocation that has died had received comes again after the queue's time, longer than its leases.
        for (const message of received) world.queue.set(message.id, message);
        world.now += 130_000;
        crashed = false;
      };
      for (const { size, from, twice } of order) {
        const visible = world.visible();
        const ids = [...visible.slice(from % (visible.length + 1)), ...visible].slice(0, size);
        await receive([...new Set(ids)], twice ? 2 : 1);
        world.now += 7_000;
      }
      for (let minute = 0; world.queue.size > 0 && minute < LONGEST_MINUTES; minute++) {
        await receive(world.visible(), 1);
        world.now += 60_000;
      }

      expect(world.queue.size).toBe(0);
      expect(world.dead).toEqual([]);
      for (const { id, minSeverity } of CHANNELS) {
        const admitted = notifications.filter(({ severity }) => minSeverity === "low" || severity === "critical");
        const held = world.vendor.held(id);
        expect([...new Set(held)].sort()).toEqual(admitted.map((each: AlertNotification) => each.id).sort());
        for (const notification of new Set(held)) {
          const times = held.filter((each) => each === notification).length;
          const excused = lost.filter((each) => each === `${id} ${notification}`).length;
          expect(times).toBeLessThanOrEqual(1 + excused);
        }
        if (id === "c") continue;
        for (const incident of ["incident-0", "incident-1", "incident-2"]) {
          const posts = world.vendor.posts.filter((post) => post.channel === id && post.incident === incident);
          const first = posts.filter(({ thread }) => thread === undefined);
          const excused = lost.filter((each) => each.startsWith(`${id} ${incident}-`)).length;
          expect(first.length).toBeLessThanOrEqual(1 + excused);
          if (posts.length > 0) expect(posts[0]?.thread).toBeUndefined();
          if (excused === 0 && posts.length > 0) expect(first).toHaveLength(1);
        }
      }
    }),
    { numRuns: propertyRuns(2_000) },
  );
});

/** An invocation that has died writes nothing more; what it has sent and not put down is sent again. */
function crashes({ state }: World, hasCrashed: () => boolean, lost: string[]): void {
  const { claim, confirm, leaseThread } = state;
  state.claim = async (...given) => (hasCrashed() ? "busy" : claim.apply(state, given));
  state.leaseThread = async (...given) => (hasCrashed() ? "busy" : leaseThread.apply(state, given));
  state.confirm = async (place) => {
    if (!hasCrashed()) return confirm.call(state, place);
    const [, channelId = ""] = place.windowId.split("#");
    lost.push(`${channelId} ${place.member}`);
  };
  for (const name of ["release", "storeThread", "releaseThread", "openUnacknowledged"] as const) {
    const write = state[name] as (...given: readonly unknown[]) => Promise<void>;
    Object.assign(state, {
      [name]: async (...given: readonly unknown[]) => (hasCrashed() ? undefined : write.apply(state, [...given])),
    });
  }
}
