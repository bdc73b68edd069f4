import { describe, expect, test } from "@jest/globals";
import type { ChaosEvent } from "../simulation/events";
import { expectedOf, type Watched } from "../simulation/model";
import type { Told } from "../simulation/told";
import { judge } from "../simulation/verdict";

const START = Date.UTC(2026, 10, 20, 2, 0, 0);
const CATALOGUE: readonly Watched[] = [
  { id: "folding", tier: "alert" },
  { id: "other", tier: "alert" },
  { id: "counting", tier: "alert", count: { threshold: 3, minutes: 60, by: ["account"] } },
  { id: "digesting", tier: "digest" },
];

/** Events one second apart, marked by their number. */
function events(detection: string, count: number, actor = "alice"): readonly ChaosEvent[] {
  return Array.from({ length: count }, (_, number) => ({
    mark: `${detection}/${actor}/${number}`,
    record: { account: "1" },
    time: START + number * 1000,
    actor,
    detections: [detection],
    judgeable: true,
  }));
}

function verdict(what: readonly ChaosEvent[], told: readonly Told[]) {
  const { lost, duplicates, wrong } = judge(expectedOf(what, CATALOGUE), told);
  return { lost: lost.length, duplicates: duplicates.length, wrong: wrong.length };
}

const alert = (number: number, actor = "alice", also: readonly string[] = []): Told => ({
  kind: "alert",
  detection: "folding",
  severity: "medium",
  mark: `folding/${actor}/${number}`,
  also,
});
const summary = (count: number, total: number, actor = "alice", windowStart = START): Told => ({
  kind: "summary",
  detection: "folding",
  actor,
  windowStart,
  count,
  total,
});
const counted = (actor = "alice", severity = "high", also: readonly string[] = []): Told => ({
  ...{ kind: "count", detection: "counting", severity, actor, windowStart: START, also },
  mark: `counting/${actor}/0`,
});
const digest = (count: number): Told => ({ kind: "digest", counts: new Map([["digesting", count]]), text: "" });
const flood: Told = { kind: "rate-limit", until: "2026-11-20T03:00:00Z" };
const good = { lost: 0, duplicates: 0, wrong: 0 };

describe("a window that folds", () => {
  const storm = events("folding", 5);

  test.each([
    ["one alert and one summary of the others", [alert(0), summary(4, 4)]],
    ["whichever event alerts", [alert(3), summary(4, 4)]],
    ["several summaries that add up", [alert(0), summary(1, 1), summary(3, 4)]],
    ["summaries that come in the wrong order", [summary(3, 4), alert(0), summary(1, 1)]],
    ["no alert where the hour's limit was reached", [flood, summary(5, 5)]],
  ] as const)("is well told by %s", (_, told) => {
    expect(verdict(storm, told)).toEqual(good);
  });

  test.each([
    ["nothing at all", [], { lost: 2 }],
    ["no summary", [alert(0)], { lost: 1 }],
    ["a summary of too few", [alert(0), summary(3, 3)], { lost: 1 }],
    ["a second summary without the first", [alert(0), summary(3, 4)], { lost: 1 }],
    ["a summary without an alert before it", [summary(5, 5)], { lost: 1 }],
    ["the alert twice", [alert(0), alert(0), summary(4, 4)], { duplicates: 1 }],
    ["the alert three times", [alert(0), alert(0), alert(0), summary(4, 4)], { duplicates: 2 }],
    ["the summary twice", [alert(0), summary(4, 4), summary(4, 4)], { duplicates: 1 }],
    ["a summary that repeats the one before", [alert(0), summary(2, 2), summary(4, 4)], { duplicates: 1 }],
    ["the alerting event in the summary too", [alert(0), summary(5, 5)], { duplicates: 1 }],
    ["alerts of two events", [alert(0), alert(1), summary(3, 3)], { wrong: 1 }],
    ["an alert of an event that was not", [alert(0), summary(4, 4), alert(9)], { wrong: 1 }],
    ["a summary of another window", [alert(0), summary(4, 4), summary(1, 1, "alice", START + 900_000)], { wrong: 1 }],
    ["a summary of another actor", [alert(0), summary(4, 4), summary(1, 1, "bob")], { wrong: 1 }],
  ] as const)("is ill told by %s", (_, told, problem) => {
    expect(verdict(storm, told)).toEqual({ ...good, ...problem });
  });

  test("holds one actor's events of a quarter of an hour", () => {
    const late = { ...(storm[4] as ChaosEvent), time: START + 900_000 };
    const what = [...storm.slice(0, 4), late, ...events("folding", 1, "bob")];

    expect(verdict(what, [alert(0), summary(3, 3), alert(4), alert(0, "bob")])).toEqual(good);
  });
});

