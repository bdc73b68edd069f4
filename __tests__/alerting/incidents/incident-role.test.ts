import { expect, test } from "@jest/globals";
import { nowSucceeded, roleOf } from "../../../alerting/incidents/incident-role";
import type { Severity } from "../../../detection/definition/detection";
import type { OutcomeKind } from "../../../detection/events/outcome";

const before = (severityBefore?: Severity, succeededBefore?: Severity) => ({
  ...(severityBefore && { severityBefore }),
  ...(succeededBefore && { succeededBefore }),
});

test.each([
  ["opens", undefined, "low"],
  ["rises", "high", "critical"],
  ["update", "high", "high"],
  ["update", "critical", "high"],
] as const)(
  "an alert %s its incident where the most severe before was %s and succeeded, and it is %s",
  (role, severityBefore, severity) => {
    expect(roleOf(before(severityBefore, severityBefore), severity, "succeeded")).toBe(role);
    expect(nowSucceeded(before(severityBefore, severityBefore), severity, "succeeded")).toBe(false);
  },
);

test.each<[string, Severity, OutcomeKind, Severity, Severity | undefined]>([
  ["rises", "critical", "succeeded", "critical", undefined],
  ["rises", "medium", "succeeded", "critical", undefined],
  ["rises", "medium", "succeeded", "critical", "low"],
  // What succeeded was milder than this, or than what was only tried.
  ["rises", "critical", "succeeded", "critical", "high"],
  ["rises", "high", "succeeded", "critical", "medium"],
  ["update", "high", "succeeded", "critical", "high"],
  ["update", "low", "succeeded", "critical", undefined],
  ["update", "critical", "denied", "critical", undefined],
  ["update", "critical", "failed", "critical", undefined],
])(
  "an alert %s as a call of %s that %s, where %s was the most severe before and %s of what succeeded",
  (role, severity, outcome, severityBefore, succeededBefore) => {
    expect(roleOf(before(severityBefore, succeededBefore), severity, outcome)).toBe(role);
    expect(nowSucceeded(before(severityBefore, succeededBefore), severity, outcome)).toBe(role === "rises");
  },
);

test("one that is more severe rises by its severity, whatever came of it", () => {
  for (const outcome of ["succeeded", "denied", "failed"] as const) {
    expect(roleOf(before("high"), "critical", outcome)).toBe("rises");
    expect(nowSucceeded(before("high"), "critical", outcome)).toBe(false);
  }
});

test("the first alert opens the incident, whatever came of it", () => {
  expect(roleOf(before(), "critical", "succeeded")).toBe("opens");
  expect(nowSucceeded(before(), "critical", "succeeded")).toBe(false);
});
