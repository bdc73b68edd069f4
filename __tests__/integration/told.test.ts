import { describe, expect, test } from "@jest/globals";
import { readTold } from "../simulation/told";

const START = Date.UTC(2026, 10, 20, 2, 0, 0);

describe("messages", () => {
  const windowStart = "2026-11-20T02:00:00Z";

  const alerted = {
    kind: "alert",
    detection: { id: "d" },
    severity: "low",
    userAgent: "chaos/1",
    actor: { description: "alice" },
    event: { id: "e1" },
    alsoMatched: [{ id: "e" }],
  };
  const read = { kind: "alert", detection: "d", severity: "low", mark: "chaos/1", also: ["e"] };

  test.each([
    [alerted, read],
    [
      { ...alerted, incident: { id: "i" } },
      { ...read, incident: { id: "i", eventId: "e1", actor: "alice" } },
    ],
    [
      { ...alerted, count: { threshold: 3, windowStart } },
      { ...read, kind: "count", actor: "alice", windowStart: START },
    ],
    [
      { kind: "summary", detection: { id: "d" }, actors: [{ actor: "alice" }], count: 2, total: 5, windowStart },
      { kind: "summary", detection: "d", actor: "alice", count: 2, total: 5, windowStart: START },
    ],
    [
      {
        kind: "timeline",
        incident: { id: "i", startedAt: windowStart },
        steps: [{ eventId: "e1", time: windowStart, detection: { id: "d" } }],
        more: 0,
      },
      {
        ...{ kind: "timeline", incident: "i", startedAt: START, more: 0 },
        steps: [{ eventId: "e1", time: START, detection: "d" }],
      },
    ],
    [
      { kind: "rate-limit", limit: 100, until: windowStart },
      { kind: "rate-limit", until: windowStart },
    ],
  ])("are read: %j", (message, expected) => {
    expect(readTold(JSON.stringify(message))).toEqual(expected);
  });

  test.each([
    { kind: "surprise" },
    { detection: { id: "d" } },
    { kind: "alert", detection: "d" },
    { kind: "summary", detection: { id: "d" }, actors: [], count: 2, total: 5, windowStart },
    { kind: "timeline", incident: { id: "i", startedAt: windowStart }, more: 0 },
  ])("that nobody planned are refused: %j", (message) => {
    expect(() => readTold(JSON.stringify(message))).toThrow();
  });
});
