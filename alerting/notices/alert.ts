import type { Detection, Severity } from "../../detection/definition/detection";
import { ACCOUNT_ID } from "../../detection/events/account-id";
import { describeActor } from "../../detection/events/actor";
import type { EventEnvelope } from "../../detection/events/envelope";
import { type Identity, identityOf, namesCaller } from "../../detection/events/identity";
import { isObject, textAt } from "../../detection/events/json";
import { type CallOutcome, type OutcomeKind, outcomeOf } from "../../detection/events/outcome";
import { isoTime, oneLine } from "../../detection/events/text";
import type { IncidentPlace, IncidentRole } from "../incidents/incident";
import type { Path } from "../outcomes/match";
import type { Window } from "../windows/window";
import { type AlertFacts, alertFacts } from "./alert-facts";
import { type Containment, containment } from "./containment";
import { declareDeployer } from "./declare-deployer";
import { placeOf } from "./find-record";
import { mfaInWords } from "./mfa";
import { type Remediation, remediation } from "./runbook";
import { whatExactly } from "./what/what-exactly";

/**
 * One alert, ready to be put into words. Names are CloudTrail's; every text is one line of bounded length.
 */
export interface Alert {
  /** The detection's id. */
  readonly detection: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tier: Detection["tier"];
  readonly path: Path;
  readonly eventID: string;
  /** UTC, as CloudTrail writes it: `2026-11-20T02:14:05Z`. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** `succeeded`, or `failed: ` with the error's code and message; also of a call that was denied. */
  readonly outcome: string;
  /** The error's code and message, where the record has them. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** What came of the call, in one word. */
  readonly outcomeKind: OutcomeKind;
  readonly account: string;
  /** Other accounts whose resources the call touched; of a call that several accounts have records of. */
  readonly resourceAccounts?: readonly string[];
  /** The caller's account, where the alert is about another account's record of the call, which doesn't name the caller. */
  readonly callersRecord?: { readonly account: string; readonly sharedEventId: string };
  readonly region: string;
  /** Who, in words. */
  readonly actor: string;
  /** The same, for what is as short as the reader's channel needs: see `whoForms`. */
  readonly caller: Identity;
  /** `used`, `not used`, `not recorded`. */
  readonly mfa: string;
  readonly accessKeyId: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** ARNs of what the call touched, or its parameters as JSON. */
  readonly target: string;
  /** What exactly, in words; empty where the record names nothing. */
  readonly what: string;
  readonly why: string;
  readonly runbook: Remediation;
  /** How to stop the caller; absent where the caller is not the one to be stopped. */
  readonly containment?: Containment;
  /** Of a change of the monitor itself: how to declare who deploys it. */
  readonly declare?: string;
  /** The event in CloudTrail's event history; of a data event, which that doesn't hold, the log archive's folder in S3. */
  readonly link: string;
  /** How to see the event: a sentence with the link. */
  readonly seeIt: string;
  /** Of a detection that counts: how many events came together, at the least, and when. */
  readonly count?: { readonly threshold: number; readonly windowStart: string; readonly windowEnd: string };
  /** MITRE ATT&CK and CIS controls of the detection. */
  readonly attack?: Detection["attack"];
  readonly cis: Detection["cis"];
  /** What machines get of the event besides. */
  readonly facts: AlertFacts;
  /** The other detections that match the event, most severe first. */
  readonly also?: readonly Pick<Detection, "id" | "title" | "severity" | "count">[];
  readonly incident?: AlertedIncident;
  /** EventBridge has sent a short alert to the urgent topic; this one has the details. */
  readonly followsUrgent?: boolean;
}

/** An alert's place in its incident, and what that makes of it; `nowSucceeded`: see there. */
export type AlertedIncident = IncidentPlace & { readonly role: IncidentRole; readonly nowSucceeded?: true };

/** What an alert says beside its event: what else matched, and what was sent before. */
export type AlertContext = Pick<Alert, "also" | "incident" | "followsUrgent">;

const NAME = 128;
const LINE = 300;
/** Other accounts that are named. */
const RESOURCE_ACCOUNTS = 5;

/**
 * @param window of a detection that counts
 * @param archive the log archive's folder, see `placeOf`
 * @param prefix how the names of the monitor's own parts begin
 * @param context what else matched, and what was sent before
 */