describe("an event that several detections match", () => {
  const both = events("folding", 1).map((event) => ({ ...event, detections: ["folding", "other"] }));
  const of = (detection: string, also: readonly string[], severity = "medium"): Told => ({
    ...{ kind: "alert", detection, severity, also, mark: "folding/alice/0" },
  });

  test.each([
    ["one alert that names the other", [of("folding", ["other"])], good],
    ["one alert that another leads", [of("other", ["folding"])], good],
    ["an alert for each", [of("folding", ["other"]), of("other", ["folding"])], { ...good, duplicates: 1 }],
    [
      "an alert of each severity",
      [of("folding", ["other"]), of("other", ["folding"], "low")],
      { ...good, duplicates: 1 },
    ],
    ["an alert that leaves one out", [of("folding", [])], { ...good, lost: 2, wrong: 1 }],
    ["an alert that names what it doesn't match", [of("folding", ["counting", "other"])], { ...good, wrong: 1 }],
  ] as const)("is judged by %s", (_, told, expected) => {
    expect(verdict(both, told)).toEqual(expected);
  });

  test("may fill a count that alerts more severely later", () => {
    const three = events("counting", 3).map((event) => ({ ...event, detections: ["counting", "folding"] }));
    const first = { ...alert(0, "alice", ["counting"]), mark: "counting/alice/0" } as Told;

    expect(verdict(three, [first, counted("alice", "high", ["folding"]), summary(2, 2)])).toEqual(good);
    expect(verdict(three, [first, counted("alice", "medium", ["folding"]), summary(2, 2)])).toEqual({
      ...good,
      duplicates: 1,
    });
  });
});

describe("a detection that counts", () => {
  test.each([
    ["enough, told once", 3, [counted()], good],
    ["enough, told once with the name of any of its actors", 4, [counted("bob")], good],
    ["enough, told by a summary because of the limit", 3, [flood, { ...summary(1, 1), detection: "counting" }], good],
    ["too few, told not", 2, [], good],
    ["enough, told not", 3, [], { ...good, lost: 1 }],
    ["enough, told twice", 3, [counted(), counted()], { ...good, duplicates: 1 }],
    ["too few, told", 2, [counted()], { ...good, wrong: 1 }],
  ] as const)("%s", (_, count, told, expected) => {
    const what = [...events("counting", count - 1), ...events("counting", 1, "bob")];

    expect(verdict(what, told as readonly Told[])).toEqual(expected);
  });
});

describe("digests", () => {
  test.each([
    ["one with all", [digest(4)], good],
    ["two that add up", [digest(3), digest(1)], good],
    ["none", [], { ...good, lost: 1 }],
    ["one with too few", [digest(3)], { ...good, lost: 1 }],
    ["the same twice", [digest(4), digest(4)], { ...good, duplicates: 1 }],
    ["one that repeats a part", [digest(4), digest(1)], { ...good, duplicates: 1 }],
  ] as const)("%s", (_, told, expected) => {
    expect(verdict(events("digesting", 4), told)).toEqual(expected);
  });
});

test("a flood notice twice for one hour is a duplicate", () => {
  expect(verdict([], [flood, flood, { kind: "rate-limit", until: "2026-11-20T04:00:00Z" }])).toEqual({
    ...good,
    duplicates: 1,
  });
});

describe("an incident", () => {
  const two = events("folding", 1).concat(
    events("other", 1).map((event) => ({ ...event, record: { eventID: "event-2" } })),
  );
  const member = (detection: string, eventId: string, id = "i", actor = "alice"): Told => ({
    ...{ kind: "alert", detection, severity: "medium", mark: `${detection}/alice/0`, also: [] },
    incident: { id, eventId, actor },
  });
  const alerts = [member("folding", "event-1"), member("other", "event-2")];
  const step = (eventId: string, detection: string, time = START) => ({ eventId, detection, time });
  const steps = [step("event-1", "folding"), step("event-2", "other")];
  const timeline = (what: object): Told => ({
    ...{ kind: "timeline", incident: "i", startedAt: START, steps, more: 0 },
    ...what,
  });
  const whole = timeline({});

  test.each([
    ["a timeline of its alerts", [...alerts, whole], good],
    ["a longer one after the first", [...alerts, whole, timeline({ steps: [...steps, step("event-3", "x")] })], good],
    ["one that counts some alone", [...alerts, timeline({ steps: [step("event-1", "folding")], more: 1 })], good],
    ["none of an incident of one", [member("folding", "event-1"), member("other", "event-2", "j")], good],
    ["none", alerts, { ...good, lost: 1 }],
    [
      "one that lacks an alert",
      [...alerts, timeline({ steps: [steps[0], step("event-3", "x")] })],
      { ...good, lost: 1 },
    ],
    ["the same twice", [...alerts, whole, whole], { ...good, duplicates: 1 }],
    ["one of another incident", [...alerts, whole, timeline({ incident: "j" })], { ...good, wrong: 1 }],
    [
      "one in the wrong order",
      [...alerts, timeline({ steps: [step("event-2", "other", START + 1), steps[0]] })],
      { ...good, wrong: 1 },
    ],
    ["one with an event twice", [...alerts, timeline({ steps: [...steps, steps[0]] })], { ...good, wrong: 1 }],
    [
      "one with another detection",
      [...alerts, timeline({ steps: [steps[0], step("event-2", "folding")] })],
      { ...good, wrong: 1 },
    ],
    [
      "one with an event of another hour",
      [...alerts, timeline({ steps: [...steps, step("event-3", "x", START + 3_600_000)] })],
      { ...good, wrong: 1 },
    ],
    [
      "one of two callers",
      [member("folding", "event-1"), member("other", "event-2", "i", "bob"), whole],
      { ...good, wrong: 1 },
    ],
  ] as const)("is judged by %s", (_, told, expected) => {
    expect(verdict(two, told as readonly Told[])).toEqual(expected);
  });
});
