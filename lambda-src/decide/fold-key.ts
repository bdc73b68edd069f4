import type { CloudTrailRecord } from "../read/cloudtrail-record";
import { isObject, objectAt, textAt } from "../read/json";

/**
 * Whose calls belong together: the values of the given fields, or who made the call.
 *
 * @param fields dotted paths into the record
 */
export function foldKey(record: CloudTrailRecord, fields: readonly string[] | undefined): string {
  return fields === undefined
    ? actorKey(record)
    : JSON.stringify(fields.map((field) => valueAt(record, field) ?? null));
}

/**
 * A role counts as one actor, whatever its sessions are called: whoever assumes it chooses their names.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function actorKey({ userIdentity }: CloudTrailRecord): string {
  if (!isObject(userIdentity)) return "unknown";
  const role = textAt(objectAt(objectAt(userIdentity, "sessionContext"), "sessionIssuer"), "arn");
  const names = [role, ...["arn", "principalId", "invokedBy", "accountId"].map((field) => textAt(userIdentity, field))];
  const account = textAt(userIdentity, "accountId") ?? "";
  return names.find((name) => name !== undefined) ?? `${textAt(userIdentity, "type") ?? "unknown"} ${account}`;
}

function valueAt(record: CloudTrailRecord, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, field) => (isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined),
      record,
    );
}
