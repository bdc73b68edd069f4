import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { canonical } from "../../detection/events/event-id";
import { identityOf } from "../../detection/events/identity";
import { isObject, objectAt, textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";

/** The account whose record it is, by the record alone: the same on both paths. */
export function accountKey(record: CloudTrailRecord): string {
  return textAt(record, "recipientAccountId") ?? textAt(objectAt(record, "userIdentity"), "accountId") ?? "";
}

/**
 * Whose calls belong together: the values of the given fields, or who made the call. A role counts as one caller, whatever
 * its sessions are called.
 *
 * @param fields dotted paths into the record
 */
export function groupKey(record: CloudTrailRecord, fields: readonly string[] | undefined): string {
  if (fields === undefined) return identityOf(record.userIdentity).principal;
  return canonical(fields.map((field) => valueAt(record, field) ?? null));
}

/**
 * Whose calls belong together where one must not stand behind another's: those of one session, of one outcome.
 *
 * A caller that assumes a role chooses the session's name and may take another's, so calls that succeeded belong together only if they were
 * made with the same credentials: the same access key or, at a sign-in, which has none yet, from the same address. Attempts that came
 * to nothing go by the session alone: what tries again with new credentials each time alerts once.
 */
export function callerKey(record: CloudTrailRecord): string {
  const { principal, session, sourceIdentity, onBehalfOf, accessKeyId, credentialId } = identityOf(record.userIdentity);
  const { kind } = outcomeOf(record);
  const credentials = accessKeyId ?? credentialId ?? textAt(record, "sourceIPAddress");
  const caller = [principal, session, sourceIdentity, onBehalfOf, kind === "succeeded" ? credentials : undefined];
  return canonical([kind, ...caller.map((part) => part ?? null)]);
}

function valueAt(record: CloudTrailRecord, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, field) => (isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined),
      record,
    );
}
