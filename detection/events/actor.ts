import type { CloudTrailRecord } from "./cloudtrail-record";
import { type Identity, identityOf } from "./identity";
import { isObject, textAt } from "./json";

/**
 * Who made the call, in words: all that `callerKey` tells callers apart by, and the account, which the words say is another one
 * than the call was made in.
 */
export function describeActor(record: CloudTrailRecord): string {
  const { userIdentity } = record;
  if (!isObject(userIdentity)) return "unknown caller (the record has no userIdentity that names one)";
  const identity = identityOf(userIdentity);
  const { sourceIdentity, onBehalfOf, inScopeOf, through } = identity;
  return [
    nameOf(identity, textAt(record, "recipientAccountId")),
    sourceIdentity && `source identity ${sourceIdentity}`,
    onBehalfOf && identity.kind !== "identity-center-user" && `on behalf of Identity Center user ${onBehalfOf}`,
    inScopeOf && `for ${inScopeOf}`,
    through && `through ${through}`,
  ]
    .filter((part) => part)
    .join(", ");
}

function nameOf(identity: Identity, calledAccount: string | undefined): string {
  const { kind, name, session, account = "unknown" } = identity;
  const isOther = foreign(identity, calledAccount);
  const ofAccount = isOther ? `of another account (${account})` : `of account ${account}`;
  const inAccount = isOther ? `(another account: ${account})` : `(account ${account})`;
  const itsSession = session === undefined ? "" : `, session ${session}`;
  switch (kind) {
    case "root":
      return `root user ${ofAccount}`;
    case "assumed-root":
      return `privileged root session (AssumeRoot) ${ofAccount}`;
    case "user":
      return `IAM user ${name} ${inAccount}`;
    case "role":
      return `role ${name}${itsSession} ${inAccount}`;
    case "federated-user":
      return `federated user ${session ?? "unknown"} of ${name} ${inAccount}`;
    case "identity-center-user":
      return `Identity Center user ${name} ${inAccount}`;
    case "service":
      return `AWS service ${name}`;
    case "account":
      return isAnonymous(identity)
        ? "anonymous caller (no AWS credentials)"
        : `${principalKind(name)}${itsSession} ${inAccount}`;
    case "other":
      return otherName(identity, inAccount);
  }
}

/** Of a type that has no kind of its own. */
function otherName({ type, name, account, provider }: Identity, inAccount: string): string {
  const words = { SAMLUser: "SAML user", WebIdentityUser: "web identity user", Directory: "Directory user" };
  const known = Object.hasOwn(words, type) ? words[type as keyof typeof words] : undefined;
  const unknown = /^unknown$/i.test(type) ? "caller of unknown type" : `${type}`;
  const whose = provider === undefined ? "" : ` of ${provider}`;
  return `${known ?? unknown} ${name}${whose}${account === undefined ? "" : ` ${inAccount}`}`;
}

/** AWS writes type AWSAccount for callers of other accounts, also where the record doesn't say in which account it was. */
function foreign({ kind, account }: Identity, calledAccount: string | undefined): boolean {
  if (account === undefined || kind === "service") return false;
  return calledAccount === undefined ? kind === "account" : account !== calledAccount;
}

/** S3 has such records of public objects. */
export function isAnonymous({ account, principal }: Identity): boolean {
  return [account, principal].some((text) => /^anonymous(_principal)?$/i.test(text ?? ""));
}

/**
 * What a principal's id begins with says what it is.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
function principalKind(name: string): string {
  if (name === "unknown") return "caller";
  return `${name.startsWith("AROA") ? "role" : name.startsWith("AIDA") ? "IAM user" : "principal"} ${name}`;
}
