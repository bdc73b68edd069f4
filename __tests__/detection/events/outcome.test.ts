import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { emailText } from "../../../alerting/notices/alert-notice";
import { wrapRecord } from "../../../detection/events/envelope";
import { outcomeOf } from "../../../detection/events/outcome";
import { detectionNamed } from "../../alerting/notices/notices";
import { unauthorizedDescribe } from "./records";

const call = (fields: object = {}) =>
  unauthorizedDescribe({ errorCode: undefined, errorMessage: undefined, ...fields });
const signIn = (fields: object) =>
  call({ eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin", eventType: "AwsConsoleSignIn", ...fields });

describe("codes by which services refuse for lack of permission", () => {
  test.each([
    ...[
      "AccessDenied",
      "AccessDeniedException",
      "AccessDeniedFault",
      "Client.AccessDenied",
      "AccessDeniedByMetaException",
    ],
    ...["AccessDeniedForDependencyException", "DependencyAccessDeniedException", "DependentServiceAccessDeniedFault"],
    ...[
      "VpceAccessDenied",
      "KMSAccessDenied",
      "KMSAccessDeniedException",
      "KmsAccessDeniedException",
      "KMSAccessDeniedFault",
    ],
    ...[
      "EC2AccessDeniedException",
      "S3AccessDeniedFault",
      "OrganizationAccessDeniedException",
      "OpsItemAccessDeniedException",
    ],
    ...[
      "AccessToClusterDenied",
      "AccessToSnapshotDeniedFault",
      "AccessForbidden",
      "ForbiddenException",
      "ForbiddenError",
    ],
    ...[
      "UnauthorizedOperation",
      "Client.UnauthorizedOperation",
      "UnauthorizedOperationException",
      "UnauthorizedAccess",
    ],
    ...["UnauthorizedException", "Unauthorized", "UnauthorizedError", "UnauthorizedClientException"],
    ...["UnauthorizedResourceAccessException", "NotAuthorized", "NotAuthorizedException", "SNSNoAuthorizationFault"],
    ...[
      "AuthorizationError",
      "AuthorizationErrorException",
      "AuthorizationException",
      "AuthFailure",
      "Client.AuthFailure",
    ],
    ...["AllAccessDisabled", "InsufficientPrivilegesException", "InsufficientPermissionsException"],
    ...["com.amazonaws.kms#AccessDeniedException", "aws:AccessDenied"],
  ])("%s", (errorCode) => {
    expect(outcomeOf(call({ errorCode }))).toEqual({ kind: "denied", code: errorCode, message: undefined });
  });
});

describe("codes of other failures", () => {
  test.each([
    ...[
      "ThrottlingException",
      "ValidationException",
      "NoSuchBucket",
      "TrailNotFoundException",
      "Client.DryRunOperation",
    ],
    ...[
      "AuthorizationPendingException",
      "AuthorizationNotFound",
      "AuthorizationAlreadyExists",
      "AuthorizationQuotaExceeded",
    ],
    ...["EndpointAuthorizationNotFoundFault", "VPCAssociationAuthorizationNotFound", "InvalidAuthorizationStateFault"],
    ...["ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"],
    ...["MissingAuthenticationToken", "OperationNotPermittedException", "Client.InvalidPermission.NotFound"],
    ...[
      "Client.InvalidPermission.Duplicate",
      "InsufficientS3BucketPolicyException",
      "OptInRequired",
      "AccessPointLimitExceeded",
    ],
    ...["PermissionAlreadyExistsException", "AccessDeniedNot.Found"],
  ])("%s", (errorCode) => {
    expect(outcomeOf(call({ errorCode })).kind).toBe("failed");
  });

  test("whatever stands as the code, the call did not succeed", () => {
    for (const errorCode of [403, {}, ["AccessDenied"], true])
      expect(outcomeOf(call({ errorCode })).kind).toBe("failed");
    for (const errorCode of [null, "", undefined]) expect(outcomeOf(call({ errorCode })).kind).toBe("succeeded");
  });
});

describe("sign-ins", () => {
  test.each([
    ...["ConsoleLogin", "SwitchRole", "ExitRole", "RenewRole", "CheckMfa", "PasswordRecoveryRequested"],
    ...["PasswordRecoveryCompleted", "GetSigninToken", "PasswordUpdated"],
  ])("%s says in responseElements that it failed", (eventName) => {
    expect(outcomeOf(signIn({ eventName, responseElements: { [eventName]: "Failure" } })).kind).toBe("failed");
    expect(outcomeOf(signIn({ eventName, responseElements: { [eventName]: "Success" } })).kind).toBe("succeeded");
  });

  test.each(["CredentialChallenge", "CredentialVerification", "UserAuthentication"])(
    "%s of IAM Identity Center says it in serviceEventDetails",
    (eventName) => {
      const event = (said: string) =>
        signIn({
          ...{ eventName, eventType: "AwsServiceEvent", responseElements: null },
          serviceEventDetails: { [eventName]: said },
        });

      expect(outcomeOf(event("Failure")).kind).toBe("failed");
      expect(outcomeOf(event("Success")).kind).toBe("succeeded");
    },
  );

  test("fail with a message alone, and are denied where the code says so", () => {
    const responseElements = { ConsoleLogin: "Failure" };

    expect(outcomeOf(signIn({ responseElements, errorMessage: "Failed authentication" }))).toEqual({
      kind: "failed",
      code: undefined,
      message: "Failed authentication",
    });
    expect(outcomeOf(signIn({ responseElements, errorCode: "AccessDenied" })).kind).toBe("denied");
  });

  test("alert in plain words, though the record says nothing but Failure", () => {
    const record = signIn({
      ...{ awsRegion: "us-east-1", responseElements: { ConsoleLogin: "Failure" } },
      userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root", accountId: "111122223333", accessKeyId: "" },
    });
    const alert = buildAlert(detectionNamed("root-login-failed"), wrapRecord(record), "log");

    expect(alert).toMatchObject({
      outcome: "failed",
      outcomeKind: "failed",
      actor: "root user of account 111122223333",
    });
    expect(emailText(alert)).toContain("Outcome  failed\n");
  });
});

test.each([
  ["a value of an ordinary answer", { responseElements: { status: "Failure" } }],
  ["an ordinary answer that is named like a sign-in", { responseElements: { ConsoleLogin: "Failure" } }],
  ["a value in a service's event", { eventType: "AwsServiceEvent", serviceEventDetails: { result: "Failure" } }],
  [
    "something nested in a sign-in's answer",
    { eventSource: "signin.amazonaws.com", responseElements: { x: { y: "Failure" } } },
  ],
  [
    "a source that looks like the sign-in's",
    { eventSource: "signin-like.amazonaws.com", responseElements: { a: "Failure" } },
  ],
])("%s makes no failure", (_, fields) => {
  expect(outcomeOf(call(fields)).kind).toBe("succeeded");
});
