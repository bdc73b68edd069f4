import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import type { Refinement } from "../../../detection/refinements/refinement";
import { harmless } from "../events/records";

const keyCreated: Detection = {
  ...trailStopped,
  id: "key-created",
  pattern: { source: ["aws.iam"], detail: { eventName: ["CreateAccessKey"] } },
};
const forOther: Refinement = { kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" };
const fromOutside: Refinement = { kind: "publicIp", field: "sourceIPAddress" };

const refined = (id: string, ...refine: readonly Refinement[]): Detection => ({ ...keyCreated, id, refine });
const throwing = (_: Detection, error: Error) => {
  throw error;
};
const idsOf = (detections: readonly Detection[], record: Readonly<Record<string, unknown>>) =>
  matchedDetections(enableDetections(detections, throwing), wrapRecord(harmless(record))).map(({ id }) => id);

const createKey = { eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey" };
const keyForBob = { ...createKey, requestParameters: { userName: "bob" } };
const keyForAlice = { ...createKey, requestParameters: { userName: "alice" } };

describe("matchedDetections", () => {
  const detections = [
    refined("outside", forOther, fromOutside),
    keyCreated,
    refined("none"),
    refined("for-other", forOther),
  ];

  test("keeps a match that every refinement lets through, in the order of the detections", () => {
    const fromAfar = { ...keyForBob, sourceIPAddress: "8.8.8.8" };

    expect(idsOf(detections, fromAfar)).toEqual(["outside", "key-created", "none", "for-other"]);
  });

  test("drops a match that one refinement does not let through", () => {
    const fromInside = { ...keyForBob, sourceIPAddress: "10.0.0.1" };

    expect(idsOf(detections, fromInside)).toEqual(["key-created", "none", "for-other"]);
  });

  test("leaves alone what is not refined", () => {
    expect(idsOf(detections, keyForAlice)).toEqual(["key-created", "none"]);
  });

  test("asks nothing where the pattern does not match", () => {
    expect(idsOf(detections, { ...keyForBob, eventName: "CreateUser" })).toEqual([]);
  });

  test("finds nothing that it would not find without refinements", () => {
    const plain = detections.map(({ refine, ...detection }): Detection => detection);
    const record = fc.record(
      {
        eventSource: fc.constantFrom("iam.amazonaws.com", "sts.amazonaws.com"),
        eventName: fc.constantFrom("CreateAccessKey", "DeleteAccessKey"),
        sourceIPAddress: fc.oneof(fc.ipV4(), fc.jsonValue()),
        requestParameters: fc.oneof(fc.record({ userName: fc.constantFrom("alice", "bob", null) }), fc.jsonValue()),
        userIdentity: fc.oneof(fc.record({ userName: fc.constantFrom("alice", "bob", 1) }), fc.jsonValue()),
      },
      { requiredKeys: ["eventSource", "eventName"] },
    );

    fc.assert(
      fc.property(record, (given) => {
        expect(idsOf(plain, given)).toEqual(expect.arrayContaining(idsOf(detections, given)));
      }),
    );
  });
});

describe("enableDetections", () => {
  const refusedOf = (detection: Detection) => {
    const refused: string[] = [];
    const enabled = enableDetections([detection, keyCreated], ({ id }, error) => {
      refused.push(`${id}: ${error.message}`);
    });
    expect(enabled.detections).toEqual([keyCreated]);
    expect(enabled.refinements).toHaveLength(1);
    return refused;
  };

  test.each<[string, unknown, string]>([
    ["of an unknown kind", [forOther, { kind: "same" }], "broken: $.refine[1].kind: must be one of differs,"],
    ["that is not in a list", forOther, "broken: $.refine: must be a list of refinements"],
    ["that is null", null, "broken: $.refine: must be a list of refinements"],
  ])("hands over a detection with a refinement %s and keeps the others", (_, refine, message) => {
    expect(refusedOf({ ...keyCreated, id: "broken", refine: refine as readonly Refinement[] })).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test("hands over a refined detection whose rule tells the topic itself", () => {
    expect(refusedOf({ ...refined("urgent", forOther), route: "topic" })).toEqual([
      expect.stringMatching(/^urgent: refine is not allowed with route "topic"/),
    ]);
  });
});
