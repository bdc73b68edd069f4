import type { Monitoring } from "../monitoring/monitoring";
import type { Change } from "../plan/plan";
import { isEmpty, type Value, type Values } from "../plan/values";

/** What a check may need to know of the plan beyond the change before it. */
export interface Estate {
  readonly monitoring: Monitoring;
  /** By address. */
  readonly changes: ReadonlyMap<string, Change>;
  readonly subscriptions: readonly Change[];
}

/**
 * The settings of a resource that is configured by another one, such as a bucket's by `aws_s3_bucket_versioning`.
 *
 * @returns the configured resource as it is before the plan; undefined if it isn't there yet, or if only an import shows it
 */
export function configured(change: Change, type: string, estate: Estate): Values | undefined {
  const [address] = estate.monitoring.referred(change.address, type);
  const base = address === undefined ? undefined : estate.changes.get(address);
  return base?.imported ? undefined : base?.before;
}

/**
 * A resource's own copy of what another one configures, unless there is that other one: the AWS provider shows, say, a
 * bucket's versioning in the bucket as well, and is late with it.
 */
export function own(change: Change, companionType: string, estate: Estate): boolean {
  return estate.monitoring.referring(change.address, companionType).length === 0;
}

/** What an attribute was: of the change itself, or for a setting that is created, of what it configures. */
export function was(
  change: Change,
  attribute: string,
  base: Values | undefined,
  baseAttribute: string,
): Value | undefined {
  if (change.before) return change.before[attribute];
  const value = base?.[baseAttribute];
  return isEmpty(value) ? undefined : value;
}
