// Over 250 lines: what becomes of an alert that waits to be acknowledged, step by step.
import { describe, expect, test } from "@jest/globals";
import { ChannelRefusal } from "../../../alerting/channels/channel";
import { windowIdOf } from "../../../alerting/delivery/channel-state";
import { allOf } from "../../all-of";
import { World } from "./invocation";
import { alert, alertNumber, INCIDENT, summary } from "./notifications";
import { channel, unavailable } from "./vendor";

const pager = channel("pager", { escalateAfterMinutes: 15 });
const acknowledge = (incident: unknown, by: unknown = "Bo") => ({ trailwarden: "acknowledge", incident, by });

async function worldWithAlert(configured = [channel("a"), channel("b"), pager]): Promise<World> {
  const world = new World(configured);
  world.put(alert);
  await world.receive();
  return world;
}

describe("what waits to be acknowledged", () => {
  test("is a critical alert, whatever it is in its incident, with what the digest says of it", async () => {
    const world = new World([channel("a")]);
    world.put(
      alert,
      alertNumber(1, "opens", { severity: "high" }, "other-1"),
      alertNumber(2, "rises", {}, "other-2"),
      alertNumber(3, "update", {}, "other-3"),
      summary,
    );
    world.minutesLater(3);
    await world.receive();

    const open = await allOf(world.state.openIncidents("unacknowledged"));
    expect([...open].sort()).toEqual([INCIDENT, "other-2", "other-3"].sort());
    expect(await world.state.unacknowledged(INCIDENT)).toEqual({
      incidentId: INCIDENT,
      title: "Trail stopped",
      actor: "ann",
      time: "2026-11-20T02:14:05Z",
      sentAt: world.now,
      notification: alert,
    });
  });

  test("is an update where the channels take no account of what it follows, and it escalates", async () => {
    const production = { accounts: ["111122223333"] };
    const world = new World([channel("a", production), { ...pager, ...production }]);
    world.put(alertNumber(1, "opens", { account: { id: "999999999999" } }), alertNumber(2, "update"));
    await world.receive();
    world.minutesLater(15);
    await world.poll();

    expect(world.vendor.held("pager")).toEqual([`${alertNumber(2).id}-escalated`]);
  });

  test("stays as it was put down when an update follows, acknowledged or not", async () => {
    const world = await worldWithAlert();
    const before = await world.state.unacknowledged(INCIDENT);
    await world.invoke(acknowledge(INCIDENT));
    world.minutesLater(20);
    world.put(alertNumber(2, "update"));
    await world.receive();
    await world.poll();

    expect(await world.state.unacknowledged(INCIDENT)).toEqual(before);
    expect(world.vendor.held("pager")).toEqual([]);
  });

  test("is nothing where no channel can say who has acknowledged, and none is escalated to", async () => {
    const world = new World([
      channel("a", { type: "hook" }),
      channel("b", { minSeverity: "critical", detections: ["x"] }),
    ]);
    world.put(alert);
    await world.receive();

    expect(await allOf(world.state.openIncidents("unacknowledged"))).toEqual([]);
  });

  test("is put down where another channel is unavailable, and keeps its time when the message comes again", async () => {
    const world = new World([channel("a"), pager]);
    world.vendor.before.set("a", unavailable());
    world.put(alert);
    const { now } = world;
    await world.receive();
    world.minutesLater(5);
    await world.receive();

    expect((await world.state.unacknowledged(INCIDENT))?.sentAt).toBe(now);
  });

  test("of an alert that is no incident's is known by the alert", async () => {
    const { incident: _, ...alone } = alert;
    const world = new World([channel("a")]);
    world.put(alone);
    await world.receive();
    world.vendor.acknowledgements.set("a-1", { by: "Bo", at: world.now, through: "chat" });
    await world.poll();

    expect(await world.state.acknowledgement("e1")).toMatchObject({ by: "Bo" });
  });

  test("keeps at most 100 KB of the notification", async () => {
    const world = new World([channel("a")]);
    world.put({ ...alert, request: { policy: "x".repeat(200_000) } });
    await world.receive();

    const stored = await world.state.unacknowledged(INCIDENT);
    expect(JSON.stringify(stored?.notification).length).toBeLessThan(100_000);
    expect(stored?.notification).toMatchObject({ id: "e1", why: alert.why });
  });

  test("that can't be put down makes the message come again", async () => {
    const world = new World([channel("a")]);
    const { openUnacknowledged } = world.state;
    world.state.openUnacknowledged = async () => {
      throw Object.assign(new Error("down"), { name: "InternalServerError", $metadata: {} });
    };
    world.put(alert);
    await world.receive();
    expect(world.queue.size).toBe(1);

    world.state.openUnacknowledged = openUnacknowledged;
    world.minutesLater(1);
    await world.receive();
    expect(world.vendor.held("a")).toEqual(["e1"]);
    expect(await allOf(world.state.openIncidents("unacknowledged"))).toEqual([INCIDENT]);
  });
});

