import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import type { EventEnvelope } from "../../detection/events/envelope";
import { callId, eventId } from "../../detection/events/event-id";
import { identityOf } from "../../detection/events/identity";
import { isObject, objectAt, textAt } from "../../detection/events/json";
import { oneLine } from "../../detection/events/text";
import { bounded } from "../notification/bounded";
import type { Actor, AlertNotification, Resource } from "../notification/notification";
import { mfaUsed } from "./mfa";

/** Characters of a name. */
const NAME = 128;
const ARN_LENGTH = 2_048;
const MAX_RESOURCES = 50;
/** Objects and lists in each other in which ARNs are looked for, and how many values of each. */
const ARN_DEPTH = 6;
const ARN_ITEMS = 50;

const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws|):\S+$/;

/** What machines get of an event, besides what people read. Every text is one line of bounded length. */
export interface AlertFacts extends Pick<AlertNotification, "resources" | "request" | "response"> {
  /** Identifies the call, see `callId`. */
  readonly callId: string;
  /** The record's id or a hash of the record, see `eventId`. */
  readonly eventId: string;
  readonly requestId?: string;
  readonly sharedEventId?: string;
  /** Who, but for their name and description, which are words. */
  readonly actor: Omit<Actor, "name" | "description">;
}

export function alertFacts(event: EventEnvelope): AlertFacts {
  const record = event.detail;
  return {
    callId: callId(event),
    eventId: eventId(event),
    ...optional("requestId", textAt(record, "requestID")),
    ...optional("sharedEventId", textAt(record, "sharedEventID")),
    actor: actorFacts(record),
    resources: resourcesOf(record),
    request: bounded(record.requestParameters),
    response: bounded(record.responseElements),
  };
}

function actorFacts(record: CloudTrailRecord): AlertFacts["actor"] {
  const identity = identityOf(record.userIdentity);
  const issuer = objectAt(objectAt(objectAt(record, "userIdentity"), "sessionContext"), "sessionIssuer");
  const sessionIssuer = {
    ...optional("type", textAt(issuer, "type")),
    ...optional("arn", textAt(issuer, "arn"), ARN_LENGTH),
    ...optional("name", textAt(issuer, "userName")),
  };
  const mfa = mfaUsed(record);
  return {
    kind: identity.kind,
    ...optional("principalArn", identity.arn, ARN_LENGTH),
    ...optional("session", identity.session),
    ...(Object.keys(sessionIssuer).length > 0 && { sessionIssuer }),
    ...optional("sourceIdentity", identity.sourceIdentity),
    ...optional("onBehalfOf", identity.onBehalfOf),
    ...optional("invokedBy", identity.through),
    ...optional("account", identity.account),
    ...optional("accessKeyId", identity.accessKeyId),
    ...(mfa !== undefined && { mfa }),
  };
}

/** What the record lists under `resources`; most management events list nothing but have ARNs in their parameters. */
function resourcesOf(record: CloudTrailRecord): readonly Resource[] {
  const listed = Array.isArray(record.resources) ? record.resources : [];
  const named = listed.slice(0, MAX_RESOURCES).flatMap((resource): Resource[] => {
    if (!isObject(resource)) return [];
    const its = {
      ...optional("arn", textAt(resource, "ARN"), ARN_LENGTH),
      ...optional("type", textAt(resource, "type")),
      ...optional("account", textAt(resource, "accountId")),
    };
    return Object.keys(its).length > 0 ? [its] : [];
  });
  if (named.length > 0) return named;
  const arns = new Set<string>();
  for (const field of ["requestParameters", "responseElements"]) collectArns(record[field], ARN_DEPTH, arns);
  return [...arns].slice(0, MAX_RESOURCES).map((arn) => ({ arn, ...optional("account", ACCOUNT_IN.exec(arn)?.[1]) }));
}

const ACCOUNT_IN = /^(?:[^:]*:){4}(\d{12}):/;

function collectArns(value: unknown, depth: number, arns: Set<string>): void {
  if (typeof value === "string") {
    if (value.length <= ARN_LENGTH && ARN.test(value)) arns.add(oneLine(value, ARN_LENGTH));
  } else if (typeof value === "object" && value !== null && depth > 0) {
    for (const child of Object.values(value).slice(0, ARN_ITEMS)) collectArns(child, depth - 1, arns);
  }
}

function optional<Name extends string>(
  name: Name,
  text: string | undefined,
  length = NAME,
): { readonly [key in Name]?: string } {
  const line = text === undefined ? "" : oneLine(text, length);
  return line === "" ? {} : ({ [name]: line } as { readonly [key in Name]: string });
}
