import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";

/** A record in CloudTrail's shape: IAM user alice describes instances and may not. */
export function unauthorizedDescribe(overrides: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEALICE",
      arn: "arn:aws:iam::111122223333:user/alice",
      accountId: "111122223333",
      accessKeyId: "AKIAEXAMPLEALICE001",
      userName: "alice",
    },
    eventTime: "2026-11-20T02:12:31Z",
    eventSource: "ec2.amazonaws.com",
    eventName: "DescribeInstances",
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.77",
    userAgent: "aws-cli/2.31.1",
    errorCode: "Client.UnauthorizedOperation",
    errorMessage: "You are not authorized to perform this operation.",
    requestParameters: { instancesSet: {}, filterSet: {} },
    responseElements: null,
    requestID: "0b1c2d3e-0000-4000-8000-000000000001",
    eventID: "5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33",
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111122223333",
    eventCategory: "Management",
    ...overrides,
  };
}

/** The root user asks who it is. */
export function rootGetCallerIdentity(overrides: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  const { errorCode, errorMessage, ...call } = unauthorizedDescribe();
  return {
    ...call,
    userIdentity: {
      type: "Root",
      principalId: "111122223333",
      arn: "arn:aws:iam::111122223333:root",
      accountId: "111122223333",
      accessKeyId: "AKIAEXAMPLEROOT0001",
    },
    eventSource: "sts.amazonaws.com",
    eventName: "GetCallerIdentity",
    awsRegion: "us-east-1",
    requestParameters: null,
    eventID: "5a4e1c95-7b1d-4f0e-9a55-0c2f6d1e8b35",
    ...overrides,
  };
}

/** A call that no detection cares about. */
export function harmless(overrides: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  const { errorCode, errorMessage, ...call } = unauthorizedDescribe();
  return { ...call, eventName: "DescribeRegions", eventID: "5a4e1c91-7b1d-4f0e-9a55-0c2f6d1e8b31", ...overrides };
}
