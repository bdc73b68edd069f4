/**
 * What an invocation needs whose events match, as one file of the zip (`alerting.js`): deciding, dispatching, the words of alerts, their
 * incidents, and the account's name. Schedules read it too.
 */
export { OwnLabels } from "../../alerting/own-labels";
export {
  Alerting,
  alertRenderer,
  incidentStep,
  rateLimitNotice,
  shortened,
} from "../../alerting/pipeline/alerting";
export { readAlias, writeAlias } from "../adapters/dynamodb-account-alias";
export { DynamoDbIncidentState } from "../adapters/dynamodb-incident-state";
