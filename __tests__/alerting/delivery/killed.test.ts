import { describe, expect, test } from "@jest/globals";
import { World } from "./invocation";
import { alertNumber, INCIDENT } from "./notifications";
import { channel } from "./vendor";

/** State's methods, each call of which is a step. */
const STEPS = [
  ...(["claim", "confirm", "release", "isConfirmed", "thread", "leaseThread", "storeThread", "releaseThread"] as const),
  ...(["openUnacknowledged", "unacknowledged", "acknowledge", "acknowledgement", "closeIncident"] as const),
];

/**
 * Two alerts of an incident, then rounds in which its acknowledgement is found, and one more alert; the invocation that makes the step of that
 * number dies before it or after it.
 *
 * @returns which step it was, where there are so many
 */
async function killedAt(step: number, moment: "before" | "after", escalates: boolean) {
  const world = new World([channel("a"), channel("b"), channel("pager", { escalateAfterMinutes: 15 })]);
  let steps = 0;
  let killed: string | undefined;
  let isDead = false;
  let die: () => void = () => undefined;
  const forever = new Promise<never>(() => undefined);
  for (const name of STEPS) {
    const method = world.state[name] as (...given: readonly unknown[]) => Promise<unknown>;
    const wrapped = async (...given: readonly unknown[]) => {
      if (isDead) return forever;
      const dies = steps++ === step;
      if (dies) killed = name;
      const answer = dies && moment === "before" ? undefined : await method.apply(world.state, [...given]);
      if (!dies) return answer;
      isDead = true;
      die();
      return forever;
    };
    Object.assign(world.state, { [name]: wrapped });
  }
  /** What an invocation that has died had received comes again after the queue's time. */
  const untilDone = async (work: () => Promise<unknown>) => {
    for (let tries = 0; tries < 3; tries++) {
      const dead = new Promise<"dead">((resolve) => {
        die = () => resolve("dead");
      });
      if ((await Promise.race([work(), dead])) !== "dead") return;
      // Whatever of it was under way has come to its own next step by then, and stays there.
      await new Promise((resolve) => setImmediate(resolve));
      isDead = false;
      world.now += 360_000;
    }
    throw new Error("it is never done");
  };
  const receiveAll = async () => {
    for (let tries = 0; world.queue.size > 0 && tries < 20; tries++) {
      await world.receive();
      world.now += 10_000;
    }
  };

  world.put(alertNumber(1), alertNumber(2));
  await untilDone(receiveAll);
  if (escalates) {
    world.minutesLater(15);
    await untilDone(() => world.poll());
  }
  Object.assign(world.vendor.chat, {
    acknowledgement: async () => ({ by: "Bo", at: world.now, through: "chat" }),
  });
  for (let rounds = 0; rounds < 2; rounds++) {
    world.minutesLater(1);
    await untilDone(() => world.poll());
  }
  world.put(alertNumber(3));
  await untilDone(receiveAll);
  // What the test itself reads is no step.
  step = -1;
  return { world, killed };
}

describe.each([false, true])("an invocation that dies at any step (escalated: %p)", (escalates) => {
  test.each(["before", "after"] as const)(
    "%s it loses nothing, and costs each channel a second copy of one message at the most",
    async (moment) => {
      const died = new Set<string>();
      for (let step = 0; ; step++) {
        const { world, killed } = await killedAt(step, moment, escalates);
        const where = `${moment} step ${step}, ${killed}`;
        const due = [1, 2, 3].map((number) => alertNumber(number).id);
        // Channels are sent to side by side: of each, one answer may be lost.
        const copies: number[] = [];
        for (const id of ["a", "b"]) {
          const held = world.vendor.held(id);
          expect([where, [...new Set(held)]]).toEqual([where, due]);
          copies.push(held.length - due.length);
        }
        const pager = world.vendor.held("pager").length;
        if (escalates) expect([where, pager > 0]).toEqual([where, true]);
        copies.push(Math.max(0, pager - 1));
        expect([where, Math.max(...copies) <= 1]).toEqual([where, true]);

        const waits: string[] = [];
        for (const state of ["unacknowledged", "acknowledged"] as const) {
          for await (const id of world.state.openIncidents(state)) waits.push(id);
        }
        expect([where, waits]).toEqual([where, []]);
        const shown = world.vendor.shown.map((each) => each.channel);
        expect([where, shown.includes("b")]).toEqual([where, true]);
        if (killed === undefined) {
          expect(await world.state.acknowledgement(INCIDENT)).toMatchObject({ by: "Bo" });
          expect(copies).toEqual([0, 0, 0]);
          break;
        }
        died.add(killed);
      }
      expect([...died]).toEqual(
        expect.arrayContaining([
          "claim",
          "confirm",
          "leaseThread",
          "storeThread",
          "openUnacknowledged",
          "acknowledge",
          "closeIncident",
        ]),
      );
    },
  );
});
