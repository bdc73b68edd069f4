import { renewDirectory } from "../../alerting/accounts/renew-directory";
import type { Log } from "../../alerting/log";
import { organizationItems } from "../adapters/dynamodb-organization";
import { askOrganizations } from "../adapters/organizations";
import type { StateTable } from "../adapters/state-table";

/**
 * What asks AWS Organizations for the accounts, once a day, as one file of the zip (`organization.js`): it has its own copy of the SDK's
 * core, and only the schedule of a central account reads it. Never rejects.
 *
 * @param tagKeys keys of the tags that the configuration names
 * @param remainingMs milliseconds until the invocation is cut off
 */
export function renewOrganization(
  table: StateTable,
  tagKeys: readonly string[],
  remainingMs: () => number,
  log: Log,
): Promise<void> {
  const ports = { ...organizationItems(table, tagKeys, Date.now), ask: askOrganizations, now: Date.now };
  return renewDirectory({ ...ports, tagKeys, remainingMs, log });
}
