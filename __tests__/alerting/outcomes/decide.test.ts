import { describe, expect, test } from "@jest/globals";
import { Decider, type DecidingPorts } from "../../../alerting/outcomes/decide";
import { type Match, matchesOf } from "../../../alerting/outcomes/match";
import { inSequence, type Outcome } from "../../../alerting/outcomes/outcome";
import type { AlertState } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { type EventEnvelope, wrapRecord } from "../../../detection/events/envelope";
import { stopLogging } from "../../detection/events/callers";
import { unauthorizedDescribe } from "../../detection/events/records";
import { shortId } from "../own-account";

const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const medium = byId("unauthorized-ec2-call");
const critical = byId("trail-stopped");
const digest: Detection = { ...medium, id: "digest", tier: "digest" };
const counting: Detection = { ...medium, id: "counting", count: { threshold: 2, minutes: 15 } };

const POSITION = { messageId: "m" };
const matchOf = (detection: Detection, event: EventEnvelope) =>
  matchesOf([detection], event, "log", POSITION)[0] as Match;
const refused = (eventID: string, eventTime: string, detection = medium) =>
  matchOf(detection, wrapRecord(unauthorizedDescribe({ eventID, eventTime: `2026-11-20T${eventTime}Z` })));
const stopped = matchOf(critical, wrapRecord(stopLogging({ eventID: "stop" })));

function deciderOver(ports: Partial<DecidingPorts> = {}): Decider<Match> {
  return new Decider({
    store: new MemoryAlertState(),
    lease: () => ({ owner: "me", now: 0, until: 120_000 }),
    remainingMs: () => 120_000,
    ...ports,
  });
}

async function outcomesOf(decider: Decider<Match>, matches: readonly Match[]): Promise<readonly Outcome<Match>[]> {
  const outcomes: Outcome<Match>[] = [];
  for await (const outcome of inSequence(decider.decide(matches))) outcomes.push(outcome);
  return outcomes;
}

const gist = (outcomes: readonly Outcome<Match>[]) =>
  outcomes.map(({ kind, candidate }) => `${kind} ${candidate.detection.id} ${shortId(candidate.id)}`);

describe("outcomes of one batch", () => {
  test("come one for each candidate: alerts by severity, what is grouped, what is digested, what came twice", async () => {
    const second = refused("e2", "02:00:02");
    const matches = [
      second,
      refused("e1", "02:00:01"),
      refused("d", "02:00:00", digest),
      second,
      refused("c1", "02:00:03", counting),
      stopped,
      refused("c2", "02:00:04", counting),
    ];

    expect(gist(await outcomesOf(deciderOver(), matches))).toEqual([
      "publish trail-stopped stop",
      "publish unauthorized-ec2-call e1",
      "counted counting c1",
      "publish counting c2",
      "grouped unauthorized-ec2-call e2",
      "digested digest d",
      "repeated unauthorized-ec2-call e2",
    ]);
  });

  test("are claimed with all that confirming takes, and name the event behind which they are grouped", async () => {
    const first = refused("e1", "02:00:01");
    const outcomes = await outcomesOf(deciderOver(), [first, refused("e2", "02:00:02")]);

    expect(outcomes).toMatchObject([
      { kind: "publish", place: { windowId: first.window.id, member: first.id } },
      { kind: "grouped", opener: first.id },
    ]);
  });

  test("are decided on when they are asked for, and no round before the one before it is through", async () => {
    const claims: string[] = [];
    const store = new MemoryAlertState();
    const watching: AlertState = Object.assign(Object.create(store) as AlertState, {
      openWindow: (...step: Parameters<AlertState["openWindow"]>) => store.openWindow(...step),
      claim: (...step: Parameters<AlertState["claim"]>) => {
        claims.push(shortId(step[0].member));
        return store.claim(...step);
      },
    });
    const outcomes = inSequence(deciderOver({ store: watching }).decide([refused("e1", "02:00:01"), stopped]));

    expect(claims).toEqual([]);
    await outcomes.next();
    expect(claims).toEqual(["stop"]);
    await outcomes.next();
    expect(claims).toEqual(["stop", "e1"]);
  });
});

describe("an event that comes again in a later batch", () => {
  test("is a duplicate, whatever it ended as", async () => {
    const decider = deciderOver();
    const matches = [refused("e1", "02:00:01"), refused("e2", "02:00:02"), refused("c1", "02:00:01", counting)];
    await outcomesOf(decider, matches);

    expect((await outcomesOf(decider, matches)).map(({ kind }) => kind)).toEqual([
      "duplicate",
      "duplicate",
      "duplicate",
    ]);
  });

  test("is decided on anew where its alert could not be published", async () => {
    const decider = deciderOver();
    const match = refused("e1", "02:00:01");
    await outcomesOf(decider, [match]);
    decider.notAlerted(match);
    decider.forget(match);

    expect(gist(await outcomesOf(decider, [match]))).toEqual(["publish unauthorized-ec2-call e1"]);
  });
});