export function buildAlert(
  detection: Detection,
  event: EventEnvelope,
  path: Path,
  window?: Window,
  archive?: string,
  prefix?: string,
  { also = [], incident, followsUrgent = false }: AlertContext = {},
): Alert {
  const record = event.detail;
  const declare = declareDeployer(detection, record, prefix);
  const outcome = outcomeOf(record);
  const place = placeOf(record, archive);
  const facts = alertFacts(event);
  return {
    detection: detection.id,
    title: detection.title,
    severity: detection.severity,
    tier: detection.tier,
    path,
    ...eventInWords(event),
    ...otherRecords(event, facts),
    outcome: describeOutcome(outcome),
    outcomeKind: outcome.kind,
    ...(outcome.code !== undefined && { errorCode: oneLine(outcome.code, NAME) }),
    ...(outcome.message !== undefined && { errorMessage: oneLine(outcome.message, LINE) }),
    caller: identityOf(record.userIdentity),
    mfa: mfaInWords(record),
    what: whatExactly(event),
    why: detection.why,
    runbook: remediation(detection, record, archive, prefix),
    ...(detection.runbook.stopCaller !== false && { containment: containment(record, prefix) }),
    ...(declare !== undefined && { declare }),
    link: place.link,
    seeIt: place.sentence,
    ...(detection.count &&
      window && {
        count: {
          threshold: detection.count.threshold,
          windowStart: isoTime(window.start),
          windowEnd: isoTime(window.end),
        },
      }),
    ...(detection.attack && { attack: detection.attack }),
    cis: detection.cis,
    facts,
    ...(also.length > 0 && { also }),
    ...(incident !== undefined && { incident }),
    ...(followsUrgent && { followsUrgent }),
  };
}

/** Where else a call is recorded, or touched something. */
function otherRecords(
  { detail }: EventEnvelope,
  { sharedEventId, actor, resources }: AlertFacts,
): Pick<Alert, "resourceAccounts" | "callersRecord"> {
  if (sharedEventId === undefined) return {};
  const own = textAt(detail, "recipientAccountId");
  const others = resources.flatMap(({ account = "" }) =>
    account !== own && ACCOUNT_ID.test(account) ? [account] : [],
  );
  const caller = actor.account;
  const isUnnamed =
    caller !== undefined && caller !== own && ACCOUNT_ID.test(caller) && !namesCaller(detail.userIdentity);
  return {
    ...(others.length > 0 && { resourceAccounts: [...new Set(others)].slice(0, RESOURCE_ACCOUNTS) }),
    ...(isUnnamed && { callersRecord: { account: caller, sharedEventId } }),
  };
}

/** What an alert says of its event, whatever matched. */
export type EventInWords = Pick<
  Alert,
  | "eventID"
  | "eventTime"
  | "eventSource"
  | "eventName"
  | "account"
  | "region"
  | "actor"
  | "accessKeyId"
  | "sourceIPAddress"
  | "userAgent"
  | "target"
>;

export function eventInWords(event: EventEnvelope): EventInWords {
  const record = event.detail;
  const field = (name: string, length = NAME) => oneLine(textAt(record, name) ?? "", length) || "unknown";
  return {
    eventID: field("eventID"),
    eventTime: field("eventTime"),
    eventSource: field("eventSource"),
    eventName: field("eventName"),
    account: oneLine(textAt(record, "recipientAccountId") ?? event.account ?? "", NAME) || "unknown",
    region: oneLine(textAt(record, "awsRegion") ?? event.region ?? "", NAME) || "unknown",
    actor: oneLine(describeActor(record), LINE),
    accessKeyId: oneLine(identityOf(record.userIdentity).accessKeyId ?? "", NAME) || "none",
    sourceIPAddress: field("sourceIPAddress"),
    userAgent: field("userAgent", LINE),
    target: describeTarget(event),
  };
}

function describeOutcome({ kind, code, message }: CallOutcome): string {
  if (kind === "succeeded") return kind;
  const reason = [code, message].filter((part) => part !== undefined).join(" - ");
  return oneLine(reason === "" ? "failed" : `failed: ${reason}`, LINE);
}

/** ARNs of what the call touched, or its parameters as JSON. */
export function describeTarget({ detail }: EventEnvelope): string {
  const resources = Array.isArray(detail.resources) ? detail.resources : [];
  const arns = resources.slice(0, 10).flatMap((resource) => {
    const arn = isObject(resource) ? textAt(resource, "ARN") : undefined;
    return arn ? [arn] : [];
  });
  if (arns.length > 0) return oneLine(arns.join(", "), LINE);
  if (!isObject(detail.requestParameters)) return "no resource named";
  return oneLine(shortJson(detail.requestParameters), LINE);
}

/** JSON of what callers chose to send: anything nested deeper, or longer, than a person reads is left out. */
function shortJson(value: unknown, depth = 6): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LINE));
  if (typeof value !== "object" || value === null) return String(value);
  if (depth === 0) return "…";
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Object.entries(value)
    .slice(0, 30)
    .map(
      ([key, child]) => `${open === "{" ? `${JSON.stringify(key.slice(0, LINE))}:` : ""}${shortJson(child, depth - 1)}`,
    );
  return `${open}${parts.join(",")}${close}`;
}
