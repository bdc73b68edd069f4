import type { CloudTrailRecord } from "./cloudtrail-record";
import { type JsonObject, objectAt, textAt } from "./json";

/**
 * An event as EventBridge hands it over.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export interface EventEnvelope extends JsonObject {
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly detail: CloudTrailRecord;
}

const detailTypes: ReadonlyMap<string, string> = new Map([
  ["AwsApiCall", "AWS API Call via CloudTrail"],
  ["AwsConsoleSignIn", "AWS Console Sign In via CloudTrail"],
  ["AwsServiceEvent", "AWS Service Event via CloudTrail"],
  ["AwsConsoleAction", "AWS Console Action via CloudTrail"],
  ["AwsVpceEvent", "AWS Network Activity Event via CloudTrail"],
]);

/** Wraps a record from a log file as EventBridge would have, so that one pattern serves both paths. */
export function wrapRecord(record: CloudTrailRecord): EventEnvelope {
  return {
    version: "0",
    id: textAt(record, "eventID") ?? "",
    "detail-type": detailTypes.get(textAt(record, "eventType") ?? "") ?? "AWS API Call via CloudTrail",
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com(\.cn)?$/, "")}`,
    account: textAt(record, "recipientAccountId") ?? textAt(objectAt(record, "userIdentity"), "accountId") ?? "",
    time: textAt(record, "eventTime") ?? "",
    region: textAt(record, "awsRegion") ?? "",
    resources: [],
    detail: record,
  };
}
