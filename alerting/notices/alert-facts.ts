import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import type { EventEnvelope } from "../../detection/events/envelope";
import { eventId } from "../../detection/events/event-id";
import { identityOf } from "../../detection/events/identity";
import { isObject, objectAt, textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { oneLine } from "../../detection/events/text";
import { bounded } from "../notification/bounded";
import type { Actor, AlertNotification, Resource } from "../notification/notification";
import { isConsole } from "./record-facts";

/** Characters of a name, and of a line. */
const NAME = 128;
const LINE = 300;
const ARN_LENGTH = 2_048;
const MAX_RESOURCES = 50;
/** Objects and lists in each other in which ARNs are looked for, and how many values of each. */
const ARN_DEPTH = 6;
const ARN_ITEMS = 50;

const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws|):\S+$/;

/** What machines get of an event, besides what people read. Every text is one line of bounded length. */
export interface AlertFacts extends Pick<AlertNotification, "errorCode" | "errorMessage" | "resources"> {
  /** Identifies the event on either path: the record's id or a hash of the record. */
  readonly eventKey: string;
  readonly requestId?: string;
  readonly sharedEventId?: string;
  /** Who, but for their name and description, which are words. */
  readonly actor: Omit<Actor, "name" | "description">;
  /** What exactly, in words: ARNs, or the request's own texts by name. */
  readonly what: string;
  readonly request: AlertNotification["request"];
  readonly response: AlertNotification["response"];
}

export function alertFacts(event: EventEnvelope): AlertFacts {
  const record = event.detail;
  const { code, message } = outcomeOf(record);
  const resources = resourcesOf(record);
  return {
    eventKey: eventId(event),
    ...optional("requestId", textAt(record, "requestID")),
    ...optional("sharedEventId", textAt(record, "sharedEventID")),
    ...optional("errorCode", code),
    ...optional("errorMessage", message, LINE),
    actor: actorFacts(record),
    resources,
    what: whatOf(record, resources),
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
  const mfa = mfaOf(record);
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

/**
 * Whether the caller used MFA; undefined where the record doesn't say. Sign-ins say it by `additionalEventData.MFAUsed`.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
function mfaOf(record: CloudTrailRecord): boolean | undefined {
  const used = objectAt(record, "additionalEventData").MFAUsed;
  if (isConsole(record) && (used === "Yes" || used === "No")) return used === "Yes";
  const session = objectAt(objectAt(record, "userIdentity"), "sessionContext");
  const authenticated = String(objectAt(session, "attributes").mfaAuthenticated);
  return authenticated === "true" ? true : authenticated === "false" ? false : undefined;
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

function whatOf(record: CloudTrailRecord, resources: readonly Resource[]): string {
  const arns = resources.flatMap(({ arn }) => arn ?? []);
  if (arns.length > 0) return oneLine(arns.slice(0, 10).join(", "), LINE);
  const named = Object.entries(objectAt(record, "requestParameters")).filter(([, value]) => typeof value === "string");
  const words = named.slice(0, 5).map(([name, value]) => `${name} ${oneLine(String(value), NAME)}`);
  return oneLine(words.join(", "), LINE) || "no resource named";
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
