import { describe, expect, test } from "@jest/globals";
import type { Detection } from "../../../detection/definition/detection";
import { ruleState } from "../../../detection/definition/rule-state";

const ALL_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

describe("a rule's state", () => {
  const or = (...alternatives: readonly object[]) => ({ $or: alternatives });

  test.each<[string, object | undefined, string]>([
    ["changes by name", { eventName: ["DeleteTrail", "StopLogging"] }, "ENABLED"],
    ["changes by name in every alternative", or({ eventName: ["A"] }, { eventName: ["B"] }), "ENABLED"],
    ["a call that describes", { eventName: ["DeleteTrail", "DescribeTrails"] }, ALL_EVENTS],
    ["a call that gets", { eventName: ["GetTrail"] }, ALL_EVENTS],
    ["a call that lists", { eventName: ["ListTrails"] }, ALL_EVENTS],
    ["a call that lists in one alternative", or({ eventName: ["A"] }, { eventName: ["ListB"] }), ALL_EVENTS],
    ["a call that hands out a session", { eventName: ["AssumeRoot"] }, ALL_EVENTS],
    ["a call of a model", { eventName: ["InvokeModelWithResponseStream"] }, ALL_EVENTS],
    ["a call that decrypts", { eventName: ["Decrypt"] }, ALL_EVENTS],
    ["names by prefix", { eventName: [{ prefix: "Delete" }] }, ALL_EVENTS],
    ["no name in one alternative", or({ eventName: ["A"] }, { errorCode: ["B"] }), ALL_EVENTS],
    ["no name", { errorCode: ["AccessDenied"] }, ALL_EVENTS],
    ["no detail", undefined, ALL_EVENTS],
  ])("for %s", (_, detail, state) => {
    const pattern = { source: ["aws.x"], ...(detail && { detail }) } as Detection["pattern"];

    expect(ruleState(pattern)).toBe(state);
  });
});
