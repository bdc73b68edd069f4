import type { Actor, AlertNotification, NamedDetection } from "../../alerting/notification/notification";

/** Ten alerts, as different as they come, for everything that shows or sends notifications. */

const PROD = { id: "111122223333", name: "prod" };

const ANN: Actor = {
  name: "ann",
  description: "IAM user ann (account 111122223333, prod)",
  kind: "user",
  principalArn: "arn:aws:iam::111122223333:user/ann",
  account: "111122223333",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  mfa: false,
};
const ROOT: Actor = {
  name: "root",
  description: "root of account 111122223333 (prod)",
  kind: "root",
  principalArn: "arn:aws:iam::111122223333:root",
  account: "111122223333",
  mfa: true,
};
const DEPLOYER: Actor = {
  name: "bob@example.com (AdministratorAccess)",
  description: "IAM Identity Center user bob@example.com with AdministratorAccess (account 111122223333, prod)",
  kind: "role",
  principalArn: "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123",
  session: "bob@example.com",
  account: "111122223333",
};

/** What differs between alerts; the rest is made up from it. */
export interface AlertParts {
  readonly detection: NamedDetection;
  readonly event: string;
  readonly source: string;
  readonly what: string;
  readonly time?: string;
  readonly changes?: Partial<AlertNotification>;
}