describe("an acknowledgement in a channel", () => {
  test("is found at the next round, shown in the other channels, and ends the asking and the escalation", async () => {
    const world = await worldWithAlert();
    const at = world.now;
    world.vendor.acknowledgements.set("b-1", { by: "Bo", at, through: "chat" });
    world.minutesLater(5);
    await world.poll();

    expect(await world.state.acknowledgement(INCIDENT)).toEqual({ by: "Bo", at, through: "chat" });
    expect(world.vendor.shown).toEqual([{ channel: "a", thread: "a-1", by: "Bo" }]);
    expect(world.tally.incidents).toEqual({ acknowledged: 1, escalated: 0 });
    // What the channel keeps of it goes with the incident's next message.
    expect((await world.state.thread(windowIdOf("a", INCIDENT)))?.thread).toEqual({ ts: "a-1", acknowledged: "Bo" });

    world.vendor.asked.length = 0;
    world.minutesLater(60);
    await world.poll();
    expect(world.vendor.asked).toEqual([]);
    expect(world.vendor.shown).toHaveLength(1);
    expect(world.vendor.held("pager")).toEqual([]);
  });

  test("is found though another channel can't be asked", async () => {
    const world = await worldWithAlert();
    world.vendor.before.set("ask a", () => {
      throw new ChannelRefusal("missing_scope");
    });
    world.vendor.acknowledgements.set("b-1", { by: "Bo", at: 1, through: "chat" });
    await world.poll();

    expect(await world.state.acknowledgement(INCIDENT)).toMatchObject({ by: "Bo" });
    expect(world.said("WARN")).toContain("channel can't be asked");
  });

  test("is shown again and again in a channel that is unavailable, once in each", async () => {
    const world = await worldWithAlert([channel("a"), channel("b"), channel("c")]);
    world.vendor.acknowledgements.set("b-1", { by: "Bo", at: 1, through: "chat" });
    world.vendor.before.set("show a", unavailable());
    await world.poll();
    expect(world.vendor.shown.map((each) => each.channel)).toEqual(["c"]);

    world.vendor.before.clear();
    world.minutesLater(5);
    await world.poll();
    world.minutesLater(5);
    await world.poll();
    expect(world.vendor.shown.map((each) => each.channel)).toEqual(["c", "a"]);
    expect(await allOf(world.state.openIncidents("acknowledged"))).toEqual([]);
  });

  test("that a channel refuses to show is an error once, and is over", async () => {
    const world = await worldWithAlert();
    world.vendor.acknowledgements.set("b-1", { by: "Bo", at: 1, through: "chat" });
    world.vendor.before.set("show a", () => {
      throw new ChannelRefusal("message_not_found");
    });
    await world.poll();
    world.minutesLater(5);
    await world.poll();

    expect(world.said("WARN").filter((line) => line === "acknowledgement can't be shown")).toHaveLength(1);
    expect(await allOf(world.state.openIncidents("acknowledged"))).toEqual([]);
  });
});

