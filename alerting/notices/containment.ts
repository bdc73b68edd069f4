import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { type Identity, identityOf } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { containRole, containUnchangeableEntered, revokeSessions, roleNameIn } from "./contain-role";
import { containRoot, containRootSession } from "./contain-root";
import { isByMonitor } from "./own-parts";
import { isConsole, partitionIn } from "./record-facts";
import { fillIn } from "./runbook";
import { shellValue } from "./shell-value";

/** How to stop the caller. */
export interface Containment {
  /** What to do about the caller: one line. */
  readonly text: string;
  /** Commands for a shell, in order. What the record doesn't say is left as a placeholder (`<…>`). */
  readonly commands: readonly string[];
}

/** Without its role's permissions the monitor sends no alert, of this caller either. */
const OWN_ROLE: Containment = {
  text: "The role is the monitor's own. Don't revoke its sessions while the function has no other credentials: no alert would go out. If the source address isn't the function's: restore the function's code and the role's trust policy and permissions (terraform apply), and find out how its credentials leaked.",
  commands: [],
};

/**
 * How to stop the caller, by what kind of identity it is: a key that can be deactivated, a role's sessions that have to be
 * revoked, credentials that are not this account's to take away.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
export function containment(record: CloudTrailRecord, prefix?: string): Containment {
  const identity = identityOf(record.userIdentity);
  if (isByMonitor(record, prefix)) return OWN_ROLE;
  const { text, commands } = containmentOf(identity, record);
  return {
    text: `${elsewhere(identity, record)}${text}`,
    commands: commands.map((command) => fillIn(command, record)),
  };
}

function containmentOf(identity: Identity, record: CloudTrailRecord): Containment {
  if (isFailedSignIn(record)) {
    return {
      text: "The sign-in failed: there is no session to end. If the password may be known, change it.",
      commands: [],
    };
  }
  switch (identity.kind) {
    case "user":
      return containUser(identity, record);
    case "role":
      return containRole(identity, record);
    case "federated-user":
      return containFederatedUser(identity, record);
    case "root":
      return containRoot(identity, record);
    case "assumed-root":
      return containRootSession(identity);
    case "identity-center-user":
      return containIdentityCenterUser(record);
    case "account":
      return containAccount(identity, record);
    case "service":
      return {
        text: "An AWS service made the call: there are no credentials to revoke. Find the principal that triggered the service, and stop it.",
        commands: [],
      };
    default:
      return containOther(record);
  }
}

/** A caller of another account is stopped there, not here. */
function elsewhere({ kind, account }: Identity, record: CloudTrailRecord): string {
  const here = textAt(record, "recipientAccountId");
  const own = ["user", "role", "federated-user"].includes(kind);
  if (!own || !account || !here || account === here || !ACCOUNT_ID.test(account)) return "";
  return `The caller belongs to account ${account}: run the commands there, and remove that account from the policies here that allow it. `;
}

function isFailedSignIn(record: CloudTrailRecord): boolean {
  return textAt(record, "eventType") === "AwsConsoleSignIn" && outcomeOf(record).kind !== "succeeded";
}

/** AWS's policy that denies everything, attached to a user: it holds for keys, console and sessions alike. */
function denyAll(user: string, record: CloudTrailRecord): string {
  return `aws iam attach-user-policy --user-name ${user} --policy-arn arn:${partitionIn(record).name}:iam::aws:policy/AWSDenyAll`;
}

function containUser({ name, arn, accessKeyId = "", through }: Identity, record: CloudTrailRecord): Containment {
  const user = userNameIn(name, arn) ?? "<userName>";
  const denied = denyAll(user, record);
  if (accessKeyId.startsWith("AKIA")) {
    const key = shellValue(accessKeyId) ?? "<accessKeyId>";
    return {
      text: "Deactivate the key. Sessions created with it (GetSessionToken, GetFederationToken) stay valid until they expire: deny the user everything.",
      commands: [`aws iam update-access-key --user-name ${user} --access-key-id ${key} --status Inactive`, denied],
    };
  }
  const keys = `aws iam list-access-keys --user-name ${user}`;
  if (!isConsole(record) && !accessKeyId.startsWith("ASIA")) {
    return {
      text: "The record names no access key: the call used another credential (Bedrock API key, Git credentials, SSH key). Deny the user everything, then deactivate all of the user's credentials.",
      commands: [denied, keys, `aws iam list-service-specific-credentials --user-name ${user}`],
    };
  }
  if (!isConsole(record)) {
    const source = through === undefined ? "from GetSessionToken" : `used by a service (${through}) for the user`;
    return {
      text: `The key is temporary, ${source}: it can't be deactivated. Deny the user everything, then deactivate the user's own keys.`,
      commands: [denied, keys],
    };
  }
  return {
    text: "The user is signed in to the console. Deny the user everything, which stops the open session, remove the password, and deactivate the user's keys.",
    commands: [denied, `aws iam delete-login-profile --user-name ${user}`, keys],
  };
}

