import { AccountDirectory } from "../../alerting/accounts/account-directory";
import { organizationItems } from "../adapters/dynamodb-organization";
import type { StateTable } from "../adapters/state-table";

export { OwnLabels } from "../../alerting/accounts/own-labels";
/**
 * What an invocation needs whose events match, as one file of the zip (`alerting.js`): deciding, what has been seen, dispatching, the words of
 * alerts, their incidents, and the accounts' names. Schedules read it too.
 */
export { accountsIn } from "../../alerting/notices/labels";
export {
  Alerting,
  alertRenderer,
  incidentStep,
  rateLimitNotice,
  shortened,
} from "../../alerting/pipeline/alerting";
export { readAlias, writeAlias } from "../adapters/dynamodb-account-alias";
export { DynamoDbAlertState } from "../adapters/dynamodb-alert-state";
export { DynamoDbIncidentState } from "../adapters/dynamodb-incident-state";

/**
 * The organization's accounts as they are stored.
 *
 * @param organization its id
 * @param tagKeys keys of the tags that the configuration names
 */
export function accountDirectory(
  organization: string,
  table: StateTable,
  tagKeys: readonly string[],
): AccountDirectory {
  return new AccountDirectory(organization, { ...organizationItems(table, tagKeys, Date.now), now: Date.now });
}
