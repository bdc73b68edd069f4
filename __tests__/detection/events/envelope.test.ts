import { describe, expect, test } from "@jest/globals";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { harmless } from "./records";

describe("wrapRecord", () => {
  test("wraps a record as EventBridge does", () => {
    const record = harmless();

    expect(wrapRecord(record)).toEqual({
      version: "0",
      id: record.eventID,
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.ec2",
      account: "111122223333",
      time: "2026-11-20T02:12:31Z",
      region: "eu-west-1",
      resources: [],
      detail: record,
    });
  });

  test.each([
    ["AwsApiCall", "AWS API Call via CloudTrail"],
    ["AwsConsoleSignIn", "AWS Console Sign In via CloudTrail"],
    ["AwsServiceEvent", "AWS Service Event via CloudTrail"],
    ["AwsConsoleAction", "AWS Console Action via CloudTrail"],
    ["constructor", "AWS API Call via CloudTrail"],
  ])("gives %s the detail-type %s", (eventType, detailType) => {
    expect(wrapRecord(harmless({ eventType }))["detail-type"]).toBe(detailType);
  });

  test("takes the account from the identity where the record has no recipient", () => {
    expect(wrapRecord(harmless({ recipientAccountId: undefined })).account).toBe("111122223333");
  });

  test("bears a record that has only the two fields it needs", () => {
    const record = parseRecord({ eventSource: "ec2.amazonaws.com", eventName: "RunInstances" });

    expect(wrapRecord(record)).toMatchObject({ source: "aws.ec2", account: "", region: "", time: "" });
  });
});

describe("parseRecord", () => {
  test.each([
    [null, "the record is null, not an object"],
    [[], "the record is an array, not an object"],
    ["x", "the record is a string, not an object"],
    [{ eventName: "X" }, "eventSource is absent, not a name"],
    [{ eventSource: 5, eventName: "X" }, "eventSource is a number, not a name"],
    [{ eventSource: "ec2.amazonaws.com" }, "eventName is absent, not a name"],
    [{ eventSource: "ec2.amazonaws.com", eventName: "" }, "eventName is empty, not a name"],
  ])("says why %j can't be judged", (value, reason) => {
    expect(() => parseRecord(value)).toThrow(reason);
  });

  test("takes a record without userIdentity", () => {
    const record = { eventSource: "ec2.amazonaws.com", eventName: "RunInstances" };

    expect(parseRecord(record)).toBe(record);
  });
});
