import type { Condition } from "../../detection/pattern/condition";
import { type Conjunction, parsePattern } from "../../detection/pattern/conjunctions";
import type { Config } from "../schema";

const DAY_MS = 86_400_000;
/** A year, and time to renew it. */
const LONGEST_DAYS = 400;

/**
 * Suppressions that take away more, or for longer, than anybody can answer for.
 *
 * @param now milliseconds since 1970
 */
export function suppressionWarnings(suppressions: Config["suppressions"], now = Date.now()): readonly string[] {
  return suppressions.flatMap((suppression, index) => {
    const { expires } = suppression;
    const name = "use" in suppression ? suppression.use : suppression.id;
    const place = `suppressions[${index}]`;
    const breadth = "pattern" in suppression ? breadthOf(suppression.pattern) : undefined;
    return [
      ...(breadth === undefined ? [] : [`${place}.pattern ("${name}") ${breadth}`]),
      ...(Date.parse(`${expires}T00:00:00Z`) > now + LONGEST_DAYS * DAY_MS
        ? [
            `${place}.expires is "${expires}" ("${name}"): that is more than a year ahead, and until then the synth asks no one whether it is still needed; take a day within a year`,
          ]
        : []),
    ];
  });
}

/** What is wrong with a pattern that takes in too much. */
function breadthOf(pattern: unknown): string | undefined {
  const conjunctions = conjunctionsOf(pattern);
  if (conjunctions.some((conjunction) => classesOf(conjunction).size === 0)) {
    return "matches every event, or nearly: name who (userIdentity.sessionContext.sessionIssuer.arn) or what (eventName, requestParameters); to disable a detection, use disabledDetections";
  }
  for (const conjunction of conjunctions) {
    const classes = classesOf(conjunction);
    if (classes.has("other")) continue;
    const fields = conjunction
      .map(({ field }) => field)
      .filter((field) => classOf(field) === "chosen" || isSession(field));
    if (classes.has("chosen")) {
      return `matches by ${list(fields)} only, which the caller chooses: an intruder who chooses the same is suppressed too; name the role as well (userIdentity.sessionContext.sessionIssuer.arn)`;
    }
    if (classes.has("account")) {
      return "matches by account only: every caller in it is suppressed, with stolen credentials too; name the role as well (userIdentity.sessionContext.sessionIssuer.arn)";
    }
    if (classes.has("address")) {
      return "matches by sourceIPAddress only: every caller there is suppressed, with stolen credentials too, and private addresses are the same in every VPC; name the role as well (userIdentity.sessionContext.sessionIssuer.arn)";
    }
  }
  return undefined;
}

function conjunctionsOf(pattern: unknown): readonly Conjunction[] {
  try {
    return parsePattern(pattern);
  } catch {
    // What EventBridge would refuse is reported where suppressions are checked.
    return [];
  }
}

/** How a field narrows a suppression; `broad` doesn't. */
type Class = "broad" | "service" | "chosen" | "account" | "address" | "other";

/** What nearly every event has alike, or a large part of all. */
const BROAD =
  /^(version|id|time|account|region|detail-type|detail\.(eventVersion|eventTime|eventType|eventCategory|awsRegion|recipientAccountId|readOnly|managementEvent|apiVersion|userIdentity\.type|userIdentity\.sessionContext\.(attributes\..*|sessionIssuer\.type)))$/;
/** What every event has, or nearly, whoever calls. */
const ALWAYS =
  /^(source|detail\.(eventName|eventSource|eventID|requestID|sourceIPAddress|userAgent|userIdentity\.(arn|principalId|accountId|accessKeyId|sessionContext\.sessionIssuer\..*)))$/;
