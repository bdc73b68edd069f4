import { isAnonymous } from "../../detection/events/actor";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { canonical } from "../../detection/events/event-id";
import { identityOf } from "../../detection/events/identity";
import { isPermissionSetSession } from "../../detection/events/identity-center";
import { textAt } from "../../detection/events/json";

/** CloudTrail's name for whoever mistyped theirs at a sign-in: it could be the password. */
const HIDDEN_NAME = "HIDDEN_DUE_TO_SECURITY_REASONS";

/**
 * Whose alerts are one incident: a person, where the record names one that its caller can't choose, else the principal.
 *
 * - A user of IAM Identity Center is one caller with all permission sets and in all accounts; two with one permission set are two.
 * - A role is one caller, whatever its sessions are called: whoever assumes it chooses their names.
 * - Who is known by a name alone, without an account, is one caller per account.
 * - What stands for many (an AWS service, anonymous callers, no name at all) is one caller per account and source address.
 */
export function incidentCaller(record: CloudTrailRecord): string {
  const identity = identityOf(record.userIdentity);
  const { kind, name, principal, session, onBehalfOf, account: own } = identity;
  if (isPermissionSetSession(identity)) return canonical(["Identity Center user", session]);
  if (onBehalfOf !== undefined) return canonical(["Identity Center user id", onBehalfOf]);
  const [account, address] = ["recipientAccountId", "sourceIPAddress"].map((field) => textAt(record, field) ?? null);
  if (kind !== "service" && principal !== "unknown" && name !== HIDDEN_NAME && !isAnonymous(identity)) {
    return own === undefined && !principal.startsWith("arn:") ? canonical([principal, account]) : principal;
  }
  return canonical([principal, account, address]);
}
