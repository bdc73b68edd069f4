// Over 250 lines: what one message, one channel and one failure do to the others, in one world.
import { beforeEach, describe, expect, test } from "@jest/globals";
import { ChannelRefusal } from "../../../alerting/channels/channel";
import { World } from "./invocation";
import { alarm, alert, alertNumber, summary, urgent } from "./notifications";
import { channel, unavailable } from "./vendor";

const refuse = (words: string) => () => {
  throw new ChannelRefusal(words);
};

describe("a batch", () => {
  test("goes to every channel that admits it, once, alarms and short alerts too", async () => {
    const world = new World([channel("a"), channel("b", { minSeverity: "critical" })]);
    world.put(alert, summary, alarm, JSON.stringify(urgent));
    await world.receive();

    expect(world.vendor.held("a")).toEqual([
      "e1",
      "s1",
      expect.stringMatching(/^urgent-/),
      expect.stringMatching(/^alarm-/),
    ]);
    expect(world.vendor.held("b")).toEqual(["e1", expect.stringMatching(/^urgent-/)]);
    expect(world.queue.size).toBe(0);
    expect(world.tally.channels.a).toMatchObject({ sent: 4, duplicates: 0 });
    expect(world.tally.messages).toEqual({ received: 4, handled: 4, retried: 0, deadLettered: 0 });
  });

  test("that comes again sends nothing twice", async () => {
    const world = new World([channel("a"), channel("b", { type: "hook" })]);
    world.put(alert, alarm);
    await world.receive();
    world.put(alert, alarm);
    await world.receive();

    expect(world.vendor.posts).toHaveLength(4);
    expect(world.tally.channels.a).toMatchObject({ sent: 0, duplicates: 2 });
  });

  test("with a message that can't be read goes on without it: it is in the dead letters at once, with why", async () => {
    const world = new World([channel("a")]);
    world.put("not json", { ...alert, version: "2.0" }, alert, { ...alert, id: "e9", severity: "grave" });
    await world.receive();

    expect(world.vendor.held("a")).toEqual(["e1"]);
    expect(world.queue.size).toBe(0);
    expect(world.dead.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^the message is not JSON: /),
      'version is "2.0": it must be 1 with any minor version, such as "1.0"',
      'severity is "grave": it must be one of critical, high, medium, low',
    ]);
    expect(world.said("WARN").filter((message) => message === "message can't be read")).toHaveLength(3);
    expect(world.tally.messages).toEqual({ received: 4, handled: 1, retried: 0, deadLettered: 3 });
  });

  test("is tried with no time left: all of it comes again", async () => {
    const world = new World([channel("a")]);
    world.put(alert);
    world.remainingMs = 20_000;
    await world.receive();

    expect(world.vendor.posts).toEqual([]);
    expect(world.hidden).toEqual([{ id: "m1", seconds: 5 }]);
  });
});