const ACCOUNT = /^detail\.userIdentity\.(sessionContext\.sessionIssuer\.)?accountId$/;
const CALLER = /^detail\.userIdentity\.((sessionContext\.sessionIssuer\.)?(arn|principalId)|accessKeyId)$/;
/** What the ARNs, principal ids and access keys of an account's callers begin with, or of all; the account is captured. */
const ANY_CALLER = /^(?:arn(?::[^:]*){0,3}(?::(\d{12})?)?(?::(?:(?:assumed-role|role|user)\/?)?)?|A[A-Z]{0,3})$/;
const SERVICE = /^(source|detail\.eventSource)$/;
/** What whoever calls can set at will. */
const CHOSEN =
  /^detail\.(userAgent|tlsDetails\..*|requestParameters\.roleSessionName|userIdentity\.sessionContext\.sourceIdentity)$/;
/** What ends in the name of a session, which whoever assumes the role chooses. */
const SESSION = /^detail\.userIdentity\.(arn|principalId)$/;

function isSession(field: string): boolean {
  return SESSION.test(field);
}

function classOf(field: string, conditions: readonly Condition[] = []): Class {
  // Sign-ins and what services do are few beside the calls.
  if (/^(detail-type|detail\.eventType)$/.test(field)) return conditions.some(takesCalls) ? "broad" : "service";
  if (field === "detail.userIdentity.type" && conditions.every(isService)) return "other";
  if (BROAD.test(field)) return "broad";
  if (SERVICE.test(field)) return "service";
  if (CHOSEN.test(field)) return "chosen";
  if (ACCOUNT.test(field) || conditions.some((condition) => anyCaller(condition, field)?.account)) return "account";
  return field === "detail.sourceIPAddress" ? "address" : "other";
}

/** How a conjunction is narrowed. A service alone narrows only what nothing else is asked of. */
function classesOf(conjunction: Conjunction): ReadonlySet<Class> {
  const classes = new Set<Class>();
  for (const { field, conditions } of conjunction) {
    if (conditions.some((condition) => takesNearlyAll(condition, field))) continue;
    const found = isSession(field) && conditions.some(isSessionName) ? "chosen" : classOf(field, conditions);
    if (found !== "broad") classes.add(found);
  }
  if (classes.size > 1) classes.delete("service");
  return classes.has("service") ? new Set(["other"]) : classes;
}

/** Whether a condition lets nearly every value through. */
function takesNearlyAll(condition: Condition, field: string): boolean {
  if (anyCaller(condition, field)?.account === "") return true;
  switch (condition.kind) {
    case "absent":
      return true;
    case "exists":
    case "anything-but":
      return ALWAYS.test(field) || BROAD.test(field);
    case "equals":
      return condition.value === "{{account}}";
    case "prefix":
      return condition.text === "" || (field === "source" && /^a?w?s?\.?$/i.test(condition.text));
    case "suffix":
      return condition.text === "" || (field === "detail.eventSource" && ".amazonaws.com".endsWith(condition.text));
    case "wildcard":
      return /^\*+$|^aws\.?\*$|^\*\.?amazonaws(\.com|\*)$/.test(condition.text);
    case "address":
      return /\/0$/.test(condition.text);
    default:
      return false;
  }
}

/** Whether a condition takes whoever calls; `account` is empty where that is from any account. */
function anyCaller(condition: Condition, field: string): { readonly account: string } | undefined {
  if (!CALLER.test(field) || (condition.kind !== "prefix" && condition.kind !== "wildcard")) return undefined;
  const beginning = condition.kind === "prefix" ? condition.text : condition.text.replace(/\*+$/, "");
  const found = ANY_CALLER.exec(beginning);
  return found ? { account: found[1] ?? "" } : undefined;
}

/** Whether it asks for what services do of their own accord. */
function isService(condition: Condition): boolean {
  return condition.kind === "equals" && condition.value === "AWSService";
}

function takesCalls(condition: Condition): boolean {
  return condition.kind !== "equals" || /^(AWS API Call via CloudTrail|AwsApiCall)$/.test(String(condition.value));
}

/** Whether it asks for the session's name, and leaves the role open. */
function isSessionName(condition: Condition): boolean {
  if (condition.kind === "suffix") return true;
  return condition.kind === "wildcard" && (/^\*/.test(condition.text) || /assumed-role\/\*/.test(condition.text));
}

function list(fields: readonly string[]): string {
  return [...new Set(fields.map((field) => field.replace("detail.", "")))].join(" and ");
}
