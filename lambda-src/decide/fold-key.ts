import type { CloudTrailRecord } from "../read/cloudtrail-record";
import { isObject, objectAt, textAt } from "../read/json";
import { canonical } from "./event-id";

/**
 * Whose calls belong together: the values of the given fields, or who made the call.
 *
 * @param fields dotted paths into the record
 */
export function foldKey(record: CloudTrailRecord, fields: readonly string[] | undefined): string {
  return fields === undefined ? actorKey(record) : canonical(fields.map((field) => valueAt(record, field) ?? null));
}

/**
 * A role counts as one actor, whatever its sessions are called: whoever assumes it chooses their names.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function actorKey({ userIdentity }: CloudTrailRecord): string {
  if (!isObject(userIdentity)) return "unknown";
  const text = (field: string) => textAt(userIdentity, field);
  const issuer = textAt(objectAt(objectAt(userIdentity, "sessionContext"), "sessionIssuer"), "arn");
  const name =
    issuer ??
    // Without an issuer, the session's name is cut off.
    text("arn")?.replace(/(:assumed-role\/[^/]+)\/.*$/s, "$1") ??
    (text("type") === "AssumedRole" ? text("principalId")?.replace(/:.*$/s, "") : text("principalId")) ??
    // Of a person who signed in through IAM Identity Center, for whom there is neither.
    textAt(objectAt(userIdentity, "onBehalfOf"), "userId");
  if (name) return name;
  const rest = ["type", "accountId", "userName", "invokedBy"].flatMap((field) => text(field) ?? []);
  return rest.join(" ") || "unknown";
}

function valueAt(record: CloudTrailRecord, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, field) => (isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined),
      record,
    );
}