describe("an alert that is not acknowledged", () => {
  test("escalates once to each channel whose time has come, marked with how long it has waited", async () => {
    const late = channel("late", { escalateAfterMinutes: 60 });
    const world = await worldWithAlert([channel("a"), pager, late]);
    world.minutesLater(14);
    await world.poll();
    expect(world.vendor.held("pager")).toEqual([]);

    world.minutesLater(1);
    await world.poll();
    world.minutesLater(5);
    await world.poll();
    expect(world.vendor.held("pager")).toEqual(["e1-escalated"]);
    expect(world.vendor.posts.at(-1)?.headline).toBe(
      "Not acknowledged for 15 minutes: StopLogging succeeded by ann in prod",
    );
    expect(world.vendor.held("late")).toEqual([]);

    world.minutesLater(40);
    await world.poll();
    expect(world.vendor.held("late")).toEqual(["e1-escalated"]);
    expect(world.tally.incidents.escalated).toBe(1);
  });

  test("escalates to no channel that would not admit it", async () => {
    const world = await worldWithAlert([channel("a"), { ...pager, accounts: ["999999999999"] }]);
    world.minutesLater(30);
    await world.poll();

    expect(world.vendor.held("pager")).toEqual([]);
  });

  test("escalates to a channel at the next round that was unavailable, and to the others at once", async () => {
    const world = await worldWithAlert([channel("a"), pager, { ...pager, id: "sms", settings: { name: "sms" } }]);
    world.vendor.before.set("pager", unavailable());
    world.minutesLater(15);
    await world.poll();
    expect(world.vendor.held("sms")).toEqual(["e1-escalated"]);
    expect(world.vendor.held("pager")).toEqual([]);

    world.vendor.before.clear();
    world.minutesLater(5);
    await world.poll();
    expect(world.vendor.held("pager")).toEqual(["e1-escalated"]);
    expect(world.vendor.held("sms")).toEqual(["e1-escalated"]);
  });

  test("can be acknowledged where it has escalated to", async () => {
    const world = await worldWithAlert();
    world.minutesLater(15);
    await world.poll();
    world.vendor.acknowledgements.set("pager-1", { by: "Cy", at: world.now, through: "chat" });
    world.minutesLater(5);
    await world.poll();

    expect(world.vendor.shown.map((each) => each.channel)).toEqual(["a", "b"]);
  });

  test("is asked for a day", async () => {
    const world = await worldWithAlert([channel("a")]);
    world.minutesLater(24 * 60);
    await world.poll();
    expect(world.vendor.asked).toEqual(["a"]);

    world.minutesLater(5);
    await world.poll();
    world.minutesLater(5);
    await world.poll();
    // At the first round after a day it is asked for the last time.
    expect(world.vendor.asked).toEqual(["a", "a"]);
    expect(await allOf(world.state.openIncidents("unacknowledged"))).toEqual([]);
  });

  test("holds up no other when its state can't be read: the round is made again", async () => {
    const world = await worldWithAlert([channel("a")]);
    world.put(alertNumber(1, "opens", {}, "other-1"));
    await world.receive();
    world.vendor.acknowledgements.set("a-2", { by: "Bo", at: 1, through: "chat" });
    const { unacknowledged } = world.state;
    world.state.unacknowledged = async (id) => {
      if (id === INCIDENT) throw Object.assign(new Error("down"), { name: "InternalServerError", $metadata: {} });
      return unacknowledged.call(world.state, id);
    };
    const { failures } = await world.poll();

    expect(failures).toEqual([{ id: undefined, reason: "InternalServerError: down" }]);
    expect(await world.state.acknowledgement("other-1")).toMatchObject({ by: "Bo" });
    expect(world.said("WARN")).toContain("incident can't be followed");
  });
});

describe("an incident that becomes critical after it was acknowledged", () => {
  const risen = async (acknowledged: (world: World) => Promise<unknown>): Promise<World> => {
    const world = new World([channel("a"), pager]);
    world.put(alertNumber(1, "opens", { severity: "high" }));
    await world.receive();
    await acknowledged(world);
    world.minutesLater(5);
    world.put(alertNumber(2, "rises"));
    await world.receive();
    world.minutesLater(10);
    await world.receive();
    return world;
  };
  const byCommand = (world: World) => world.invoke(acknowledge(INCIDENT));
  const escalated = [`${alertNumber(2).id}-escalated`];
  // As Slack, which does not say when.
  const react = (world: World, by: string) =>
    void Object.assign(world.vendor.chat, {
      acknowledgement: async (_: unknown, { now }: { readonly now: number }) => ({ by, at: now, through: "chat" }),
    });

  test.each([
    ["by command", byCommand],
    ["by a reaction, which no round had asked for", async (world: World) => react(world, "Bo")],
  ])("%s escalates all the same", async (_, acknowledged) => {
    const world = await risen(acknowledged);
    world.minutesLater(15);
    await world.poll();
    await world.poll();

    expect(world.vendor.held("pager")).toEqual(escalated);
    expect(await world.state.acknowledgement(INCIDENT)).toMatchObject({ by: "Bo" });
  });

  test("does not where it is acknowledged anew, by the same person by command, which the channels show again", async () => {
    const world = await risen(byCommand);
    const { dispositions } = await world.invoke(acknowledge(INCIDENT));
    world.minutesLater(30);
    await world.poll();

    expect(dispositions[0]?.answer).toMatchObject({ result: "acknowledged", by: "Bo", shownIn: ["a"] });
    expect(world.vendor.shown).toHaveLength(2);
    expect(world.vendor.held("pager")).toEqual([]);
  });

  test("does not where another reacts, or the channel says that it was later", async () => {
    const another = await risen(async (world) => react(world, "Bo"));
    react(another, "Cy");
    await another.poll();
    another.minutesLater(30);
    await another.poll();
    expect(another.vendor.held("pager")).toEqual([]);
    expect(await another.state.acknowledgement(INCIDENT)).toMatchObject({ by: "Cy" });

    const later = await risen(async (world) => {
      world.vendor.acknowledgements.set("a-1", { by: "Bo", at: world.now, through: "chat" });
    });
    later.vendor.acknowledgements.set("a-1", { by: "Bo", at: later.now, through: "chat" });
    later.minutesLater(1);
    await later.poll();
    later.minutesLater(30);
    await later.poll();
    expect(later.vendor.held("pager")).toEqual([]);
  });
});

