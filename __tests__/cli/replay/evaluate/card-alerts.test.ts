import { describe, expect, test } from "@jest/globals";
import { cardAlerts } from "../../../../cli/replay/evaluate/card-alerts";
import type { ReplayAlert } from "../../../../cli/replay/result/replay-result";
import { SEVERITIES } from "../../../../detection/definition/detection";
import { exampleResult } from "../../../browser/example-result";

const ALERTS = exampleResult({ alerts: 400, days: 20, seed: 2 }).alerts;

function rankOf({ severity }: ReplayAlert): number {
  return SEVERITIES.indexOf(severity);
}

describe("the alerts that a report shows as channels do", () => {
  test("are the most severe first, one of each detection, ten at most, and no lines of the digest", () => {
    const shown = cardAlerts(ALERTS);
    const ranks = shown.map(rankOf);

    expect(shown).toHaveLength(10);
    expect(ranks).toEqual([...ranks].sort());
    expect(new Set(shown.map(({ detection }) => detection)).size).toBe(10);
    expect(shown.filter(({ tier }) => tier !== "alert")).toEqual([]);
    // None that is left out is more severe than one that is shown.
    const others = ALERTS.filter(
      ({ tier, detection }) => tier === "alert" && !shown.some((one) => one.detection === detection),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(Math.min(...others.map(rankOf))).toBeGreaterThanOrEqual(ranks.at(-1) as number);
  });

  test("are the first of their detections", () => {
    const [alert] = ALERTS.filter(({ tier }) => tier === "alert") as [ReplayAlert];
    const later = { ...alert, eventID: "later" };

    expect(cardAlerts([alert, later])).toEqual([alert]);
    expect(cardAlerts([{ ...alert, tier: "digest" }, later])).toEqual([later]);
  });
});
