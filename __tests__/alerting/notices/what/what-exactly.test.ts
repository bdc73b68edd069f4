// Over 250 lines: a table of calls and their lines.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { whatExactly } from "../../../../alerting/notices/what/what-exactly";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { CloudTrailRecord } from "../../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../../detection/events/envelope";
import { anyCharacter } from "../../../any-character";
import { unauthorizedDescribe } from "../../../detection/events/records";
import { propertyRuns } from "../../../property-runs";
import { REPOSITORY } from "../../../repository";

interface Case {
  readonly name: string;
  readonly matches: boolean;
  readonly record: CloudTrailRecord;
}

const LONGEST = 200;

function lineOf(service: string, eventName: string, request: unknown, response: unknown = null): string {
  const { errorCode, errorMessage, ...call } = unauthorizedDescribe();
  return whatExactly(
    wrapRecord({
      ...call,
      eventSource: `${service}.amazonaws.com`,
      eventName,
      requestParameters: request,
      responseElements: response,
    }),
  );
}

const allowing = (principal: unknown, more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more }],
});
const permitting = (action: unknown, resource: unknown = "*") =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: resource }] });

describe("one line per call, word by word", () => {
  const instances = (...types: readonly string[]) => ({
    instancesSet: { items: types.map((instanceType, i) => ({ instanceId: `i-${i}`, instanceType })) },
  });
  const EIGHT = Array<string>(8).fill("p5.48xlarge");
  const rule = (ports: object, ...addresses: readonly string[]) => ({
    ipProtocol: "tcp",
    ...ports,
    ipRanges: { items: addresses.map((cidrIp) => ({ cidrIp })) },
  });

  test.each<[string, string, unknown, unknown, string]>([
    [
      "ec2",
      "RunInstances",
      { instanceType: "p5.48xlarge", instancesSet: { items: [{ maxCount: 8 }] } },
      null,
      "8 × p5.48xlarge",
    ],
    [
      "ec2",
      "RunInstances",
      { instanceType: "p5.48xlarge" },
      instances(...EIGHT),
      "8 × p5.48xlarge (i-0, i-1, i-2 and 5 more)",
    ],
    ["ec2", "RunInstances", { launchTemplate: { launchTemplateId: "lt-1" } }, null, "1 × launch template lt-1"],
    [
      "ec2",
      "RequestSpotInstances",
      { instanceCount: 4, launchSpecification: { instanceType: "p3.8xlarge" } },
      null,
      "4 × p3.8xlarge spot",
    ],
    [
      "sagemaker",
      "CreateTrainingJob",
      { trainingJobName: "f", resourceConfig: { instanceType: "ml.p4d.24xlarge", instanceCount: 2 } },
      null,
      "training job f: 2 × ml.p4d.24xlarge",
    ],
    [
      "ec2",
      "TerminateInstances",
      { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } },
      null,
      "instances i-1, i-2",
    ],
    [
      "iam",
      "AttachUserPolicy",
      { userName: "bob", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      null,
      "policy AdministratorAccess on user bob",
    ],
    [
      "iam",
      "AttachRolePolicy",
      { roleName: "Reports", policyArn: "arn:aws:iam::111122223333:policy/team/AdministratorAccess" },
      null,
      "customer policy AdministratorAccess on role Reports",
    ],
    [
      "iam",
      "PutUserPolicy",
      { userName: "bob", policyName: "x", policyDocument: permitting("*") },
      null,
      "inline policy x on user bob: allows everything",
    ],
    [
      "iam",
      "PutRolePolicy",
      {
        roleName: "r",
        policyName: "x",
        policyDocument: permitting(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::b/*"),
      },
      null,
      "inline policy x on role r: allows s3:GetObject, s3:PutObject",
    ],
    [
      "iam",
      "PutGroupPolicy",
      { groupName: "g", policyName: "x", policyDocument: permitting("iam:PassRole") },
      null,
      "inline policy x on group g: allows iam:PassRole on every resource",
    ],
    [
      "iam",
      "CreatePolicyVersion",
      { policyArn: "arn:aws:iam::111122223333:policy/Reports", policyDocument: permitting("*"), setAsDefault: true },
      { policyVersion: { versionId: "v3" } },
      "policy Reports: v3 as the default, allows everything",
    ],
    [
      "iam",
      "SetDefaultPolicyVersion",
      { policyArn: "arn:aws:iam::111122223333:policy/Reports", versionId: "v1" },
      null,
      "version v1 of customer policy Reports",
    ],
    [
      "iam",
      "CreateAccessKey",
      { userName: "bob" },
      { accessKey: { accessKeyId: "AKIAEXAMPLE" } },
      "access key AKIAEXAMPLE for user bob",
    ],
    ["iam", "CreateAccessKey", null, null, "access key for user alice"],
    [
      "iam",
      "UpdateAccessKey",
      { userName: "bob", accessKeyId: "AKIAEXAMPLE", status: "Inactive" },
      null,
      "access key AKIAEXAMPLE of user bob: Inactive",
    ],
    ["iam", "CreateLoginProfile", { userName: "bob" }, null, "console password for user bob"],
    [
      "iam",
      "DeactivateMFADevice",
      { userName: "bob", serialNumber: "arn:aws:iam::111122223333:mfa/phone" },
      null,
      "MFA device phone of user bob",
    ],
    [
      "iam",
      "PutUserPermissionsBoundary",
      { userName: "bob", permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
      null,
      "permissions boundary AdministratorAccess on user bob",
    ],
    ["iam", "DeleteRolePermissionsBoundary", { roleName: "r" }, null, "permissions boundary of role r"],
    [
      "iam",
      "UpdateAssumeRolePolicy",
      { roleName: "r", policyDocument: JSON.stringify(allowing({ AWS: "arn:aws:iam::444455556666:root" })) },
      null,
      "role r: trust policy allows account 444455556666",
    ],
    [
      "iam",
      "CreateRole",
      { roleName: "r", assumeRolePolicyDocument: JSON.stringify(allowing({ Service: "ec2.amazonaws.com" })) },
      null,
      "role r: trust policy allows ec2.amazonaws.com",
    ],
    [
      "iam",
      "CreateRole",
      { roleName: "r", assumeRolePolicyDocument: JSON.stringify(allowing({ AWS: "*" })) },
      null,
      "role r: trust policy opened to everyone",
    ],
    ["iam", "CreateSAMLProvider", { name: "Okta" }, null, "SAML provider Okta"],
    ["iam", "CreateUser", { path: "/", userName: "carol" }, null, "user carol"],
    ["iam", "AddUserToGroup", { groupName: "admins", userName: "bob" }, null, "user bob on group admins"],
    [
      "iam",
      "UpdateAccountPasswordPolicy",
      { minimumPasswordLength: 6, maxPasswordAge: 1 },
      null,
      "account password policy: minimum length 6, maximum age 1 day",
    ],
    [
      "sts",
      "AssumeRole",
      { roleArn: "arn:aws:iam::111122223333:role/team/Admin", roleSessionName: "ann" },
      null,
      "role Admin as session ann",
    ],
    [
      "sts",
      "AssumeRole",
      { roleArn: "arn:aws:iam::444455556666:role/Admin", roleSessionName: "ann" },
      null,
      "role Admin of account 444455556666 as session ann",
    ],
    [
      "sts",
      "AssumeRoot",
      {
        targetPrincipal: "444455556666",
        taskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
      },
      null,
      "root of account 444455556666 for S3UnlockBucketPolicy",
    ],
    [
      "sts",
      "GetFederationToken",
      { name: "admin" },
      { credentials: { accessKeyId: "ASIAEXAMPLE" } },
      "federated user admin with access key ASIAEXAMPLE",
    ],
    ["sts", "GetCallerIdentity", null, null, ""],
    ["signin", "ConsoleLogin", null, { ConsoleLogin: "Success" }, "console sign-in"],
    [
      "s3",
      "PutBucketPolicy",
      { bucketName: "payments", bucketPolicy: allowing("*") },
      null,
      "bucket payments: policy opened to everyone",
    ],
    [
      "s3",
      "PutBucketPolicy",
      { bucketName: "payments", bucketPolicy: allowing("*", { Condition: { Bool: {} } }) },
      null,
      "bucket payments: policy allows everyone under conditions",
    ],
    [
      "s3",
      "PutBucketPolicy",
      {
        bucketName: "payments",
        bucketPolicy: allowing({ AWS: ["arn:aws:iam::111122223333:role/app", "arn:aws:iam::444455556666:user/eve"] }),
      },
      null,
      "bucket payments: policy allows user eve of account 444455556666, role app",
    ],
    [
      "s3",
      "PutBucketPolicy",
      { bucketName: "payments", bucketPolicy: allowing("*", { Effect: "Deny" }) },
      null,
      "bucket payments: policy only denies",
    ],
    ["s3", "DeleteBucketPolicy", { bucketName: "payments", policy: "" }, null, "policy of bucket payments"],
    [
      "s3",
      "PutBucketAcl",
      { bucketName: "payments", "x-amz-acl": ["public-read"] },
      null,
      "bucket payments: ACL public-read",
    ],
    [
      "s3",
      "PutBucketAcl",
      { bucketName: "payments", "x-amz-grant-read": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' },
      null,
      "bucket payments: ACL grants read to everyone",
    ],
    [
      "s3",
      "PutBucketPublicAccessBlock",
      {
        bucketName: "payments",
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: true,
        },
      },
      null,
      "bucket payments: public access block without BlockPublicPolicy",
    ],
    [
      "s3",
      "PutBucketReplication",
      {
        bucketName: "b",
        ReplicationConfiguration: { Rule: { Destination: { Bucket: "arn:aws:s3:::out", Account: "444455556666" } } },
      },
      null,
      "bucket b: replication to bucket out of account 444455556666",
    ],
    [
      "s3",
      "PutBucketVersioning",
      { bucketName: "b", VersioningConfiguration: { Status: "Suspended" } },
      null,
      "bucket b: versioning suspended",
    ],
    ["s3", "DeleteObject", { bucketName: "b", key: "a/b.gz" }, null, "object a/b.gz in bucket b"],
    [
      "sqs",
      "SetQueueAttributes",
      {
        queueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/orders",
        attributes: { Policy: JSON.stringify(allowing("*")) },
      },
      null,
      "queue orders: policy opened to everyone",
    ],
    [
      "sns",
      "SetTopicAttributes",
      {
        topicArn: "arn:aws:sns:us-east-1:111122223333:orders",
        attributeName: "Policy",
        attributeValue: JSON.stringify(allowing("*")),
      },
      null,
      "topic orders: policy opened to everyone",
    ],
    [
      "kms",
      "PutKeyPolicy",
      { keyId: "1234", policy: JSON.stringify(allowing({ AWS: "444455556666" })) },
      null,
      "key 1234: policy allows account 444455556666",
    ],
    [
      "kms",
      "ScheduleKeyDeletion",
      { keyId: "arn:aws:kms:eu-west-1:111122223333:key/1234", pendingWindowInDays: 7 },
      null,
      "key 1234: in 7 days",
    ],
    [
      "kms",
      "CreateGrant",
      { keyId: "1234", granteePrincipal: "arn:aws:iam::444455556666:role/reader", operations: ["Decrypt"] },
      null,
      "key 1234 granted to role reader of account 444455556666: Decrypt",
    ],
    [
      "lambda",
      "CreateFunctionUrlConfig20211031",
      { functionName: "orders", authType: "NONE" },
      null,
      "function orders: URL without authentication",
    ],
    [
      "lambda",
      "AddPermission20150331v2",
      { functionName: "orders", action: "lambda:InvokeFunction", principal: "*" },
      null,
      "function orders: InvokeFunction by everyone",
    ],
    [
      "lambda",
      "UpdateFunctionCode20150331v2",
      { functionName: "orders", s3Bucket: "builds", s3Key: "o.zip" },
      null,
      "function orders: code from builds/o.zip",
    ],
    [
      "ec2",
      "AuthorizeSecurityGroupIngress",
      { groupId: "sg-0abc", ipPermissions: { items: [rule({ fromPort: 22, toPort: 22 }, "0.0.0.0/0")] } },
      null,
      "port 22 open to 0.0.0.0/0 in sg-0abc",
    ],
    [
      "ec2",
      "AuthorizeSecurityGroupIngress",
      { groupId: "sg-0abc", ipPermissions: {}, ipProtocol: "udp", fromPort: 53, toPort: 53, cidrIp: "0.0.0.0/0" },
      null,
      "UDP port 53 open to 0.0.0.0/0 in sg-0abc",
    ],
    [
      "ec2",
      "AuthorizeSecurityGroupIngress",
      { groupId: "sg-0abc", ipPermissions: { items: [{ ...rule({}, "0.0.0.0/0"), ipProtocol: "-1" }] } },
      null,
      "all traffic open to 0.0.0.0/0 in sg-0abc",
    ],
    [
      "ec2",
      "RevokeSecurityGroupEgress",
      { groupId: "sg-0abc", ipPermissions: { items: [rule({ fromPort: 80, toPort: 90 }, "10.0.0.0/8")] } },
      null,
      "ports 80-90 closed outward to 10.0.0.0/8 in sg-0abc",
    ],
    [
      "ec2",
      "CreateNetworkAclEntry",
      {
        networkAclId: "acl-1",
        ruleNumber: 100,
        egress: false,
        ruleAction: "allow",
        aclProtocol: "6",
        portRange: { from: 22, to: 22 },
        cidrBlock: "0.0.0.0/0",
      },
      null,
      "inbound rule 100 of acl-1: allow port 22 for 0.0.0.0/0",
    ],
    [
      "ec2",
      "CreateRoute",
      { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
      null,
      "route 0.0.0.0/0 through igw-1 in rtb-1",
    ],
    [
      "ec2",
      "ModifySnapshotAttribute",
      { snapshotId: "snap-1", createVolumePermission: { add: { items: [{ userId: "444455556666" }] } } },
      null,
      "snapshot snap-1 shared with account 444455556666",
    ],
    [
      "ec2",
      "ModifySnapshotAttribute",
      { snapshotId: "snap-1", createVolumePermission: { remove: { items: [{ group: "all" }] } } },
      null,
      "snapshot snap-1 no longer shared with everyone",
    ],
    [
      "ec2",
      "ModifyImageAttribute",
      { imageId: "ami-1", launchPermission: { add: { items: [{ group: "all" }] } } },
      null,
      "image ami-1 shared with everyone",
    ],
    [
      "rds",
      "ModifyDBSnapshotAttribute",
      { dBSnapshotIdentifier: "s", attributeName: "restore", valuesToAdd: ["all"] },
      null,
      "DB snapshot s shared with everyone",
    ],
    [
      "rds",
      "ModifyDBInstance",
      { dBInstanceIdentifier: "orders", publiclyAccessible: true },
      null,
      "DB instance orders: publicly accessible",
    ],
    [
      "cloudtrail",
      "StopLogging",
      { name: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/MyCloudTrail" },
      null,
      "trail MyCloudTrail",
    ],
    [
      "cloudtrail",
      "PutEventSelectors",
      { trailName: "T", eventSelectors: [{ readWriteType: "All", includeManagementEvents: false }] },
      null,
      "trail T: no management events",
    ],
    [
      "cloudtrail",
      "PutEventSelectors",
      {
        trailName: "T",
        eventSelectors: [
          { readWriteType: "All", includeManagementEvents: true, excludeManagementEventSources: ["kms.amazonaws.com"] },
        ],
      },
      null,
      "trail T: all management events but kms.amazonaws.com",
    ],
    ["cloudtrail", "UpdateTrail", { name: "T", isMultiRegionTrail: false }, null, "trail T: one region only"],
    ["guardduty", "UpdateDetector", { detectorId: "12ab", enable: false }, null, "detector 12ab: off"],
    ["organizations", "LeaveOrganization", null, null, "account 111122223333"],
    [
      "organizations",
      "RegisterDelegatedAdministrator",
      { accountId: "444455556666", servicePrincipal: "guardduty.amazonaws.com" },
      null,
      "account 444455556666 as administrator of guardduty.amazonaws.com",
    ],
    [
      "cloudtrail",
      "DeregisterOrganizationDelegatedAdmin",
      { delegatedAdminAccountId: "444455556666" },
      null,
      "account 444455556666 as administrator of CloudTrail",
    ],
    [
      "organizations",
      "DisableAWSServiceAccess",
      { servicePrincipal: "cloudtrail.amazonaws.com" },
      null,
      "trusted access of cloudtrail.amazonaws.com",
    ],
    ["cloudformation", "DeactivateOrganizationsAccess", null, null, "trusted access of StackSets"],
    ["organizations", "PutResourcePolicy", { content: "{}" }, null, "the organization's resource policy"],
    ["organizations", "CloseAccount", { accountId: "444455556666" }, null, "account 444455556666"],
    [
      "organizations",
      "InviteOrganizationToTransferResponsibility",
      { type: "BILLING", target: { id: "444455556666", type: "ACCOUNT" }, sourceName: "x" },
      null,
      "billing transfer with account 444455556666",
    ],
    [
      "cloudformation",
      "DeleteStackInstances",
      {
        stackSetName: "trailwarden-members",
        deploymentTargets: { organizationalUnitIds: ["ou-ab12-c3d4e5f6"] },
        regions: ["eu-west-1", "us-east-1"],
      },
      null,
      "stack set trailwarden-members in ou-ab12-c3d4e5f6, eu-west-1, us-east-1",
    ],
    [
      "cloudformation",
      "DeleteStackSet",
      { stackSetName: "trailwarden-members" },
      null,
      "stack set trailwarden-members",
    ],
    [
      "organizations",
      "DetachPolicy",
      { policyId: "p-1", targetId: "444455556666" },
      null,
      "policy p-1 on account 444455556666",
    ],
    [
      "ssm",
      "SendCommand",
      { documentName: "AWS-RunShellScript", instanceIds: ["i-1"], parameters: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      null,
      "document AWS-RunShellScript on instance i-1",
    ],
    [
      "ssm",
      "GetParameters",
      { names: ["/a", "/b", "/c", "/d"], withDecryption: true },
      null,
      "parameters /a, /b, /c and 1 more: decrypted",
    ],
    [
      "secretsmanager",
      "GetSecretValue",
      { secretId: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf" },
      null,
      "secret prod/db",
    ],
    ["account", "EnableRegion", { RegionName: "ap-east-1" }, null, "region ap-east-1"],
    [
      "iam",
      "PutUserPolicy",
      { reason: "requestParameters too large", omitted: true, originalSize: 112640 },
      null,
      "request too large for CloudTrail (112640 bytes)",
    ],
    ["unheard", "DeleteThing", { thingName: "x", clientToken: "c" }, null, "thing x"],
    ["unheard", "DeleteTrustAnchor", { name: "x" }, null, "trust anchor x"],
  ])("%s %s %j", (service, eventName, request, response, line) => {
    expect(lineOf(service, eventName, request, response)).toBe(line);
  });

  test("names the resources where the request names nothing", () => {
    const resources = [
      { ARN: "arn:aws:s3:::one" },
      { type: "x" },
      7,
      { ARN: "arn:aws:sns:eu-west-1:111122223333:two" },
    ];

    expect(whatExactly(wrapRecord(unauthorizedDescribe({ resources })))).toBe("bucket one, topic two");
  });

  test("puts a value with spaces into quotes, so that it doesn't read as part of the line", () => {
    expect(lineOf("iam", "DeleteUser", { userName: "bob (approved by security)" })).toBe(
      "user 'bob (approved by security)'",
    );
    expect(lineOf("iam", "DeleteUser", { userName: "a' on role 'b" })).toBe("user 'a on role b'");
  });

  test("a policy that can't be read is named all the same", () => {
    expect(lineOf("kms", "PutKeyPolicy", { keyId: "1234", policy: "{" })).toBe("policy of key 1234");
  });
});

/** Whether a request holds a value that says something: neither hidden by CloudTrail nor the address it was sent to. */
function namesAnything(value: unknown, key = ""): boolean {
  if (typeof value === "string") return value !== "" && key !== "Host" && !value.includes("HIDDEN_");
  if (typeof value === "number") return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, child]) => namesAnything(child, name));
}

describe.each(catalogue.map(({ id }) => id))("%s", (id) => {
  const file = join(REPOSITORY, "__tests__/fixtures/detections", `${id}.json`);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

  test.each(cases.filter(({ matches }) => matches))("has a plain line for $name", ({ record }) => {
    const line = whatExactly(wrapRecord(record));

    if (namesAnything(record.requestParameters)) expect(line).not.toBe("");
    expect(line).not.toMatch(/[{}"\p{Cc}]|\[object|undefined|null|arn:/u);
    expect(Array.from(line).length).toBeLessThanOrEqual(LONGEST);
  });
});

describe("of records that hold anything", () => {
  const services = ["ec2", "iam", "s3", "sts", "kms", "lambda", "sqs", "sns", "rds", "cloudtrail", "organizations"];
  const names = [
    ...new Set(
      catalogue.flatMap(({ pattern }) => (pattern.detail as { readonly eventName?: unknown }).eventName).flat(),
    ),
  ].filter((name) => typeof name === "string");
  const keys = fc.constantFrom(
    ...[
      "userName",
      "bucketName",
      "policyDocument",
      "bucketPolicy",
      "instancesSet",
      "items",
      "ipPermissions",
      "Statement",
    ],
    ...[
      "Principal",
      "name",
      "roleArn",
      "launchPermission",
      "add",
      "userId",
      "x-amz-acl",
      "eventSelectors",
      "__proto__",
    ],
    ...[
      "createVolumePermission",
      "snapshotId",
      "Rule",
      "ReplicationConfiguration",
      "policy",
      "resourceArn",
      "principal",
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('"', "{", "}", "\n", "\u0000", "\u202e", "\u2028", " ", "a", "'"),
      maxLength: 300,
    }),
  );
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom("*", "arn:aws:iam::1:role/%", "%E0%A4%A"),
      ),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(fc.oneof(keys, text), tie("value"), { maxKeys: 8 }),
    ),
  })).value;

  test("it is one plain line of bounded length, and never an error", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...services),
        fc.oneof(
          fc.constantFrom(...names),
          text.filter((name) => name !== ""),
        ),
        anything,
        anything,
        anything,
        (service, eventName, request, response, resources) => {
          const record = { eventSource: `${service}.amazonaws.com`, eventName, resources };
          const line = whatExactly(
            wrapRecord(unauthorizedDescribe({ ...record, requestParameters: request, responseElements: response })),
          );

          expect(line).not.toMatch(/[{}"\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
          expect(Array.from(line).length).toBeLessThanOrEqual(LONGEST);
        },
      ),
      { numRuns: propertyRuns(3_000) },
    );
  });

  const places: readonly (readonly [string, string, (value: string) => unknown])[] = [
    ["iam", "DeleteUser", (userName) => ({ userName })],
    ["iam", "PutUserPolicy", (policyName) => ({ userName: "bob", policyName, policyDocument: permitting(policyName) })],
    ["sts", "AssumeRole", (name) => ({ roleArn: `arn:aws:iam::111122223333:role/${name}`, roleSessionName: name })],
    ["s3", "PutBucketPolicy", (name) => ({ bucketName: name, bucketPolicy: allowing({ AWS: name }) })],
    ["s3", "DeleteObject", (key) => ({ bucketName: "b", key })],
    ["ec2", "RunInstances", (instanceType) => ({ instanceType })],
    ["ec2", "AuthorizeSecurityGroupIngress", (text) => ({ groupId: text, ipProtocol: text, cidrIp: text })],
    ["unheard", "DeleteThing", (name) => ({ name })],
  ];

  test("it is so with each text in its place", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), text, ([service, eventName, request], value) => {
        const line = lineOf(service, eventName, request(value));

        expect(line).not.toMatch(/[{}"\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(LONGEST);
      }),
      { numRuns: propertyRuns(3_000) },
    );
  });

  test("megabytes of it take no time that matters", () => {
    const request = {
      userName: "x".repeat(3_000_000),
      policyDocument: "{".repeat(3_000_000),
      instancesSet: { items: Array.from({ length: 5_000 }, (_, i) => ({ instanceId: `i-${i}` })) },
    };

    expect(lineOf("iam", "DeleteUser", request).length).toBeLessThanOrEqual(LONGEST);
    expect(lineOf("ec2", "TerminateInstances", request)).toBe("instances i-0, i-1, i-2 and 4997 more");
  });
});
