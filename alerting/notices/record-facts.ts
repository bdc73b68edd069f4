import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { identityOf } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";
import { isRegion, type Partition, partitionOf, partitionOfArn } from "../../detection/events/partition";

/** An instance's id, which its role's sessions are named by. */
const INSTANCE = /^i-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** The region that the record names, where it is a region's name. */
export function regionIn(record: CloudTrailRecord): string | undefined {
  const region = textAt(record, "awsRegion");
  return region !== undefined && isRegion(region) ? region : undefined;
}

/** The partition that the call was made in: the region's or, without one, the caller's. */
export function partitionIn(record: CloudTrailRecord): Partition {
  const region = regionIn(record);
  if (region !== undefined) return partitionOf(region);
  return partitionOfArn(textAt(objectAt(record, "userIdentity"), "arn") ?? "") ?? partitionOf("");
}

/** The instance whose role made the call. */
export function instanceOf(record: CloudTrailRecord): string | undefined {
  const { kind, session } = identityOf(record.userIdentity);
  return kind === "role" && session !== undefined && INSTANCE.test(session) ? session : undefined;
}

/** Whether a person made the call in the console, or signed in to it. */
export function isConsole({ sessionCredentialFromConsole, eventType }: CloudTrailRecord): boolean {
  return String(sessionCredentialFromConsole) === "true" || eventType === "AwsConsoleSignIn";
}
