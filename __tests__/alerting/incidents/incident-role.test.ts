import { expect, test } from "@jest/globals";
import { roleOf } from "../../../alerting/incidents/incident-role";

test.each([
  ["opens", undefined, "low"],
  ["rises", "high", "critical"],
  ["update", "high", "high"],
  ["update", "critical", "high"],
] as const)(
  "an alert %s its incident where the most severe before was %s and it is %s",
  (role, severityBefore, severity) => {
    expect(roleOf({ ...(severityBefore && { severityBefore }) }, severity)).toBe(role);
  },
);
