import { gzipSync } from "node:zlib";
import { isoTime } from "../../detection/events/text";
import type { LogObject } from "./log-objects";
import { DEMO_ACCOUNT } from "./synthesized-stack";

const AGO_MS = 30 * 3_600_000;
const MINUTE_MS = 60_000;
/** A window, in which the same again is grouped. */
const QUARTER_MS = 15 * MINUTE_MS;

/** Calls of an attacker with carol's access key, a minute apart: the same again is grouped, and makes a summary. */
const CALLS: readonly (readonly [source: string, name: string, parameters: object, denied?: true])[] = [
  ["iam", "ListUsers", {}, true],
  ["iam", "ListRoles", {}, true],
  ["iam", "ListAccessKeys", {}, true],
  ["iam", "CreateAccessKey", { userName: "backup" }],
  ["iam", "AttachUserPolicy", { userName: "backup", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
  ["cloudtrail", "StopLogging", { name: "organization" }],
];

/**
 * Log files of an attack, one a call. Its incident and windows are over by now, so that the schedules close them.
 *
 * @param now milliseconds since 1970
 */
export function sampleIncident(now: number): readonly LogObject[] {
  const start = Math.floor((now - AGO_MS) / QUARTER_MS) * QUARTER_MS;
  return CALLS.map(([source, eventName, requestParameters, denied], place) =>
    logFile(place, {
      eventVersion: "1.11",
      userIdentity: {
        type: "IAMUser",
        principalId: "AIDAEXAMPLECAROL0001",
        arn: `arn:aws:iam::${DEMO_ACCOUNT}:user/carol`,
        accountId: DEMO_ACCOUNT,
        accessKeyId: "AKIAEXAMPLECAROL0001",
        userName: "carol",
      },
      eventTime: isoTime(start + place * MINUTE_MS).replace(/\.\d+Z$/, "Z"),
      eventSource: `${source}.amazonaws.com`,
      eventName,
      awsRegion: "us-east-1",
      sourceIPAddress: "198.51.100.7",
      userAgent: "aws-cli/2.31.1",
      requestParameters,
      responseElements: null,
      ...(denied && {
        errorCode: "AccessDenied",
        errorMessage: `User: arn:aws:iam::${DEMO_ACCOUNT}:user/carol is not authorized to perform: iam:${eventName}`,
      }),
      readOnly: false,
      requestID: `0b1c2d3e-0000-4000-9000-00000000000${place}`,
      eventID: `5a4e1c91-0000-4000-9000-00000000000${place}`,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: DEMO_ACCOUNT,
      eventCategory: "Management",
    }),
  );
}

function logFile(place: number, record: object): LogObject {
  return {
    file: `sample incident, call ${place + 1}`,
    key: `AWSLogs/${DEMO_ACCOUNT}/CloudTrail/us-east-1/2026/11/20/${DEMO_ACCOUNT}_CloudTrail_us-east-1_20261120T0000Z_SampleIncident${place}.json.gz`,
    bytes: gzipSync(JSON.stringify({ Records: [record] })),
  };
}