describe("threads", () => {
  let world: World;
  beforeEach(() => {
    world = new World([channel("a"), channel("b", { type: "hook" })]);
  });

  const threads = () =>
    world.vendor.posts.filter((post) => post.channel === "a").map(({ notification, thread }) => [notification, thread]);

  test("begin with the incident's first alert, however the batch is ordered", async () => {
    const [first, second, third] = [alertNumber(1), alertNumber(2), alertNumber(3)];
    world.put(third, summary, second, first);
    await world.receive();

    expect(threads()).toEqual([
      [first.id, undefined],
      [second.id, "a-1"],
      [third.id, "a-1"],
      ["s1", "a-1"],
    ]);
  });

  test("make a later alert wait seconds for the first, while channels without threads have it at once", async () => {
    const [id] = world.put(alertNumber(2));
    await world.receive();

    expect(world.vendor.held("b")).toHaveLength(1);
    expect(world.vendor.held("a")).toEqual([]);
    expect(world.hidden).toEqual([{ id, seconds: 5 }]);

    world.now += 5_000;
    world.put(alertNumber(1));
    await world.receive();

    expect(threads()).toEqual([
      [alertNumber(1).id, undefined],
      [alertNumber(2).id, "a-1"],
    ]);
    expect(world.vendor.held("b")).toHaveLength(2);
  });

  test("make it wait for two minutes at the most", async () => {
    world.put(alertNumber(2));
    await world.receive();
    world.now += 119_000;
    await world.receive();
    expect(threads()).toEqual([]);

    world.now += 6_000;
    await world.receive();
    expect(threads()).toEqual([[alertNumber(2).id, undefined]]);
  });

  test("make one that is more severe than all before wait ten seconds: the channel may take nothing less severe", async () => {
    world.put(alertNumber(2, "rises"));
    await world.receive();
    expect(threads()).toEqual([]);

    world.now += 10_000;
    await world.receive();
    expect(threads()).toEqual([[alertNumber(2).id, undefined]]);
  });

  test("make nothing wait in a channel that may never get the first", async () => {
    world = new World([channel("a", { detections: ["trail-stopped"] })]);
    world.put(alertNumber(2));
    await world.receive();

    expect(threads()).toEqual([[alertNumber(2).id, undefined]]);
  });

  test("begin once where two invocations have two alerts of an incident at the same time", async () => {
    const ids = world.put(alertNumber(2), alertNumber(3));
    world.now += 121_000;
    const [second = "", third = ""] = ids;
    await Promise.all([world.receive([second]), world.receive([third])]);

    expect(threads().filter(([, thread]) => thread === undefined)).toHaveLength(1);

    world.now += 5_000;
    await world.receive();
    expect(threads()).toHaveLength(2);
    expect(threads().filter(([, thread]) => thread === undefined)).toHaveLength(1);
  });

  test("of a channel that gives none for its first message: later ones stand for themselves, and don't wait", async () => {
    const { send } = world.vendor.chat;
    Object.assign(world.vendor.chat, {
      send: async (...given: Parameters<typeof send>) => void (await send(...given)),
    });
    world.put(alertNumber(1), alertNumber(2));
    await world.receive();

    expect(threads()).toEqual([
      [alertNumber(1).id, undefined],
      [alertNumber(2).id, undefined],
    ]);
  });
});

describe("what a channel keeps in its thread", () => {
  const keep = (world: World, threadAfter: (kind: string) => Readonly<Record<string, string>> | undefined) => {
    const { send } = world.vendor.chat;
    const seen: unknown[] = [];
    Object.assign(world.vendor.chat, {
      send: async (...[card, thread, tools]: Parameters<typeof send>) => {
        seen.push(thread);
        await send(card, thread, tools);
        return threadAfter(card.kind);
      },
    });
    return seen;
  };

  test("may change with each message", async () => {
    const world = new World([channel("a")]);
    let number = 0;
    const seen = keep(world, () => ({ ts: "1", updates: String(number++) }));
    world.put(alertNumber(1), alertNumber(2), alertNumber(3));
    await world.receive();

    expect(seen).toEqual([undefined, { ts: "1", updates: "0" }, { ts: "1", updates: "1" }]);
  });

  test("and can't be put down costs that change alone: nothing is sent twice", async () => {
    const world = new World([channel("a")]);
    let number = 0;
    const seen = keep(world, () => ({ ts: "1", updates: String(number++) }));
    world.put(alertNumber(1));
    await world.receive();
    world.state.storeThread = async () => {
      throw Object.assign(new Error("down"), { name: "InternalServerError", $metadata: {} });
    };
    world.put(alertNumber(2));
    await world.receive();

    expect(seen).toHaveLength(2);
    expect(world.queue.size).toBe(0);
    expect(world.said("WARN")).toContain("thread can't be put down");
  });

  test("is begun by an alert where a summary before it has begun none", async () => {
    const world = new World([channel("a")]);
    const seen = keep(world, (kind) => (kind === "summary" ? undefined : { ts: "1" }));
    for (const notification of [summary, alertNumber(1), { ...summary, id: "s2" }]) {
      world.put(notification);
      await world.receive();
    }

    expect(seen).toEqual([undefined, undefined, { ts: "1" }]);
  });
});

