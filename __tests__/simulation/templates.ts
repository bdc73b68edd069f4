import { DEMO_ACCOUNT } from "../../cli/demo/synthesized-stack";

type Fields = Readonly<Record<string, unknown>>;

/** A kind of call, and the detections that it is known to match: written down here, not asked of the engine. */
export interface Template {
  readonly fields: Fields;
  readonly detections: readonly string[];
  /** Who must have made it. */
  readonly by?: "root" | "user";
  /** EventBridge has it in the home region alone, so that is where it must happen. */
  readonly home?: true;
}

const api = (service: string, eventName: string, others: Fields = {}): Fields => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  eventType: "AwsApiCall",
  ...others,
});

const refusedByEc2 = {
  errorCode: "Client.UnauthorizedOperation",
  errorMessage: "You are not authorized to perform this operation.",
};
const signIn = { eventType: "AwsConsoleSignIn", eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin" };
const gpuMachine = { requestParameters: { instanceType: "p5.48xlarge", instancesSet: { items: [{ maxCount: 1 }] } } };

export const HARMLESS: readonly Template[] = [
  { fields: api("ec2", "DescribeRegions", { readOnly: true }), detections: [], by: "user" },
  { fields: api("s3", "PutBucketTagging"), detections: [], by: "user" },
  { fields: api("sts", "AssumeRole"), detections: [], by: "user" },
];

/** What a storm is made of: calls refused, one after the other. */
export const REFUSED: readonly Template[] = [
  {
    fields: api("ec2", "DescribeInstances", { ...refusedByEc2, readOnly: true }),
    detections: ["unauthorized-ec2-call", "unauthorized-calls", "unauthorized-calls-burst"],
    by: "user",
  },
  {
    fields: api("s3", "ListBuckets", { errorCode: "AccessDenied", errorMessage: "Access Denied", readOnly: true }),
    detections: ["unauthorized-calls", "unauthorized-calls-burst"],
    by: "user",
  },
  {
    fields: api("iam", "CreateUser", { errorCode: "AccessDeniedException", errorMessage: "not authorized" }),
    detections: ["unauthorized-calls", "unauthorized-calls-burst"],
    by: "user",
  },
];

/** Enough of them within a window alert once more. */
export const DELETION: Template = {
  fields: api("s3", "DeleteBucket"),
  detections: ["data-destroyed", "deletion-burst"],
  by: "user",
};

export const TELLING: readonly Template[] = [
  {
    fields: api("sts", "GetCallerIdentity", { readOnly: true }),
    detections: ["root-get-caller-identity", "root-credentials-used", "caller-identity-enumerated"],
    by: "root",
  },
  {
    fields: { ...signIn, responseElements: { ConsoleLogin: "Success" }, additionalEventData: { MFAUsed: "Yes" } },
    detections: ["root-console-login", "root-credentials-used"],
    by: "root",
  },
  { fields: api("ec2", "RunInstances", gpuMachine), detections: ["costly-resource-created"], by: "user" },
  {
    fields: api("ec2", "RunInstances", { ...gpuMachine, ...refusedByEc2 }),
    detections: ["costly-resource-created", "unauthorized-ec2-call", "unauthorized-calls", "unauthorized-calls-burst"],
    by: "user",
  },
  DELETION,
  { fields: api("cloudtrail", "StopLogging"), detections: ["trail-stopped"], by: "user" },
  {
    fields: { ...signIn, responseElements: { ConsoleLogin: "Success" }, additionalEventData: { MFAUsed: "No" } },
    detections: ["console-login-without-mfa"],
    by: "user",
  },
];

/** Counted for the account, whoever it was. */
export const FAILED_SIGN_IN: Template = {
  fields: {
    ...signIn,
    errorMessage: "Failed authentication",
    responseElements: { ConsoleLogin: "Failure" },
    additionalEventData: { MFAUsed: "No" },
  },
  detections: ["console-login-failures"],
  by: "user",
};

export const DIGESTED: Template = {
  fields: api("iam", "AttachUserPolicy"),
  detections: ["iam-policy-changed"],
  by: "user",
};

/** What stands where a record should, or lacks what every pattern needs. */
export const UNJUDGEABLE: readonly unknown[] = [
  null,
  "a text",
  { eventSource: "ec2.amazonaws.com", eventTime: "2026-11-20T02:10:00Z" },
  { eventSource: 7, eventName: "RunInstances" },
];

/** Somebody who makes calls. */
export interface Actor {
  /** As alerts and summaries name them. */
  readonly words: string;
  readonly userIdentity: Fields;
}

export const ROOT: Actor = {
  words: `root user of account ${DEMO_ACCOUNT}`,
  userIdentity: {
    type: "Root",
    principalId: DEMO_ACCOUNT,
    arn: `arn:aws:iam::${DEMO_ACCOUNT}:root`,
    accountId: DEMO_ACCOUNT,
    accessKeyId: "AKIAEXAMPLEROOT0001",
  },
};

export function user(name: string): Actor {
  return {
    words: `IAM user ${name} (account ${DEMO_ACCOUNT})`,
    userIdentity: {
      type: "IAMUser",
      principalId: `AIDA${name.toUpperCase()}`,
      arn: `arn:aws:iam::${DEMO_ACCOUNT}:user/${name}`,
      accountId: DEMO_ACCOUNT,
      accessKeyId: `AKIA${name.toUpperCase()}`,
      userName: name,
    },
  };
}

/** Somebody who uses a role that others use, too. */
export function session(role: string, name: string): Actor {
  const issuer = `arn:aws:iam::${DEMO_ACCOUNT}:role/${role}`;
  return {
    words: `role ${role}, session ${name} (account ${DEMO_ACCOUNT})`,
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${role.toUpperCase()}:${name}`,
      arn: `arn:aws:sts::${DEMO_ACCOUNT}:assumed-role/${role}/${name}`,
      accountId: DEMO_ACCOUNT,
      accessKeyId: `ASIA${name.toUpperCase()}`,
      sessionContext: { sessionIssuer: { type: "Role", arn: issuer, accountId: DEMO_ACCOUNT, userName: role } },
    },
  };
}
