import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { unauthorizedDescribe } from "./records";

const ACCOUNT = "111122223333";
const ROLE = "AWSReservedSSO_Administrator_0123456789abcdef";

/** A session of a role that several people share, as IAM Identity Center makes them. */
export function sso(session: string, accessKeyId = `ASIA${session.toUpperCase()}`) {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLESSO:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${ROLE}/${session}`,
    accountId: ACCOUNT,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLESSO",
        arn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${ROLE}`,
        accountId: ACCOUNT,
        userName: ROLE,
      },
      attributes: { creationDate: "2026-11-20T01:00:00Z", mfaAuthenticated: "false" },
    },
  };
}

/** As alerts and summaries name them. */
export const inWords = (session: string) => `role ${ROLE}, session ${session} (account ${ACCOUNT})`;

export const DENIED = { errorCode: "AccessDenied", errorMessage: "not authorized to perform: cloudtrail:StopLogging" };
export const FAILED = { errorCode: "TrailNotFoundException", errorMessage: "Unknown trail" };

/** A call that switches the trail off, or would have. */
export function stopLogging(overrides: Readonly<Record<string, unknown>> = {}): CloudTrailRecord {
  const { errorCode, errorMessage, ...call } = unauthorizedDescribe();
  return {
    ...call,
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "StopLogging",
    requestParameters: { name: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main` },
    readOnly: false,
    ...overrides,
  };
}