describe("a channel that is unavailable", () => {
  test("holds up no other, and gets what it has missed, once", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.vendor.before.set("a", unavailable());
    world.put(alert);
    await world.receive();

    expect(world.vendor.held("b")).toEqual(["e1"]);
    expect(world.hidden).toEqual([{ id: "m1", seconds: 10 }]);
    expect(world.said("INFO")).toContain("channel is unavailable");
    expect(world.dead).toEqual([]);

    world.vendor.before.clear();
    world.now += 10_000;
    await world.receive();
    expect(world.vendor.held("a")).toEqual(["e1"]);
    expect(world.vendor.held("b")).toEqual(["e1"]);
    expect(world.queue.size).toBe(0);
  });

  test("is waited for longer with each receipt, and as long as it asks for", async () => {
    const world = new World([channel("a")]);
    world.vendor.before.set("a", unavailable());
    world.put(alert);
    for (let receipt = 0; receipt < 8; receipt++) {
      await world.receive();
      world.minutesLater(20);
    }
    // Half of what is the most: the jitter is 0 here.
    expect(world.hidden.map(({ seconds }) => seconds)).toEqual([10, 10, 20, 40, 80, 160, 320, 450]);

    world.vendor.before.set("a", unavailable(1_234));
    await world.receive();
    expect(world.hidden.at(-1)?.seconds).toBe(1_234);
  });

  test("is not tried with the rest of the batch", async () => {
    const world = new World([channel("a")]);
    let tries = 0;
    world.vendor.before.set("a", () => {
      tries++;
      unavailable()();
    });
    world.put(alertNumber(1), summary, alarm);
    await world.receive();

    expect(tries).toBe(1);
    expect(world.tally.channels.a).toMatchObject({ unavailable: 3 });
  });

  test("is left alone for ten seconds where it has not said for how long, though a message for another channel's thread comes again sooner", async () => {
    const world = new World([channel("a"), channel("b", { type: "hook" })]);
    let tries = 0;
    world.vendor.before.set("b", () => {
      tries++;
      unavailable()();
    });
    world.put(alertNumber(2));
    await world.receive();
    world.now += 5_000;
    await world.receive();
    expect(tries).toBe(1);
    expect(world.hidden.map(({ seconds }) => seconds)).toEqual([5, 5]);

    world.now += 5_000;
    await world.receive();
    expect(tries).toBe(2);
  });

  test("is not tried by later invocations before the time that it has given", async () => {
    const world = new World([channel("a")]);
    let tries = 0;
    world.vendor.before.set("a", () => {
      tries++;
      unavailable(300)();
    });
    world.put(alertNumber(1), summary, alarm);
    await world.receive();
    expect(tries).toBe(1);
    expect(world.tally.channels.a).toMatchObject({ unavailable: 3 });

    world.put(JSON.stringify(urgent));
    world.now += 299_000;
    await world.receive(["m4"]);
    expect(tries).toBe(1);
    expect(world.hidden.at(-1)).toEqual({ id: "m4", seconds: 10 });

    world.now += 1_000;
    await world.receive();
    expect(tries).toBe(2);
  });

  test("for as long as the queue tries: the message ends in the dead letters with why, and can be moved back", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.maxReceives = 3;
    world.vendor.before.set("a", unavailable());
    world.put(alert);
    for (let receipt = 0; receipt < 3; receipt++) {
      await world.receive();
      world.minutesLater(20);
    }
    expect(world.dead).toEqual([{ body: JSON.stringify(alert), reason: "a: overloaded" }]);
    expect(world.queue.size).toBe(0);

    world.vendor.before.clear();
    world.redrive();
    await world.receive();
    expect(world.vendor.held("a")).toEqual(["e1"]);
    expect(world.vendor.held("b")).toEqual(["e1"]);
  });

  test.each([undefined, 3_600])(
    "for a day delays a message, for three days makes it a dead letter (Retry-After %p)",
    async (retryAfter) => {
      const world = new World([channel("a"), channel("b")]);
      world.maxReceives = 800;
      world.vendor.before.set("a", unavailable(retryAfter));
      world.put(alert);
      const begin = world.now;
      const untilDays = async (days: number) => {
        while (world.now - begin < days * 86_400_000 && world.queue.size > 0) {
          await world.receive(world.visible());
          world.minutesLater(7);
        }
      };
      await untilDays(2.9);
      expect(world.queue.size).toBe(1);
      expect(world.dead).toEqual([]);

      await untilDays(3.1);
      expect(world.queue.size).toBe(0);
      expect(world.dead).toEqual([{ body: JSON.stringify(alert), reason: expect.stringMatching(/^a: /) }]);
      expect(world.tally.messages).toEqual({ received: 1, handled: 0, retried: 0, deadLettered: 1 });
    },
  );

  test("by an answer that was lost: the message is sent again", async () => {
    const world = new World([channel("a")]);
    world.vendor.after.set("a", unavailable());
    world.put(alert);
    await world.receive();
    world.vendor.after.clear();
    world.minutesLater(1);
    await world.receive();

    expect(world.vendor.held("a")).toEqual(["e1", "e1"]);
  });
});

