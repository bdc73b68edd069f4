import type { JsonObject } from "../../detection/events/json";

const ACCOUNT = "111122223333";

function role(name: string, session: string, path = "", rest: JsonObject = {}): JsonObject {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLEEXAMPLE01:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: "ASIAEXAMPLEEXAMPLE01",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLEEXAMPLE01",
        arn: `arn:aws:iam::${ACCOUNT}:role/${path}${name}`,
        accountId: ACCOUNT,
        userName: name,
      },
      attributes: { creationDate: "2026-11-20T01:50:00Z", mfaAuthenticated: "false" },
      ...rest,
    },
  };
}

function user(rest: JsonObject): JsonObject {
  return {
    type: "IAMUser",
    principalId: "AIDAEXAMPLEEXAMPLE01",
    arn: `arn:aws:iam::${ACCOUNT}:user/staff/alice`,
    accountId: ACCOUNT,
    userName: "alice",
    ...rest,
  };
}

function root(rest: JsonObject): JsonObject {
  return { type: "Root", principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, ...rest };
}

/** One record's fields for each way of being stopped: `userIdentity`, and what else tells callers apart. */
export const CALLERS: Readonly<Record<string, JsonObject>> = {
  "a user's key": { userIdentity: user({ accessKeyId: "AKIAEXAMPLEEXAMPLE01" }) },
  "a user's temporary key": { userIdentity: user({ accessKeyId: "ASIAEXAMPLEEXAMPLE01" }) },
  "a user without an access key": {
    userIdentity: user({}),
    eventSource: "codecommit.amazonaws.com",
    eventName: "GitPush",
  },
  "a service with a user's session": {
    userIdentity: user({ accessKeyId: "ASIAEXAMPLEEXAMPLE01", invokedBy: "cloudformation.amazonaws.com" }),
  },
  "a user in the console": {
    userIdentity: user({ accessKeyId: "ASIAEXAMPLEEXAMPLE01" }),
    sessionCredentialFromConsole: "true",
  },
  "a user who signs in": {
    userIdentity: user({}),
    eventType: "AwsConsoleSignIn",
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    responseElements: { ConsoleLogin: "Success" },
  },
  "a sign-in that failed": {
    userIdentity: user({}),
    eventType: "AwsConsoleSignIn",
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    responseElements: { ConsoleLogin: "Failure" },
  },
  "a role's session": { userIdentity: role("Deployer", "ci", "ops/") },
  "a workload with an identity provider's token": {
    userIdentity: role("Deployer", "ci", "", {
      webIdFederationData: {
        federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
        attributes: {},
      },
    }),
  },
  "a role of another account": {
    userIdentity: JSON.parse(JSON.stringify(role("Deployer", "ci")).replaceAll(ACCOUNT, "444455556666")),
  },
  "a role of Identity Center": {
    userIdentity: role(
      "AWSReservedSSO_Admins_0123456789abcdef",
      "jane@example.com",
      "aws-reserved/sso.amazonaws.com/eu-west-1/",
    ),
  },
  "an instance's role": { userIdentity: role("Web", "i-0a1b2c3d4e5f60001") },
  "a function's role": {
    userIdentity: {
      ...role("orders", "orders"),
      inScopeOf: {
        issuerType: "AWS::Lambda::Function",
        credentialsIssuedTo: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:orders`,
      },
    },
  },
  "a role that is linked to a service": {
    userIdentity: role("AWSServiceRoleForAutoScaling", "AutoScaling", "aws-service-role/autoscaling.amazonaws.com/"),
  },
  "a session of GetFederationToken": {
    userIdentity: {
      type: "FederatedUser",
      principalId: `${ACCOUNT}:reports`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/reports`,
      accountId: ACCOUNT,
      accessKeyId: "ASIAEXAMPLEEXAMPLE01",
      sessionContext: {
        sessionIssuer: {
          type: "IAMUser",
          principalId: "AIDAEXAMPLEEXAMPLE01",
          arn: `arn:aws:iam::${ACCOUNT}:user/staff/alice`,
          accountId: ACCOUNT,
          userName: "alice",
        },
      },
    },
  },
  "a session of GetFederationToken that root issued": {
    userIdentity: {
      type: "FederatedUser",
      principalId: `${ACCOUNT}:reports`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/reports`,
      accountId: ACCOUNT,
      accessKeyId: "ASIAEXAMPLEEXAMPLE01",
      sessionContext: {
        sessionIssuer: { type: "Root", arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
      },
    },
  },
  "the root user's key": { userIdentity: root({ accessKeyId: "AKIAEXAMPLEEXAMPLE01" }) },
  "the root user in the console": { userIdentity: root({ accessKeyId: "ASIAEXAMPLEEXAMPLE01" }) },
  "a privileged root session": {
    userIdentity: root({ accessKeyId: "ASIAEXAMPLEEXAMPLE01", sessionContext: { assumedRoot: "true" } }),
  },
  "a user of Identity Center": {
    userIdentity: {
      type: "IdentityCenterUser",
      accountId: ACCOUNT,
      onBehalfOf: {
        userId: "94482488-3041-7055-0000-0000000000a1",
        identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-9067642ac7`,
      },
      credentialId: "EXAMPLE",
    },
  },
  "another account's principal": {
    userIdentity: { type: "AWSAccount", principalId: "AIDAEXAMPLEEXAMPLE02", accountId: "444455556666" },
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRole",
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/ops/Audit`, roleSessionName: "x" },
  },
  "an anonymous caller": {
    userIdentity: { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" },
  },
  "a service": { userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } },
  "a user of an identity provider": {
    userIdentity: {
      type: "WebIdentityUser",
      principalId: "token.actions.githubusercontent.com:sts.amazonaws.com:repo:example/app:ref:refs/heads/main",
      userName: "repo:example/app:ref:refs/heads/main",
      identityProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
    },
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRoleWithWebIdentity",
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/Deployer`, roleSessionName: "ci" },
  },
  "a user who enters a role of Identity Center": {
    userIdentity: { type: "SAMLUser", principalId: "x:jane@example.com", userName: "jane@example.com" },
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRoleWithSAML",
    requestParameters: {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admins_0123456789abcdef`,
      roleSessionName: "jane@example.com",
    },
  },
  "a caller that the record says nothing of": { userIdentity: { type: "Unknown" } },
};