/** An alert's notification; its event's id is made from its number. */
export function exampleAlert(number: number, parts: AlertParts): AlertNotification {
  const eventId = `a1b2c3d4-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return {
    version: "1.0",
    kind: "alert",
    id: eventId,
    severity: parts.detection.severity,
    account: PROD,
    region: "eu-central-1",
    detection: { ...parts.detection, attack: { technique: "T1078.004", tactic: "Persistence" }, cis: ["4.4"] },
    alsoMatched: [],
    event: {
      id: eventId,
      name: parts.event,
      source: parts.source,
      time: parts.time ?? "2026-11-20T02:14:05Z",
      requestId: `request-${number}`,
      path: "event",
    },
    outcome: "succeeded",
    actor: ANN,
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.8",
    what: parts.what,
    resources: [{ arn: "arn:aws:iam::111122223333:user/bob", type: "AWS::IAM::User", account: "111122223333" }],
    request: { userName: "bob" },
    response: null,
    why: "An attacker who gets in creates a second way in, which outlives the first one's removal.",
    remediation: {
      check: "Look at what the caller did in the hour before.",
      command: "aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=ann",
      contain: "Take back what was given.",
      undo: ["aws iam delete-access-key --user-name bob --access-key-id AKIAI44QH8DHBEXAMPLE"],
      stopCaller: {
        text: "If the caller is not who they should be, stop them.",
        commands: [
          "aws iam update-access-key --user-name ann --access-key-id AKIAIOSFODNN7EXAMPLE --status Inactive",
          "aws iam delete-login-profile --user-name ann",
        ],
      },
    },
    links: {
      event: `https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/events/${eventId}`,
    },
    ...parts.changes,
  };
}

const named = (id: string, title: string, severity: NamedDetection["severity"]): NamedDetection => ({
  id,
  title,
  severity,
});

const IAM = "iam.amazonaws.com";
const EC2 = "ec2.amazonaws.com";
const SIGN_IN = "signin.amazonaws.com";

/** What an attacker would write into a user agent, a name or an error message. */
export const HOSTILE =
  "<!channel> <@U012AB3CD> <http://evil.example|console> @here [console](http://evil.example) ${$root} {{now}} " +
  "`code` *bold* _it_ ~no~ # head | <b>html</b> &amp; https://evil.example/login \u202Eright to left\u0000\u001b[31m";

export const EXAMPLE_ALERTS: Readonly<Record<string, AlertNotification>> = {
  "console-login": exampleAlert(1, {
    detection: named("console-login-without-mfa", "Console sign-in without MFA", "high"),
    event: "ConsoleLogin",
    source: SIGN_IN,
    what: "the console",
    changes: { resources: [], request: null, response: { ConsoleLogin: "Success" } },
  }),
  root: exampleAlert(2, {
    detection: named("root-console-login", "Root signed in to the console", "critical"),
    event: "ConsoleLogin",
    source: SIGN_IN,
    what: "the console",
    changes: { actor: ROOT, resources: [], request: null, followsUrgent: true, region: "us-east-1" },
  }),
  denied: exampleAlert(3, {
    detection: named("trail-stopped", "CloudTrail stopped or deleted", "critical"),
    event: "StopLogging",
    source: "cloudtrail.amazonaws.com",
    what: "trail organization",
    changes: {
      outcome: "denied",
      errorCode: "AccessDenied",
      errorMessage:
        "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: cloudtrail:StopLogging with an explicit deny",
      resources: [{ arn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization" }],
      request: { name: "organization" },
    },
  }),
  "security-group": exampleAlert(4, {
    detection: named("security-group-opened", "Security group opened to the internet", "high"),
    event: "AuthorizeSecurityGroupIngress",
    source: EC2,
    what: "TCP 22 from 0.0.0.0/0 into sg-0123456789abcdef0",
    changes: {
      actor: DEPLOYER,
      resources: [{ arn: "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0" }],
      request: { groupId: "sg-0123456789abcdef0", ipPermissions: { items: [{ fromPort: 22, toPort: 22 }] } },
      response: { _return: true },
    },
  }),
  "run-instances": exampleAlert(5, {
    detection: named("costly-resource-created", "Expensive resource requested", "high"),
    event: "RunInstances",
    source: EC2,
    what: "8 × p5.48xlarge",
    changes: {
      resources: Array.from({ length: 8 }, (_, place) => ({
        arn: `arn:aws:ec2:us-west-2:111122223333:instance/i-0000000000000000${place}`,
        type: "AWS::EC2::Instance",
      })),
      region: "us-west-2",
      request: { instanceType: "p5.48xlarge", minCount: 8, maxCount: 8 },
    },
  }),
  count: exampleAlert(6, {
    detection: named("unauthorized-calls-burst", "Many denied calls", "medium"),
    event: "ListBuckets",
    source: "s3.amazonaws.com",
    what: "50 denied calls",
    changes: {
      outcome: "denied",
      errorCode: "AccessDenied",
      resources: [],
      count: { threshold: 50, windowStart: "2026-11-20T02:10:00Z", windowEnd: "2026-11-20T02:15:00Z" },
    },
  }),
  "also-matched": exampleAlert(7, {
    detection: named("admin-policy-attached", "Administrator policy attached", "critical"),
    event: "AttachUserPolicy",
    source: IAM,
    what: "policy AdministratorAccess on user bob",
    changes: {
      alsoMatched: [
        named("iam-policy-changed", "IAM policy changed", "low"),
        named("attack-tool-seen", "Attack tool seen", "high"),
      ],
      userAgent: "Boto3/1.40.1 md/Botocore#1.40.1 pacu",
      request: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess", userName: "bob" },
    },
  }),
  "cross-account": exampleAlert(8, {
    detection: named("snapshot-shared", "Snapshot shared with another account", "high"),
    event: "ModifySnapshotAttribute",
    source: EC2,
    what: "snap-0123456789abcdef0 with account 999988887777",
    changes: {
      actor: {
        name: "audit (build)",
        description: "role audit, session build (account 444455556666, tools)",
        kind: "role",
        principalArn: "arn:aws:iam::444455556666:role/audit",
        session: "build",
        sourceIdentity: "carol",
        account: "444455556666",
      },
      resources: [{ arn: "arn:aws:ec2:eu-central-1::snapshot/snap-0123456789abcdef0" }],
      request: { snapshotId: "snap-0123456789abcdef0", createVolumePermission: { add: { items: [{}] } } },
    },
  }),
  hostile: exampleAlert(9, {
    detection: named("user-created", "IAM user created", "medium"),
    event: "CreateUser",
    source: IAM,
    what: `user ${HOSTILE}`,
    changes: {
      outcome: "failed",
      errorCode: "ValidationError",
      errorMessage: HOSTILE,
      actor: { ...ANN, name: HOSTILE.slice(0, 60), description: `IAM user ${HOSTILE}` },
      sourceIPAddress: HOSTILE.slice(0, 70),
      userAgent: HOSTILE,
      account: { id: "111122223333", name: "<!here> *prod*" },
      request: { userName: HOSTILE },
    },
  }),
  "no-request": exampleAlert(10, {
    detection: named("request-omitted", "Call whose parameters CloudTrail omitted", "low"),
    event: "CreatePolicyVersion",
    source: IAM,
    what: "parameters omitted by CloudTrail",
    changes: {
      account: { id: "111122223333" },
      request: null,
      resources: [],
      event: {
        id: "a1b2c3d4-0000-4000-8000-000000000010",
        name: "CreatePolicyVersion",
        source: IAM,
        time: "unknown",
        path: "log",
      },
    },
  }),
};