describe("a channel that refuses", () => {
  test("gets a dead letter with its words, a processing error with its id; the others get the message", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.vendor.before.set("a", refuse("channel_not_found:\nthe channel was deleted"));
    world.put(alert, summary);
    await world.receive();

    expect(world.vendor.held("b")).toEqual(["e1", "s1"]);
    expect(world.dead).toEqual([
      { body: JSON.stringify(alert), reason: "a: channel_not_found: the channel was deleted" },
      { body: JSON.stringify(summary), reason: "a: channel_not_found: the channel was deleted" },
    ]);
    expect(world.queue.size).toBe(0);
    const line = JSON.parse(world.lines.find((each) => each.includes("channel refused")) ?? "{}");
    expect(line).toMatchObject({
      level: "WARN",
      channel: "a",
      notification: "e1",
      reason: expect.stringContaining("deleted"),
    });
  });

  test("gets it when the dead letter is moved back; who had it does not", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.vendor.before.set("a", refuse("token_revoked"));
    world.put(alert);
    await world.receive();
    world.vendor.before.clear();
    world.redrive();
    await world.receive();

    expect(world.vendor.held("a")).toEqual(["e1"]);
    expect(world.vendor.held("b")).toEqual(["e1"]);
    expect(world.dead).toEqual([]);
  });

  test("is refused once while another channel is waited for", async () => {
    const world = new World([channel("a"), channel("b")]);
    let refusals = 0;
    world.vendor.before.set("a", () => {
      refusals++;
      refuse("no")();
    });
    world.vendor.before.set("b", unavailable());
    world.put(alert);
    await world.receive();
    world.minutesLater(1);
    world.vendor.before.delete("b");
    await world.receive();

    expect(refusals).toBe(1);
    expect(world.dead).toHaveLength(1);
    expect(world.vendor.held("b")).toEqual(["e1"]);
  });

  test("and whose dead letter can't be written is tried again", async () => {
    const world = new World([channel("a")]);
    world.vendor.before.set("a", refuse("no"));
    world.beforeDead = () => {
      throw Object.assign(new Error("down"), { name: "ServiceUnavailable", $metadata: {} });
    };
    world.put(alert);
    await world.receive();

    expect(world.queue.size).toBe(1);
    expect(world.said("WARN")).toContain("message can't be moved to the dead letters");
    expect(world.hidden).toEqual([{ id: "m1", seconds: 60 }]);
  });

  test("has its secret read again: one that was rotated meanwhile is tried once", async () => {
    const world = new World([channel("a")]);
    world.secrets.set("a", "old-token");
    world.vendor.before.set("a", (_, secret) => {
      if (secret === "old-token") refuse("invalid_auth")();
    });
    world.beforeSecret = (_, reread) => {
      if (reread) world.secrets.set("a", "new-token");
    };
    world.put(alert);
    await world.receive();

    expect(world.vendor.posts.map(({ secret }) => secret)).toEqual(["new-token"]);
    expect(world.rereads).toEqual(["a"]);
    expect(world.dead).toEqual([]);
  });

  test("because its secret can't be read", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.beforeSecret = ({ id }) => {
      if (id === "a") refuse('secret "x" can\'t be read: ResourceNotFoundException')();
    };
    world.put(alert);
    await world.receive();

    expect(world.vendor.held("b")).toEqual(["e1"]);
    expect(world.dead.map(({ reason }) => reason)).toEqual(['a: secret "x" can\'t be read: ResourceNotFoundException']);
  });

  test("by a defect of its own is in the dead letters too, and its stack in the log", async () => {
    const world = new World([channel("a"), channel("b")]);
    world.vendor.before.set("a", () => {
      throw new TypeError("x is not a function");
    });
    world.put(alert);
    await world.receive();

    expect(world.dead).toHaveLength(1);
    expect(world.vendor.held("b")).toEqual(["e1"]);
    expect(JSON.parse(world.lines.find((line) => line.includes("refused")) ?? "{}").stack).toMatch(/\n\s+at /);
  });

  test("because there is no such kind", async () => {
    const world = new World([channel("a", { type: "fax" }), channel("b")]);
    world.put(alert);
    await world.receive();

    expect(world.dead.map(({ reason }) => reason)).toEqual(['a: there is no channel of type "fax"']);
    expect(world.vendor.held("b")).toEqual(["e1"]);
  });
});

