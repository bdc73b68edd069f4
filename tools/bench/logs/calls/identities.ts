import { ACCOUNT, type Account } from "./account";
import { type Call, type Details, keyResource } from "./call";

/** A policy as a request bears it: JSON in a string. */
function policyText(account: Account, statements: number): string {
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: account.random.times(statements, () => ({
        Sid: `S${account.hex(6)}`,
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:ListBucket", "logs:PutLogEvents"],
        Resource: [`arn:aws:s3:::${account.name()}-${account.hex(6)}/*`],
        Condition: { StringEquals: { "aws:PrincipalTag/project": "${aws:ResourceTag/project}" } },
      })),
    },
    null,
    account.random.chance(0.5) ? 2 : 0,
  );
}

function assumed(account: Account): Details {
  const role = `${account.name()}-role`;
  const session = account.hex(16);
  return {
    requestParameters: {
      roleArn: account.role(role),
      roleSessionName: session,
      durationSeconds: 3600,
    },
    responseElements: {
      credentials: {
        accessKeyId: `ASIA${account.capitals(16)}`,
        sessionToken: account.base64(200),
        expiration: "Nov 20, 2026, 11:58:12 PM",
      },
      assumedRoleUser: {
        assumedRoleId: `AROA${account.capitals(17)}:${session}`,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
      },
    },
    resources: [{ accountId: ACCOUNT, type: "AWS::IAM::Role", ARN: account.role(role) }],
  };
}

function decrypted(account: Account): Details {
  return {
    requestParameters: {
      keyId: account.arn("kms", "key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
      encryptionAlgorithm: "SYMMETRIC_DEFAULT",
      encryptionContext: { "aws:s3:arn": `arn:aws:s3:::${account.name()}-archive/${account.hex(12)}.parquet` },
    },
    resources: keyResource(account),
  };
}

/** STS, KMS, IAM, sign-in. */
export const identities: readonly Call[] = [
  {
    weight: 90,
    service: "sts",
    name: "AssumeRole",
    by: ["service", "service", "machine", "app", "otherAccount"],
    details: assumed,
  },
  { weight: 18, service: "sts", name: "AssumeRoleWithWebIdentity", by: ["webIdentity"], details: assumed },
  {
    weight: 90,
    service: "kms",
    name: "Decrypt",
    by: ["machine", "lambda", "app", "service", "service", "service"],
    details: decrypted,
  },
  {
    weight: 40,
    service: "kms",
    name: "GenerateDataKey",
    by: ["machine", "service", "service", "app"],
    details: (account) => ({
      requestParameters: {
        keyId: account.arn("kms", "key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        keySpec: "AES_256",
        encryptionContext: { "aws:s3:arn": `arn:aws:s3:::${account.name()}-archive` },
      },
      resources: keyResource(account),
    }),
  },
  { weight: 8, service: "kms", name: "DescribeKey", by: ["serviceLinked", "pipeline"], details: decrypted },
  {
    weight: 5,
    service: "kms",
    name: "CreateGrant",
    by: ["serviceLinked"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        granteePrincipal: "AWS Internal",
        operations: ["Decrypt", "GenerateDataKeyWithoutPlaintext"],
        keyId: account.arn("kms", "key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
        constraints: { encryptionContextSubset: { "aws:ebs:id": `vol-${account.hex(17)}` } },
      },
      responseElements: { grantId: account.hex(64) },
      resources: keyResource(account),
    }),
  },
  {
    weight: 24,
    service: "iam",
    name: "GetRole",
    by: ["pipeline", "person", "serviceLinked"],
    details: (account) =>
      account.random.chance(0.1)
        ? {
            errorCode: "NoSuchEntityException",
            errorMessage: `The role with name ${account.name()}-old cannot be found.`,
            requestParameters: { roleName: `${account.name()}-old` },
          }
        : { requestParameters: { roleName: `${account.name()}-role` } },
  },
  {
    weight: 14,
    service: "iam",
    name: "ListRoles",
    by: ["person", "serviceLinked"],
    details: () => ({ requestParameters: { maxItems: 1000 } }),
  },
  {
    weight: 16,
    service: "iam",
    name: "ListAttachedRolePolicies",
    by: ["pipeline", "person"],
    details: (account) => ({ requestParameters: { roleName: `${account.name()}-role` } }),
  },
  {
    weight: 10,
    service: "iam",
    name: "GetPolicyVersion",
    by: ["pipeline"],
    details: (account) => ({
      requestParameters: { policyArn: `arn:aws:iam::${ACCOUNT}:policy/${account.name()}`, versionId: "v3" },
    }),
  },
  {
    weight: 1,
    service: "iam",
    name: "AttachRolePolicy",
    by: ["serviceLinked"],
    writes: true,
    details: (account) => ({
      errorCode: "LimitExceededException",
      errorMessage: "Cannot exceed quota for PoliciesPerRole: 10",
      requestParameters: { roleName: account.name(), policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    }),
  },
  {
    weight: 1,
    service: "iam",
    name: "PutRolePolicy",
    by: ["pipeline"],
    writes: true,
    details: (account) => ({
      errorCode: "MalformedPolicyDocumentException",
      errorMessage: "Syntax errors in policy.",
      requestParameters: {
        roleName: `${account.name()}-role`,
        policyName: "access",
        policyDocument: policyText(account, account.random.between(3, 14)),
      },
    }),
  },
  {
    weight: 5,
    service: "iam",
    name: "SimulateCustomPolicy",
    by: ["person"],
    details: (account) => ({
      requestParameters: {
        policyInputList: [policyText(account, 4)],
        actionNames: ["cloudtrail:StopLogging", "iam:CreateUser", "sts:GetCallerIdentity"],
      },
    }),
  },
  { weight: 5, service: "iam", name: "GetAccountSummary", by: ["person", "rootByService"] },
  {
    weight: 1,
    service: "signin",
    name: "ConsoleLogin",
    by: ["person"],
    eventType: "AwsConsoleSignIn",
    writes: true,
    details: () => ({
      responseElements: { ConsoleLogin: "Success" },
      additionalEventData: {
        LoginTo: "https://console.aws.amazon.com/console/home?region=us-east-1&state=hashArgs%23&isauthcode=true",
        MobileVersion: "No",
        MFAUsed: "No",
      },
    }),
  },
  {
    weight: 8,
    service: "sso",
    name: "ListAccountRoles",
    by: ["person"],
    details: () => ({ requestParameters: { accessToken: "HIDDEN_DUE_TO_SECURITY_REASONS" } }),
  },
];
