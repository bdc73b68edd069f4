import { describe, expect, test } from "@jest/globals";
import { checkOwn } from "../../../config/custom-detections/check-detection";
import { matchesRecord } from "../../../config/custom-detections/fixtures";
import { mismatches } from "../../../config/custom-detections/mismatch";
import type { Detection } from "../../../detection/definition/detection";
import { LEAST } from "./folder";

const STOP = { eventSource: "ec2.amazonaws.com", eventName: "StopInstances" };

function detectionOf(over: object): Detection {
  const checked = checkOwn({ ...LEAST, ...over });
  if ("problems" in checked) throw new Error(checked.problems.join("\n"));
  return checked.detection;
}

function reasons(over: object, record: object): readonly string[] {
  const detection = detectionOf(over);
  const whole = { ...STOP, ...record };
  expect(matchesRecord(detection, whole)).toBe(false);
  return mismatches(detection, whole);
}

describe("a record that does not match: which field, what is asked, what the event has", () => {
  test("another value", () => {
    expect(reasons({}, { eventName: "StartInstances" })).toEqual([
      'detail.eventName: asked is that it is "StopInstances"; the event has "StartInstances"',
    ]);
  });

  test("no value, and a value that is not to be there", () => {
    const pattern = {
      source: ["aws.ec2"],
      detail: { errorCode: [{ exists: false }], userIdentity: { type: ["Root"] }, eventName: [{ prefix: "Stop" }] },
    };

    expect(reasons({ pattern }, { errorCode: "AccessDenied" })).toEqual([
      'detail.errorCode: asked is that it is absent; the event has "AccessDenied"',
      'detail.userIdentity.type: asked is that it is "Root"; the event has no such field',
    ]);
  });

  test("an envelope that is made from the record", () => {
    const pattern = { source: ["aws.iam"], "detail-type": ["AWS Service Event via CloudTrail"] };

    expect(reasons({ pattern }, {})).toEqual([
      'source: asked is that it is "aws.iam"; the event has "aws.ec2"',
      'detail-type: asked is that it is "AWS Service Event via CloudTrail"; the event has "AWS API Call via CloudTrail"',
    ]);
  });

  test("a placeholder's name", () => {
    const pattern = {
      source: ["aws.ec2"],
      detail: { eventName: ["StopInstances"], requestParameters: { bucketName: ["{{bucket}}"] } },
    };

    expect(reasons({ pattern }, { requestParameters: { bucketName: "logs" } })).toEqual([
      'detail.requestParameters.bucketName: asked is that it is "trailwarden-logs-111122223333-us-east-1"; the event has "logs"',
    ]);
  });

  test("of alternatives, those that come nearest", () => {
    const pattern = {
      source: ["aws.ec2"],
      $or: [
        { detail: { eventName: ["StopInstances"], awsRegion: ["eu-west-1"] } },
        { detail: { eventName: ["RebootInstances"], awsRegion: ["us-east-1"] } },
        { detail: { eventName: ["RebootInstances"], awsRegion: ["eu-west-1"] } },
      ],
    };

    expect(reasons({ pattern }, { awsRegion: "us-east-1" })).toEqual([
      'alternative 1 of 2: detail.awsRegion: asked is that it is "eu-west-1"; the event has "us-east-1"',
      'alternative 2 of 2: detail.eventName: asked is that it is "RebootInstances"; the event has "StopInstances"',
    ]);
  });

  test("values that lie in different elements of a list", () => {
    const item = { a: ["x"], b: ["y"] };
    const pattern = { source: ["aws.ec2"], detail: { requestParameters: { items: item } } };
    const items = [
      { a: "x", b: "n" },
      { a: "n", b: "y" },
    ];

    expect(reasons({ pattern }, { requestParameters: { items } })).toEqual([
      "each field matches, but no element of a list has them all",
    ]);
  });

  test("many values, of which the first are shown", () => {
    const pattern = { source: ["aws.ec2"], detail: { requestParameters: { id: ["i-9"] } } };

    expect(reasons({ pattern }, { requestParameters: { id: ["i-1", "i-2", "i-3", "i-4"] } })).toEqual([
      'detail.requestParameters.id: asked is that it is "i-9"; the event has "i-1", "i-2", "i-3", …',
    ]);
  });

  test("a refinement that does not hold", () => {
    const refine = [{ kind: "publicIp", field: "sourceIPAddress" }];

    expect(reasons({ refine }, { sourceIPAddress: "10.0.0.1" })).toEqual([
      expect.stringMatching(/^the pattern matches, but not so that sourceIPAddress .*public/),
    ]);
  });
});
