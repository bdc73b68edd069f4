import type { EventEnvelope } from "../../../detection/events/envelope";
import { objectAt, textAt } from "../../../detection/events/json";
import { oneLine } from "../../../detection/events/text";
import { ACCESS } from "./access";
import type { Call, Describers } from "./call";
import { describeInGeneral } from "./general";
import { LOGGING } from "./logging";
import { MACHINES } from "./machines";
import { NETWORK } from "./network";
import { ORGANIZATION } from "./organization";
import { POLICIES } from "./policies";
import { STORAGE } from "./storage";

/** Characters of the line. */
const LINE = 200;

const DESCRIBERS: Describers = {
  ...ACCESS,
  ...LOGGING,
  ...MACHINES,
  ...NETWORK,
  ...ORGANIZATION,
  ...POLICIES,
  ...STORAGE,
};

/**
 * What exactly a call was about, as one plain line of at most 200 characters: `8 × p5.48xlarge`, `policy AdministratorAccess on
 * user bob`, `bucket payments: policy opened to everyone`. What was asked for, not whether it was granted. Empty where the
 * record names nothing, as for GetCallerIdentity.
 *
 * Values are the record's, so callers may have chosen them: they stand for themselves, those with spaces in quotes.
 */
export function whatExactly({ detail }: EventEnvelope): string {
  const call: Call = {
    eventName: detail.eventName.replace(/(\d{8}|\d{4}_\d\d_\d\d)(v\d+)?$/, ""),
    service: detail.eventSource.replace(/\.amazonaws\.com(\.cn)?$/, ""),
    request: objectAt(detail, "requestParameters"),
    response: objectAt(detail, "responseElements"),
    record: detail,
    account: textAt(detail, "recipientAccountId"),
  };
  return oneLine(describerOf(call)?.(call) ?? describeInGeneral(call), LINE);
}

function describerOf({ eventName, service }: Call) {
  const key = [`${service}:${eventName}`, eventName].find((name) => Object.hasOwn(DESCRIBERS, name));
  return key === undefined ? undefined : DESCRIBERS[key];
}
