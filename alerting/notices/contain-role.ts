import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import type { Identity } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";
import { partitionOfArn } from "../../detection/events/partition";
import type { Containment } from "./containment";
import { instanceOf } from "./record-facts";
import { shellValue } from "./shell-value";

/** A role that Identity Center makes for a permission set: `AWSReservedSSO_Admins_0123456789abcdef`. */
export const PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** What stops a role's sessions depends on what made the role, and on who can get a new session. */
export function containRole(
  { name, arn = "", session, account, inScopeOf }: Identity,
  record: CloudTrailRecord,
): Containment {
  const role = roleName(name) ?? "<roleName>";
  const unchangeable = containUnchangeable(role, arn, session, account);
  if (unchangeable !== undefined) return unchangeable;
  const instance = instanceOf(record);
  if (instance !== undefined) return containInstance(role, instance, instanceRegion(record));
  const [fn, region] = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[\w-]{1,64}$/.exec(inScopeOf ?? "") ?? [];
  if (fn !== undefined && region !== undefined) return containFunction(role, fn, region);
  const provider = providerOf(record);
  return {
    text: `The key belongs to a role session and can't be deactivated. Revoke all sessions of the role (legitimate users must assume it again), then stop ${provider ?? "the principal that assumed it (see the trust policy)"}.`,
    commands: revokeSessions(role),
  };
}

/** Of the roles that AWS lets no account change; undefined of all others. */
function containUnchangeable(role: string, arn: string, session?: string, account?: string): Containment | undefined {
  if (/^AWSReservedSSO_/.test(role) || arn.includes(":role/aws-reserved/sso.amazonaws.com/")) {
    return containPermissionSet(role, regionOfIdentityCenter(arn), session, account);
  }
  if (/^AWSServiceRoleFor/.test(role) || arn.includes(":role/aws-service-role/")) {
    return {
      text: "The role is linked to an AWS service, and its sessions can't be revoked. Find the principal that triggered the service, and stop it.",
      commands: [],
    };
  }
  return undefined;
}

/** The same of the role that a call of STS asked for: someone signs in to Identity Center's by AssumeRoleWithSAML. */
export function containUnchangeableEntered(record: CloudTrailRecord): Containment | undefined {
  const request = objectAt(record, "requestParameters");
  const role = roleNameIn(record);
  if (role === undefined) return undefined;
  const arn = textAt(request, "roleArn") ?? "";
  return containUnchangeable(role, arn, textAt(request, "roleSessionName"), arn.split(":")[4]);
}

/**
 * The commands that end a role's sessions as they are now, and show who can get a new one. The time is the shell's: sessions
 * that were issued between the call and the command are ended too.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export function revokeSessions(role: string): readonly string[] {
  return [revoke(role), `aws iam get-role --role-name ${role} --query Role.AssumeRolePolicyDocument`];
}

function revoke(role: string): string {
  const policy = deny(`"DateLessThan":{"aws:TokenIssueTime":"'"$(date -u +%FT%TZ)"'"}`);
  return `aws iam put-role-policy --role-name ${role} --policy-name AWSRevokeOlderSessions --policy-document '${policy}'`;
}

function deny(condition: string): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{${condition}}}]}`;
}

/** Name of the role that a call of STS asked for. */
export function roleNameIn(record: CloudTrailRecord): string | undefined {
  const arn = textAt(objectAt(record, "requestParameters"), "roleArn") ?? "";
  return roleName(/:role\/(?:[^/]+\/)*([^/]+)$/.exec(arn)?.[1]);
}

function roleName(name: string | undefined): string | undefined {
  return name === undefined || /[:/]/.test(name) ? undefined : shellValue(name);
}