describe("a round with more incidents than it has time for", () => {
  const ids = Array.from({ length: 30 }, (_, index) => `incident-${index}`);
  const worldOf = async (configured = [channel("a"), pager]): Promise<World> => {
    const world = new World(configured);
    world.put(...ids.map((id) => alertNumber(1, "opens", {}, id)));
    for (let left = world.visible(); left.length > 0; left = world.visible()) await world.receive(left.slice(0, 10));
    world.minutesLater(15);
    return world;
  };
  /** As the schedule's message, received again until it is gone. */
  const round = async (world: World): Promise<void> => {
    const [id = ""] = world.put({ trailwarden: "poll-channels" });
    for (let tries = 0; world.queue.has(id) && tries < 100; tries++) {
      world.remainingMs = 60_000;
      await world.receive([id]);
      world.now += (world.hidden.at(-1)?.seconds ?? 0) * 1000;
    }
    expect(world.queue.size).toBe(0);
  };

  test("comes again until the next one is there, and begins anywhere: each incident has its turn", async () => {
    const world = await worldOf();
    let seed = 1;
    world.random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    // Each question takes five seconds: no more than six incidents have their turn at once.
    world.vendor.before.set("ask a", () => {
      world.remainingMs -= 5_000;
    });
    for (let rounds = 0; rounds < 5; rounds++) await round(world);

    expect([...world.vendor.held("pager")].sort()).toEqual(
      ids.map((id) => `${alertNumber(1, "opens", {}, id).id}-escalated`).sort(),
    );
    expect(world.dead).toEqual([]);
    expect(world.said("WARN")).toContain("round is left to the next one");
  });

  test("does not wait for a vendor that is down more than once: all escalate at once", async () => {
    const world = await worldOf();
    world.vendor.before.set("ask a", () => {
      world.remainingMs -= 10_000;
      unavailable()();
    });
    await round(world);

    expect(world.vendor.held("pager")).toHaveLength(ids.length);
    expect(world.said("WARN").filter((line) => line === "channel can't be asked")).toHaveLength(1);
  });

  test("that has no time at all comes again within seconds", async () => {
    const world = await worldOf();
    const [id] = world.put({ trailwarden: "poll-channels" });
    world.remainingMs = 20_000;
    await world.receive();

    expect(world.hidden.at(-1)).toEqual({ id, seconds: 10 });
  });
});

describe("an acknowledgement by command", () => {
  const answerOf = async (world: World, event: unknown) => (await world.invoke(event)).dispositions[0]?.answer;

  test("is shown in every channel, and ends asking and escalation", async () => {
    const world = await worldWithAlert();

    expect(await answerOf(world, acknowledge(INCIDENT))).toEqual({
      incident: INCIDENT,
      result: "acknowledged",
      by: "Bo",
      at: new Date(world.now).toISOString(),
      through: "command",
      shownIn: ["a", "b"],
    });
    world.minutesLater(30);
    await world.poll();
    expect(world.vendor.asked).toEqual([]);
    expect(world.vendor.held("pager")).toEqual([]);
  });

  test("after another says who was first", async () => {
    const world = await worldWithAlert();
    await world.invoke(acknowledge(INCIDENT));
    world.minutesLater(1);

    expect(await answerOf(world, acknowledge(INCIDENT, "Cy"))).toMatchObject({
      result: "already",
      by: "Bo",
      shownIn: [],
    });
  });

  test("of an incident that is not critical, and so waits for nobody, is taken too", async () => {
    const world = new World([channel("a")]);
    world.put({ ...alert, severity: "high" });
    await world.receive();

    expect(await answerOf(world, acknowledge(INCIDENT))).toMatchObject({ result: "acknowledged", shownIn: ["a"] });
  });

  test("of an incident that nothing is known of is refused, with what to do", async () => {
    const world = await worldWithAlert();

    expect(await answerOf(world, acknowledge("fedcba9876543210-20261120T021405Z"))).toMatchObject({
      result: "unknown",
      message: expect.stringContaining('incident "fedcba9876543210-20261120T021405Z"'),
      shownIn: [],
    });
    expect(await world.state.acknowledgement("fedcba9876543210-20261120T021405Z")).toBeUndefined();
  });

  test.each([
    [acknowledge(7), "incident is a number: it must be an incident's id, as alerts have it"],
    [acknowledge("a b"), 'incident is "a b": it must be an incident\'s id, as alerts have it'],
    [acknowledge(INCIDENT, " \n"), "by is a string: it must be the name of who acknowledges"],
    [{ trailwarden: "forget" }, 'trailwarden is "forget": it must be poll-channels or acknowledge'],
  ])("%j is refused: %s", async (event, reason) => {
    const world = await worldWithAlert();

    expect((await world.invoke(event)).failures).toEqual([{ id: undefined, reason }]);
  });
});
