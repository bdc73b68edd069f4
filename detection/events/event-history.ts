import type { CloudTrailRecord } from "./cloudtrail-record";
import { textAt } from "./json";

/**
 * The category of an event that CloudTrail's event history doesn't hold, such as `Data`; undefined of a management event.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export function categoryOutsideHistory(record: CloudTrailRecord): string | undefined {
  const category = textAt(record, "eventCategory") ?? (record.managementEvent === false ? "Data" : "Management");
  return category === "Management" ? undefined : category;
}
