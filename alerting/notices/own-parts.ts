import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { identityOf } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";

/**
 * Whether the monitor's own role made the call.
 *
 * @param prefix how the names of what the monitor consists of begin; undefined where that is not known
 */
export function isByMonitor({ userIdentity }: CloudTrailRecord, prefix?: string): boolean {
  const { kind, name } = identityOf(userIdentity);
  return kind === "role" && isOwnRole(name, prefix);
}

/** Whether the call was made on one of the monitor's functions or roles. */
export function isOnMonitor(record: CloudTrailRecord, prefix?: string): boolean {
  const request = objectAt(record, "requestParameters");
  const called = (textAt(request, "functionName") ?? "").split(":");
  return (
    isOwnRole(textAt(request, "roleName") ?? "", prefix) ||
    (prefix !== undefined && ["alerts", "notifier"].some((part) => called.includes(`${prefix}-${part}`)))
  );
}

function isOwnRole(name: string, prefix: string | undefined): boolean {
  return ["alerts", "notifier", "schedules", "trail-logs"].some(
    (part) => prefix !== undefined && name.startsWith(`${prefix}-${part}-`),
  );
}
