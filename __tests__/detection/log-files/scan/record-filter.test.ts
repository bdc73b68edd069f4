import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { recordFilter } from "../../../../detection/log-files/scan/record-filter";
import { RecordReader } from "../../../../detection/log-files/scan/record-reader";
import { giveBack, takeWindow } from "../../../../detection/log-files/scan/window";
import { enableDetections } from "../../../../detection/matching/enabled-detections";

const filter = recordFilter(enableDetections(catalogue, () => {}, NAMES));

const describeInstances = {
  eventVersion: "1.11",
  userIdentity: { type: "AssumedRole", sessionContext: { type: "Root" } },
  eventSource: "ec2.amazonaws.com",
  eventName: "DescribeInstances",
  userAgent: "Boto3/1.40.55",
  requestParameters: { eventName: "StopLogging", text: '"eventName":"StopLogging"' },
  eventType: "AwsApiCall",
};

/** Whether the record, written so, passes. */
function passes(json: string, by = filter): boolean {
  let passed = false;
  const window = takeWindow();
  const reader = new RecordReader(
    "any",
    () => {
      passed = true;
    },
    by,
    window,
  );
  reader.write(Buffer.from(`[${json}]`));
  reader.end();
  giveBack(window);
  expect(reader.records).toBe(1);
  return passed;
}

const written = (changes: object) => JSON.stringify({ ...describeInstances, ...changes });

describe("recordFilter", () => {
  test.each([
    ["a common call", {}],
    ["a name that matters at another service only", { eventName: "StopLogging" }],
    ["an error that matters to nobody", { errorCode: "ThrottlingException" }],
    ["a name that begins as one that matters", { eventName: "RunInstancesLater" }],
    [
      "a call that has one of two things",
      {
        eventSource: "lambda.amazonaws.com",
        eventName: "AddPermission20150331v2",
        requestParameters: { principal: "*", principalOrgID: "o-1", functionName: "mine" },
      },
    ],
    ["a call that lacks what a detection wants of it", { eventName: "DescribeInstanceAttribute" }],
    [
      "a call that has something else",
      { eventName: "DescribeInstanceAttribute", requestParameters: { attribute: "x" } },
    ],
  ])("holds %s back", (_, changes) => {
    expect(passes(written(changes))).toBe(false);
  });

  test.each([
    ["a call that matters", { eventName: "DeleteFlowLogs" }],
    [
      "a call with what matters",
      { eventName: "DescribeInstanceAttribute", requestParameters: { attribute: "userData" } },
    ],
    [
      "a call with a list of it",
      { eventName: "DescribeInstanceAttribute", requestParameters: { attribute: ["userData"] } },
    ],
    ["a call with it, dotted", { eventName: "DescribeInstanceAttribute", "requestParameters.attribute": "userData" }],
    ["an error that matters", { errorCode: "Client.UnauthorizedOperation" }],
    ["what root does", { userIdentity: { type: "Root" } }],
    ["a tool that matters", { userAgent: "stratus-red-team_1" }],
    ["a record without a name", { eventName: undefined }],
    ["a record with an empty source", { eventSource: "" }],
    ["a record with a name that is none", { eventName: 7 }],
    ["a list of identities", { userIdentity: [{ type: "Root" }] }],
    ["a dotted key", { "userIdentity.type": "Root" }],
  ])("lets %s pass", (_, changes) => {
    expect(passes(written(changes))).toBe(true);
  });

  test.each([
    ["an escaped key", written({}).replace('"errorCode"', "").replace('"eventName"', '"event\\u004eame"'), false],
    ["an escaped value", written({}).replace('"DescribeInstances"', '"Delete\\u0046lowLogs"'), true],
    ["a key that comes twice", written({}).replace("{", '{"eventName":"DeleteFlowLogs",'), true],
    ["bytes that are no JSON where it looks", written({}).replace('"DescribeInstances"', "Describe"), true],
  ])("understands %s", (_, json, expected) => {
    expect(passes(json)).toBe(expected);
  });

  test.each(["key", "ke\u007fy", "schlüssel", "k\u0001", 'k"', "k\\"])("finds what lies at %j", (key) => {
    const [any] = catalogue as readonly [Detection];
    const asking = (pattern: Detection["pattern"]) => {
      return recordFilter(enableDetections([{ ...any, pattern, refine: [] }], () => {}, NAMES));
    };
    const json = written({ [key]: "v", requestParameters: { [key]: "v" } });

    expect(passes(json, asking({ detail: { [key]: ["v"] } }))).toBe(true);
    expect(passes(json, asking({ detail: { eventName: ["DescribeInstances"], [key]: ["v"] } }))).toBe(true);
    expect(passes(json, asking({ detail: { requestParameters: { [key]: ["v"] } } }))).toBe(true);
    expect(passes(json, asking({ detail: { [`${key}y`]: ["v"] } }))).toBe(false);
  });

  test("knows the values that it has forgotten meanwhile", () => {
    for (let number = 0; number < 10_000; number++) {
      const json = written({ userAgent: `${number}${"x".repeat(number % 700)}`, errorCode: `e${number}` });
      if (passes(json)) throw new Error(`${json} passes`);
    }
    expect(passes(written({ eventName: "DeleteFlowLogs" }))).toBe(true);
    expect(passes(written({}))).toBe(false);
  });
});
