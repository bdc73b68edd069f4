import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { identityOf } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";
import { PERMISSION_SET } from "./contain-role";

/**
 * Whether the caller used MFA; undefined where the record doesn't say: calls with a long-lived key have no session to say it
 * of. CloudTrail writes `false` (`No` at a sign-in) of everyone whom an identity provider has signed in, with or without MFA
 * there, so of Identity Center's users and of web identities only `true` says something.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function mfaUsed(record: CloudTrailRecord): boolean | undefined {
  const context = objectAt(objectAt(record, "userIdentity"), "sessionContext");
  const atSignIn = textAt(objectAt(record, "additionalEventData"), "MFAUsed");
  const said = atSignIn ?? String(objectAt(context, "attributes").mfaAuthenticated);
  if (/^(yes|true)$/i.test(said)) return true;
  if (!/^(no|false)$/i.test(said)) return undefined;
  const { kind, name } = identityOf(record.userIdentity);
  const isWebIdentity = textAt(objectAt(context, "webIdFederationData"), "federatedProvider") !== undefined;
  const isProviders = kind === "other" || kind === "identity-center-user" || PERMISSION_SET.test(name) || isWebIdentity;
  return isProviders || (atSignIn !== undefined && kind === "role") ? undefined : false;
}

/** The same in words. Of a role it is said of the session alone: SAML providers leave no trace in it. */
export function mfaInWords(record: CloudTrailRecord): string {
  const used = mfaUsed(record);
  if (used === undefined) return "not recorded";
  if (used) return "used";
  return identityOf(record.userIdentity).kind === "role" ? "not used for the role session" : "not used";
}
