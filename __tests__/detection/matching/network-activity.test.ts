import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import type { EventPattern } from "../../../detection/pattern/pattern";
import { harmless } from "../events/records";

const throwing = (_: Detection, error: Error) => {
  throw error;
};
const idsOf = (detections: readonly Detection[], record: Readonly<Record<string, unknown>>) =>
  matchedDetections(enableDetections(detections, throwing, NAMES), wrapRecord(harmless(record))).map(({ id }) => id);

const byEndpoint = { eventType: "AwsVpceEvent", eventCategory: "NetworkActivity", managementEvent: false };
const refusedByEndpoint = { ...byEndpoint, errorCode: "VpceAccessDenied" };
const stop = { eventSource: "cloudtrail.amazonaws.com", eventName: "StopLogging" };
const asking = (id: string, pattern: EventPattern): Detection => ({ ...trailStopped, id, pattern });

describe("what a VPC endpoint saw of a call", () => {
  test("is no second call", () => {
    expect(idsOf(catalogue, stop)).toContain("trail-stopped");
    expect(idsOf(catalogue, { ...stop, ...byEndpoint })).toEqual([]);
  });

  test("is none where the service refused the call, and recorded that itself", () => {
    expect(idsOf(catalogue, { ...stop, ...byEndpoint, errorCode: "AccessDenied" })).toEqual([]);
  });

  test.each([
    ["AwsVpceEvent", undefined],
    [undefined, "NetworkActivity"],
  ])("is told from the call by its type %s or its category %s", (eventType, eventCategory) => {
    expect(idsOf(catalogue, { ...stop, eventType, eventCategory })).toEqual([]);
  });

  test("is the only record of a call that the endpoint's policy refused", () => {
    const ids = idsOf(catalogue, { ...stop, ...refusedByEndpoint });

    expect(ids).toEqual(expect.arrayContaining(["trail-stopped", "unauthorized-calls"]));
  });

  test.each<[string, EventPattern]>([
    ["its detail-type", { source: ["aws.kms"], "detail-type": ["AWS Network Activity Event via CloudTrail"] }],
    ["its type", { source: ["aws.kms"], detail: { eventType: ["AwsVpceEvent"] } }],
    ["its category", { source: ["aws.kms"], detail: { eventCategory: ["NetworkActivity"] } }],
    [
      "its category in an alternative",
      { source: ["aws.kms"], detail: { $or: [{ eventName: ["X"] }, { eventCategory: ["NetworkActivity"] }] } },
    ],
    [
      "its type in an outer alternative",
      { $or: [{ source: ["aws.x"] }, { source: ["aws.kms"], detail: { eventType: ["AwsVpceEvent"] } }] },
    ],
    [
      "its type, in whatever case",
      { source: ["aws.kms"], detail: { eventType: [{ "equals-ignore-case": "awsvpceevent" }] } },
    ],
    ["the beginning of its type", { source: ["aws.kms"], detail: { eventType: [{ prefix: "AwsVpce" }] } }],
    ["its category with a wildcard", { source: ["aws.kms"], detail: { eventCategory: [{ wildcard: "Network*" }] } }],
    ["the end of its detail-type", { source: ["aws.kms"], "detail-type": [{ wildcard: "*Network Activity*" }] }],
    ["no API call", { source: ["aws.kms"], detail: { eventType: [{ "anything-but": "AwsApiCall" }] } }],
  ])("is seen by a detection that asks for %s", (_, pattern) => {
    const record = { eventSource: "kms.amazonaws.com", eventName: "Decrypt", ...byEndpoint };

    expect(idsOf([asking("asks", pattern), asking("plain", { source: ["aws.kms"] })], record)).toEqual(["asks"]);
  });

  test.each<EventPattern>([
    { eventType: [{ "anything-but": "AwsServiceEvent" }] },
    { eventType: [{ exists: true }] },
    { eventCategory: [{ "anything-but": "Management" }] },
    { eventCategory: [{ "anything-but": "Data" }] },
  ])("is none for a detection that other events of calls match too: %j", (detail) => {
    const record = { eventSource: "kms.amazonaws.com", eventName: "Decrypt", ...byEndpoint };

    expect(idsOf([asking("both", { source: ["aws.kms"], detail })], record)).toEqual([]);
  });
});