/** A session of GetFederationToken has what the user may do, and outlives the key that it was made with. */
function containFederatedUser({ arn }: Identity, record: CloudTrailRecord): Containment {
  const issuer = objectAt(objectAt(objectAt(record, "userIdentity"), "sessionContext"), "sessionIssuer");
  if (textAt(issuer, "type") === "Root" || arn?.endsWith(":root")) {
    return {
      text: "The root user issued the session (GetFederationToken), and no policy of the account limits it. It ends within an hour; in an organization, a service control policy on the account stops it at once. Delete the root user's access keys.",
      commands: [],
    };
  }
  const user = userNameIn(textAt(issuer, "userName"), arn) ?? "<userName>";
  return {
    text: "The session was issued by GetFederationToken and outlives the key that created it. Deny the user that issued it everything, which stops the session too. Then deactivate the user's keys.",
    commands: [denyAll(user, record), `aws iam list-access-keys --user-name ${user}`],
  };
}

function userNameIn(name: string | undefined, arn: string | undefined): string | undefined {
  const [, last] = /:user\/(?:[^/]+\/)*([^/]+)$/.exec(arn ?? "") ?? [];
  const user = name?.includes(":") ? last : (name ?? last);
  return user === undefined || user.includes("/") ? undefined : shellValue(user);
}

/** Someone who is signed in to IAM Identity Center, and calls without a role. */
function containIdentityCenterUser(record: CloudTrailRecord): Containment {
  const onBehalfOf = objectAt(objectAt(record, "userIdentity"), "onBehalfOf");
  const [, store] = /:identitystore\/(d-[a-z0-9]+)$/.exec(textAt(onBehalfOf, "identityStoreArn") ?? "") ?? [];
  const user = shellValue(textAt(onBehalfOf, "userId")) ?? "<userId>";
  return {
    text: "A user of IAM Identity Center. In its console, under Users: disable the user's access and end the active sessions. Then remove the assignments (delete-account-assignment). If users come from an external identity provider, block the user there too.",
    commands: [
      `aws identitystore describe-user --region <awsRegion> --identity-store-id ${store ?? "<identityStoreId>"} --user-id ${user}`,
      `aws sso-admin list-account-assignments-for-principal --region <awsRegion> --instance-arn <instanceArn> --principal-type USER --principal-id ${user}`,
    ],
  };
}

function containAccount({ account }: Identity, record: CloudTrailRecord): Containment {
  const role = containUnchangeableEntered(record) === undefined ? roleNameIn(record) : undefined;
  const revoke = role === undefined ? [] : revokeSessions(role);
  if (account === undefined || !ACCOUNT_ID.test(account)) {
    return {
      text: "The caller was anonymous: there are no credentials to revoke. Remove public access from the resource.",
      commands: revoke,
    };
  }
  const entered = role === undefined ? "" : ` Revoke the sessions of the role ${role}, which it assumed.`;
  return {
    text: `The caller belongs to account ${account} and can't be stopped from here. Remove that account from the resource policy or role trust policy that allows it.${entered}`,
    commands: revoke,
  };
}

/** Users of an identity provider who are about to get a role's session, and what the record says too little of. */
function containOther(record: CloudTrailRecord): Containment {
  const role = roleNameIn(record);
  const type = textAt(objectAt(record, "userIdentity"), "type");
  if (type === "WebIdentityUser" || type === "SAMLUser") {
    return (
      containUnchangeableEntered(record) ?? {
        text: "The caller signed in with an identity provider. Block the user or workload there, revoke the sessions of the role, and check who can assume it.",
        commands: revokeSessions(role ?? "<roleName>"),
      }
    );
  }
  return {
    text: "The record doesn't say enough about the caller. Look at the source address and at other calls around that time, then revoke the credentials used.",
    commands: [],
  };
}