/** Whom to stop where the role is assumed with an identity provider's token. */
function providerOf(record: CloudTrailRecord): string | undefined {
  const context = objectAt(objectAt(record, "userIdentity"), "sessionContext");
  const provider = shellValue(textAt(objectAt(context, "webIdFederationData"), "federatedProvider"));
  return provider === undefined
    ? undefined
    : `the workload or user at the identity provider ${provider}, and check who can assume the role`;
}

/** Lambda would go on handing out credentials: first no more invocations begin. */
function containFunction(role: string, fn: string, region: string): Containment {
  return {
    text: `The key belongs to the function ${fn} and can't be deactivated: Lambda issues new ones. Stop the function, revoke the role's sessions, and check who can invoke it and who changed its code.`,
    commands: [
      `aws lambda put-function-concurrency --region ${region} --function-name ${fn} --reserved-concurrent-executions 0`,
      revoke(role),
    ],
  };
}

/** A service without regions records its calls in one, whatever region the instance is in. */
function instanceRegion(record: CloudTrailRecord): string {
  const global = /^(iam|organizations|account|cloudfront|route53|route53domains|signin|health|support)\./;
  return global.test(textAt(record, "eventSource") ?? "") ? "<instanceRegion>" : "<awsRegion>";
}

/** The machine would go on getting credentials: first it is parted from the role. */
function containInstance(role: string, instance: string, region: string): Containment {
  const association = `aws ec2 describe-iam-instance-profile-associations --region ${region} --filters Name=instance-id,Values=${instance} --query 'IamInstanceProfileAssociations[0].AssociationId' --output text`;
  return {
    text: `The key belongs to instance ${instance} (maybe in another region than the call) and can't be deactivated. Remove the role from the instance, revoke the role's sessions (other instances with the role stop until they fetch new credentials), and isolate the instance.`,
    commands: [
      `aws ec2 disassociate-iam-instance-profile --region ${region} --association-id "$(${association})"`,
      revoke(role),
      `aws ec2 modify-instance-attribute --region ${region} --instance-id ${instance} --groups <isolationSecurityGroup>`,
    ],
  };
}

/**
 * AWS refuses every change of these roles in the account. What ends a session at once is a policy of the organization; what
 * keeps a new one from being opened is done in Identity Center.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/authconcept-revoke-access.html
 */
function containPermissionSet(role: string, region: string, session?: string, account?: string): Containment {
  const user = session === undefined ? "<user>" : (shellValue(session) ?? "<user>");
  const target = ACCOUNT_ID.test(account ?? "") ? account : "<account>";
  const policy = deny(`"StringLike":{"aws:userId":"*:${user}"}`);
  const created = `aws organizations create-policy --type SERVICE_CONTROL_POLICY --name contain-<eventID> --description 'Denies a user of Identity Center' --content '${policy}' --query Policy.PolicySummary.Id --output text`;
  return {
    text: `The role is IAM Identity Center's (permission set ${PERMISSION_SET.exec(role)?.[1] ?? "unknown"}, user ${user}), and AWS refuses changes to it. In Identity Center's console, disable the user's access and end the active sessions. The role session stays valid until it expires: from the organization's management account, deny it with a service control policy (not effective in the management account itself), and remove the assignment.`,
    commands: [
      `aws organizations attach-policy --target-id ${target} --policy-id "$(${created})"`,
      `aws sso-admin delete-account-assignment --region ${region} --instance-arn <instanceArn> --permission-set-arn <permissionSetArn> --principal-type USER --principal-id <userId> --target-type AWS_ACCOUNT --target-id ${target}`,
    ],
  };
}

/** The role's path has it, but for the partition's first region. */
function regionOfIdentityCenter(arn: string): string {
  const [, region] = /:role\/aws-reserved\/sso\.amazonaws\.com\/(?:([a-z0-9-]+)\/)?AWSReservedSSO_/.exec(arn) ?? [
    undefined,
    "",
  ];
  return region === ""
    ? "<identityCenterRegion>"
    : (region ?? partitionOfArn(arn)?.globalRegion ?? "<identityCenterRegion>");
}