describe("a candidate must come again", () => {
  test("when there is no time left for it", async () => {
    const outcomes = await outcomesOf(deciderOver({ remainingMs: () => 20_000 }), [
      refused("e1", "02:00:01"),
      refused("e2", "02:00:02"),
    ]);

    expect(outcomes).toMatchObject([
      { kind: "publish", candidate: { id: "111122223333/e1" } },
      { kind: "retry", candidate: { id: "111122223333/e2" }, reason: "no time left" },
    ]);
  });

  test("when another invocation has claimed it", async () => {
    const store = new MemoryAlertState();
    const match = refused("e1", "02:00:01");
    await outcomesOf(deciderOver({ store, lease: () => ({ owner: "other", now: 0, until: 120_000 }) }), [match]);

    expect(await outcomesOf(deciderOver({ store }), [match])).toMatchObject([
      { kind: "retry", reason: "another invocation is processing it" },
    ]);
  });

  test("when the store throws, with the error; its neighbours are decided on", async () => {
    const error = new Error("throttled");
    const store = new MemoryAlertState();
    const failing: AlertState = Object.assign(Object.create(store) as AlertState, {
      openWindow: (...step: Parameters<AlertState["openWindow"]>) =>
        step[0].detection === critical.id ? Promise.reject(error) : store.openWindow(...step),
      claim: (...step: Parameters<AlertState["claim"]>) => store.claim(...step),
    });

    expect(await outcomesOf(deciderOver({ store: failing }), [stopped, refused("e1", "02:00:01")])).toMatchObject([
      { kind: "retry", reason: "Error: throttled", error },
      { kind: "publish", candidate: { id: "111122223333/e1" } },
    ]);
  });
});

describe("two invocations at once", () => {
  const shared = () => {
    const store = new MemoryAlertState();
    const of = (owner: string) => deciderOver({ store, lease: () => ({ owner, now: 0, until: 120_000 }) });
    return { store, of };
  };
  const first = (detection: Detection, eventID: string) => refused(eventID, "02:00:01", detection);
  const high: Detection = { ...medium, id: "high", severity: "high" };
  const counted: Detection = { ...counting, severity: "critical" };

  test("a window whose first event another invocation is at is decided on through the next, before what is less severe", async () => {
    const { store, of } = shared();
    const other: Detection = { ...high, id: "higher" };
    const claimed = first(high, "e0");
    await store.openWindow(claimed.window, claimed.id, 1);
    await store.claim({ windowId: claimed.window.id, member: claimed.id }, claimed.particulars, {
      ...{ owner: "another", now: 0, until: 120_000 },
    });
    const matches = ["e0", "e1"].flatMap((id) => [first(high, id), first(other, id)]);

    expect(gist(await outcomesOf(of("me"), [...matches, first(medium, "e1")]))).toEqual([
      "retry high e0",
      "grouped high e1",
      "retry higher e0",
      "publish higher e1",
      "merged unauthorized-ec2-call e1",
    ]);
  });

  test("an event whose critical count another invocation is at is left to it, by whomever it is counted", async () => {
    const { store, of } = shared();
    const match = first(counted, "e2");
    const { id, callerId } = match.window;
    // Of the same event, the other has filled the window's count and not yet the caller's.
    for (const event of ["e1", "e2"]) await store.addToSet(id, event, 2);
    await store.addToSet(String(callerId), "e1", 2);
    await store.claim(
      { windowId: id, member: "~alert" },
      { ...match.particulars, eventId: match.id },
      { owner: "another", now: 0, until: 120_000 },
    );

    expect(gist(await outcomesOf(of("me"), [match, first(high, "e2")]))).toEqual([
      "retry counting e2",
      "retry high e2",
    ]);
  });

  test("an event that has alerted by the count of its caller does not alert through what is less severe", async () => {
    const { store, of } = shared();
    const match = first(counted, "e2");
    const lease = { owner: "another", now: 0, until: 120_000 };
    const about = { ...match.particulars, eventId: match.id };
    // The window has alerted of another event, the caller's own count of this one.
    for (const id of ["e1", "e2"]) {
      for (const set of [match.window.id, String(match.window.callerId)]) await store.addToSet(set, id, 2);
    }
    await store.record(
      { windowId: match.window.id, member: "~alert" },
      { ...about, eventId: "e1" },
      "published",
      lease,
    );
    await store.record({ windowId: String(match.window.callerId), member: "~alert" }, about, "published", lease);

    expect(gist(await outcomesOf(of("me"), [match, first(high, "e2")]))).toEqual([
      "counted counting e2",
      "merged high e2",
    ]);
    expect(gist(await outcomesOf(of("me"), [first(high, "e3")]))).toEqual(["grouped high e3"]);
  });
});
