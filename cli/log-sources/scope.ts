import { type JsonObject, objectAt, textAt } from "../../detection/events/json";
import { isoTime, parseTime } from "../../detection/events/text";

/** What of the logs is asked for. */
export interface Scope {
  /** Milliseconds since 1970; events of that instant are in. */
  readonly from?: number;
  /** Milliseconds since 1970; events of that instant are out. */
  readonly to?: number;
  /** None: all of them. */
  readonly regions: readonly string[];
  /** None: all of them. */
  readonly accounts: readonly string[];
}

/**
 * Whether a record is asked for, by what it says of itself: paths name the time of delivery, and often nothing at all. A
 * record that does not say when or where is in, so that nothing is lost.
 *
 * @param record as parsed: `eventTime`, `awsRegion` and `recipientAccountId` (else `userIdentity.accountId`) count
 */
export function inScope(scope: Scope, record: JsonObject): boolean {
  if (scope.from !== undefined || scope.to !== undefined) {
    const time = parseTime(textAt(record, "eventTime") ?? "");
    if (time !== undefined && (time < (scope.from ?? time) || time >= (scope.to ?? Number.POSITIVE_INFINITY))) {
      return false;
    }
  }
  const region = textAt(record, "awsRegion");
  if (scope.regions.length > 0 && region !== undefined && !scope.regions.includes(region)) return false;
  if (scope.accounts.length === 0) return true;
  const account = textAt(record, "recipientAccountId") ?? textAt(objectAt(record, "userIdentity"), "accountId");
  return account === undefined || scope.accounts.includes(account);
}

/** The scope as options of the command; empty where everything is asked for. */
export function optionsOf({ from, to, regions, accounts }: Scope): string {
  return [
    from === undefined ? [] : ["--from", isoTime(from)],
    to === undefined ? [] : ["--to", isoTime(to)],
    ...regions.map((region) => ["--region", region]),
    ...accounts.map((account) => ["--account", account]),
  ]
    .flat()
    .join(" ");
}