describe("services of AWS that a channel sends through", () => {
  const sdkError = (name: string, $fault: "client" | "server") => () => {
    throw Object.assign(new Error("words"), { name, $fault, $metadata: {} });
  };

  test.each([
    ["AuthorizationErrorException", "client", "refused"],
    ["InvalidParameterException", "client", "refused"],
    ["ThrottlingException", "client", "unavailable"],
    ["InternalErrorException", "server", "unavailable"],
  ] as const)("%s: %s's fault, %s", async (name, fault, outcome) => {
    const world = new World([channel("a")]);
    world.vendor.before.set("a", sdkError(name, fault));
    world.put(alert);
    await world.receive();

    expect(world.tally.channels.a?.[outcome]).toBe(1);
    expect(world.dead).toHaveLength(outcome === "refused" ? 1 : 0);
  });
});

describe("state that can't be read or written", () => {
  test("makes the message come again, and the log say why", async () => {
    const world = new World([channel("a"), channel("b", { type: "hook" })]);
    world.state.thread = async () => {
      throw Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException", $metadata: {} });
    };
    world.put(alert);
    await world.receive();

    expect(world.tally.channels).toMatchObject({ a: { failed: 1 }, b: { sent: 1 } });
    expect(world.queue.size).toBe(1);
    expect(world.said("WARN")).toContain("message can't be delivered");
  });

  test("while another invocation sends it: it comes again within seconds", async () => {
    const world = new World([channel("a", { type: "hook" })]);
    const ids = world.put(alarm, alarm);
    await Promise.all(ids.map((id) => world.receive([id])));

    expect(world.vendor.posts).toHaveLength(1);
    world.now += 5_000;
    await world.receive();
    expect(world.vendor.posts).toHaveLength(1);
    expect(world.queue.size).toBe(0);
  });
});
