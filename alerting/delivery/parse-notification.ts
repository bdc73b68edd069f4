import type { Severity } from "../../detection/definition/detection";
import { isObject, type JsonObject, kindOf } from "../../detection/events/json";
import { NOTIFICATION_VERSION, type Notification } from "../notification/notification";

/** A message is no notification that this version can read. */
export class NotificationProblem extends Error {
  override readonly name = "NotificationProblem";
}

const SEVERITIES: Readonly<Record<Severity, true>> = { critical: true, high: true, medium: true, low: true };
const OUTCOMES = ["succeeded", "denied", "failed"];
const ROLES = ["opens", "rises", "update"];

/** A test of a value; gives what is allowed where it does not pass, after `must be`. */
type Check = (value: unknown, path: string) => void;

/**
 * Checks whatever a card is made from; what else a notification holds, a later minor version may have changed.
 *
 * @throws NotificationProblem naming the field, what it holds and what is allowed
 */
export function parseNotification(value: JsonObject): Notification {
  const { version, kind } = value;
  const [major] = NOTIFICATION_VERSION.split(".");
  if (typeof version !== "string" || !new RegExp(`^${major}\\.\\d{1,6}$`).test(version)) {
    throw problem("version", version, `${major} with any minor version, such as "${NOTIFICATION_VERSION}"`);
  }
  const check =
    typeof kind === "string" && Object.hasOwn(KINDS, kind) ? KINDS[kind as Notification["kind"]] : undefined;
  if (!check) throw problem("kind", kind, `one of ${Object.keys(KINDS).join(", ")}`);
  common(value, "");
  check(value, "");
  return value as unknown as Notification;
}

const text: Check = (value, path) => {
  if (typeof value !== "string") throw problem(path, value, "a text");
};
const identifier: Check = (value, path) => {
  if (typeof value !== "string" || value === "") throw problem(path, value, "a text of at least one character");
};
const number: Check = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw problem(path, value, "a number");
};
const flag: Check = (value, path) => {
  if (typeof value !== "boolean") throw problem(path, value, "true or false");
};
const oneOf =
  (allowed: readonly string[]): Check =>
  (value, path) => {
    if (!allowed.includes(value as string)) throw problem(path, value, `one of ${allowed.join(", ")}`);
  };
const list =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) throw problem(path, value, "a list");
    for (const [index, item] of value.entries()) check(item, `${path}[${index}]`);
  };
const optional =
  (check: Check): Check =>
  (value, path) => {
    if (value !== undefined) check(value, path);
  };
const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isObject(value)) throw problem(path, value, "an object");
    for (const [name, check] of Object.entries(fields)) check(value[name], path === "" ? name : `${path}.${name}`);
  };
const counts: Check = (value, path) => {
  if (!isObject(value)) throw problem(path, value, "an object");
  for (const [name, count] of Object.entries(value)) number(count, `${path}.${name}`);
};

const severity = oneOf(Object.keys(SEVERITIES));
const texts: Check = (value, path) => {
  if (!isObject(value)) throw problem(path, value, "an object");
  for (const [name, each] of Object.entries(value)) text(each, `${path}.${name}`);
};
const account = object({
  id: text,
  name: optional(text),
  organization: optional(text),
  organizationalUnits: optional(list(text)),
  tags: optional(texts),
});
const detection = object({ id: identifier, title: text, severity });
const callers = list(object({ actor: text, count: number, outcomes: counts }));
const otherCallers = optional(object({ actors: number, count: number, outcomes: counts }));
const calls = list(object({ name: text, count: number }));

const common = object({ id: identifier, severity, account, region: text });

const KINDS: Readonly<Record<Notification["kind"], Check>> = {
  alert: object({
    detection,
    alsoMatched: list(detection),
    incident: optional(
      object({ id: identifier, startedAt: text, role: oneOf(ROLES), nowSucceeded: optional(flag), number }),
    ),
    followsUrgent: optional(flag),
    event: object({ id: text, name: text, source: text, time: text }),
    outcome: oneOf(OUTCOMES),
    errorCode: optional(text),
    errorMessage: optional(text),
    actor: object({ name: text, description: text, mfa: optional(flag) }),
    sourceIPAddress: text,
    userAgent: text,
    what: text,
    resources: list(object({ arn: optional(text) })),
    why: text,
    remediation: object({
      check: text,
      command: text,
      contain: text,
      undo: list(text),
      stopCaller: optional(object({ text, commands: list(text) })),
    }),
    count: optional(object({ threshold: number, windowStart: text, windowEnd: text })),
    links: object({ event: optional(text) }),
  }),
  summary: object({
    detection,
    incident: optional(object({ id: identifier })),
    count: number,
    total: number,
    rateLimited: number,
    outcomes: counts,
    actors: callers,
    otherActors: otherCallers,
    calls,
    regions: list(text),
    firstTime: text,
    lastTime: text,
    news: text,
    links: object({ event: optional(text) }),
  }),
  timeline: object({
    incident: object({ id: identifier, startedAt: text, endedAt: text }),
    actor: text,
    steps: list(
      object({
        time: text,
        eventName: text,
        outcome: oneOf(OUTCOMES),
        what: text,
        sourceIPAddress: text,
        account,
        region: text,
        detection,
        eventId: text,
      }),
    ),
    more: number,
    acknowledged: optional(object({ by: text, at: text, through: text })),
  }),
  digest: object({
    day: text,
    count: number,
    detections: list(
      object({
        id: identifier,
        title: text,
        severity,
        count: number,
        outcomes: counts,
        actors: callers,
        otherActors: otherCallers,
      }),
    ),
    unacknowledged: list(object({ incidentId: text, title: text, actor: text, time: text })),
    silentAccounts: optional(list(object({ account, region: optional(text), lastLogFile: optional(text) }))),
  }),
  "rate-limit": object({ limit: number, until: text }),
};

function problem(field: string, value: unknown, allowed: string): NotificationProblem {
  const given = typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : kindOf(value);
  return new NotificationProblem(`${field} is ${given}: it must be ${allowed}`);
}
