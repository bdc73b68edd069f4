// Over 250 lines: the whole of one channel, as adding a channel is one file.
import { createHash } from "node:crypto";
import type { Severity } from "../../detection/definition/detection";
import { isObject, type JsonObject, parseJson, textAt } from "../../detection/events/json";
import { cut, isoTime, parseTime } from "../../detection/events/text";
import type { Acknowledgement } from "../incidents/incident";
import { alarmName, type Card, isAlarmOver, urgentEventId } from "./card";
import { type Channel, ChannelRefusal, ChannelUnavailable, type SendTools, type Thread } from "./channel";
import { fittingForm, SHORTENED, type Showing } from "./fitting-card";
import { RISE_NAMES, riseInWords, riseName } from "./rise";
import { accountInWords, isHttps, plainLine, updateInWords, withoutLinks } from "./text";
import { type AnswerContext, assertAccepted } from "./vendor-answer";

/** https://developer.pagerduty.com/docs/events-api-v2-overview and https://developer.pagerduty.com/docs/send-alert-event */
const MAXIMUM_SUMMARY = 1_024;
const MAXIMUM_KEY = 255;
/** Of an event's 512 KB: the rest is for the key, and for how else one may count. */
const MAXIMUM_EVENT_BYTES = 480_000;
/** PagerDuty advises "a backoff of a few minutes" after a 429. */
const RATE_LIMIT_SECONDS = 120;

const PAGERDUTY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "critical",
  high: "error",
  medium: "warning",
  low: "info",
};

/** What is sent, in order, without the integration key. */
export interface PagerDutyMessage {
  readonly events: readonly PagerDutyEvent[];
}

export interface PagerDutyEvent {
  /** `enqueue`: of an alert; `change/enqueue`: a change event, which is shown and pages no one. */
  readonly path: "enqueue" | "change/enqueue";
  readonly body: object;
}

/** Text as PagerDuty shows it: plain, but addresses become links. */
const PAGERDUTY_TEXT: Showing = { text: withoutLinks };

/**
 * PagerDuty, by the Events API v2.
 *
 * * An incident's first alert triggers an alert with the incident's id as `dedup_key`; later ones of the same or a lower severity are
 *   added to its log, and page only where a person has resolved it meanwhile.
 * * EventBridge's short alert and the alert with its details are one alert, with the event's id as `dedup_key`.
 * * A rise in severity triggers an alert of its own, so that it pages anew.
 * * A timeline resolves them, because an incident that is over needs no one to be paged; but not a critical one that is not
 *   acknowledged, which stays open until a person resolves it. It never triggers, because that would page again.
 * * Timelines and digests are change events: shown beside the service's incidents, they page no one.
 */
export const pagerduty: Channel = {
  type: "pagerduty",
  label: "PagerDuty",
  settings: {
    region: {
      required: false,
      pattern: /^(us|eu)$/,
      allowed: "us or eu",
      docs: "Service region of the PagerDuty account: `us` (default) or `eu`.",
    },
  },
  secret:
    'the integration key of an Events API v2 integration, or JSON {"routingKey": "…", "apiToken": "…"} with a read-only REST API key that reads acknowledgements',
  threads: true,
  permissions: () => [],
  render: (card, _settings, thread) => message(card, thread),
  send: async (card, thread, tools) => {
    const secret = secretOf(tools);
    for (const { path, body } of message(card, thread).events) {
      // PagerDuty takes no change events with the key of a ruleset or an orchestration, which begins with R.
      if (path === "change/enqueue" && secret.routingKey.startsWith("R")) continue;
      await enqueue(path, body, secret, tools);
    }
    return thread ?? (isAside(card) ? undefined : { dedupKey: keyOf(card, thread) });
  },
  acknowledgement: async ({ dedupKey }, tools) => {
    const secret = secretOf(tools);
    if (secret.apiToken === undefined || dedupKey === undefined) return undefined;
    // The most severe alert decides: who has seen less of the incident has not acknowledged it.
    for (const key of [...risenKeys(dedupKey), dedupKey]) {
      const [incident] = await incidentsOf(key, secret.apiToken, secret, tools);
      if (incident !== undefined) return acknowledgementOf(incident);
    }
    return undefined;
  },
  acknowledge: async ({ dedupKey }, _acknowledgement, tools) => {
    const secret = secretOf(tools);
    for (const key of dedupKey === undefined ? [] : [dedupKey, ...risenKeys(dedupKey)]) {
      await enqueue("enqueue", { event_action: "acknowledge", dedup_key: key }, secret, tools);
    }
    return undefined;
  },
};

function message(card: Card, thread: Thread | undefined): PagerDutyMessage {
  if (card.kind === "digest") return { events: [changeEvent(card)] };
  if (card.kind === "timeline") return { events: [...resolving(card, thread), changeEvent(card)] };
  if (isAlarmOver(card)) return { events: [followUp("resolve", keyOf(card, thread))] };
  return { events: [trigger(card, thread)] };
}

/** Whether the card is of no alert of its own. */
function isAside({ kind }: Card): boolean {
  return kind === "digest" || kind === "timeline";
}

function followUp(action: "acknowledge" | "resolve", key: string): PagerDutyEvent {
  return { path: "enqueue", body: { event_action: action, dedup_key: key } };
}

function trigger(card: Card, thread: Thread | undefined): PagerDutyEvent {
  const body = fittingForm(card, triggerBody, fits, PAGERDUTY_TEXT);
  return { path: "enqueue", body: { event_action: "trigger", dedup_key: keyOf(card, thread), ...body } };
}

function triggerBody(card: Card, shortened: boolean): object {
  const [link] = links(card);
  return {
    client: "trailwarden",
    ...(link === undefined ? {} : { client_url: link.href }),
    payload: {
      ...payload(card, shortened),
      severity: PAGERDUTY_SEVERITIES[card.severity],
      ...(card.resources[0] === undefined ? {} : { component: card.resources[0] }),
      group: card.account.id === "" ? "unknown" : card.account.id,
      class: card.detections[0] ?? card.kind,
    },
    links: links(card),
  };
}

function changeEvent(card: Card): PagerDutyEvent {
  const make = (plain: Card, shortened: boolean) => ({ payload: payload(plain, shortened), links: links(plain) });
  return { path: "change/enqueue", body: fittingForm(card, make, fits, PAGERDUTY_TEXT) };
}

function payload(card: Card, shortened: boolean): JsonObject {
  return {
    summary: summary(card),
    source: `${accountInWords(card.account)} ${card.region}`.trim() || "unknown",
    ...(card.time === undefined ? {} : { timestamp: isoTime(card.time) }),
    custom_details: details(card, shortened),
  };
}

function summary(card: Card): string {
  const { headline, title } = card;
  const text = headline.includes(title) ? headline : `${headline} (${title})`;
  return cut(`${riseInWords(card)}${updateInWords(card)}${text}`, MAXIMUM_SUMMARY) || "Alert";
}

/** What PagerDuty shows as a table; a name that is taken gets a number. */
function details(card: Card, shortened: boolean): JsonObject {
  const found = new Map<string, unknown>();
  const add = (name: string, value: unknown): void => {
    let free = name;
    for (let number = 2; found.has(free); number++) free = `${name} ${number}`;
    found.set(free, value);
  };
  add("Title", card.title);
  for (const { name, value } of card.facts) add(name, value);
  for (const { heading, text } of card.paragraphs) add(heading, text);
  if (card.steps.length > 0) {
    add(
      "What to do",
      card.steps.map(({ text, commands }, index) => [`${index + 1}. ${text}`, ...commands].join("\n")),
    );
  }
  if (card.resources.length > 0) add("Resources", card.resources);
  if (card.detections.length > 0) add("Detections", card.detections.join(", "));
  if (card.incident !== undefined) add("Incident", shownId(card.incident.id));
  if (card.incident?.role === "rises") add("First alert of the incident", `dedup_key ${shownId(card.incident.id)}`);
  add("Notification", shownId(card.notificationId));
  if (shortened) add("Note", SHORTENED);
  return Object.fromEntries(found);
}

function shownId(id: string): string {
  return withoutLinks(plainLine(id, MAXIMUM_KEY));
}

function links(card: Card): readonly { readonly href: string; readonly text: string }[] {
  return card.links.filter(({ url }) => isHttps(url)).map(({ text, url }) => ({ href: url, text }));
}

function fits(body: object): boolean {
  return Buffer.byteLength(JSON.stringify(body)) <= MAXIMUM_EVENT_BYTES;
}

/** What is a rise elsewhere is the first alert here where the less severe ones before it are not this channel's. */
function keyOf(card: Card, thread: Thread | undefined): string {
  const { incident } = card;
  const own = alarmKey(card) ?? urgentKey(card);
  if (incident === undefined) return shortKey(own ?? card.notificationId);
  const first = thread?.dedupKey ?? shortKey(own ?? incident.id);
  return incident.role === "rises" && thread !== undefined ? risenKey(first, riseName(card)) : first;
}

/** The same of an alarm's beginning and its end. */
function alarmKey(card: Card): string | undefined {
  const name = alarmName(card);
  return name === undefined ? undefined : `alarm/${card.account.id}/${card.region}/${name}`;
}

/** The same of EventBridge's short alert and of the alert with the details that follows it: it pages once. */
function urgentKey(card: Card): string | undefined {
  const id = urgentEventId(card);
  return id === undefined ? undefined : `event/${id}`;
}

function risenKey(first: string, rise: string): string {
  return shortKey(`${first}/${rise}`);
}

/** Of every rise that an incident can have, the most severe first. */
function risenKeys(first: string): readonly string[] {
  return RISE_NAMES.map((rise) => risenKey(first, rise));
}

/** The key itself, or its beginning and its hash. */
function shortKey(key: string): string {
  const plain = key.replace(/[^ -~]/g, "?");
  if (plain === key && key.length > 0 && key.length <= MAXIMUM_KEY) return key;
  return `${plain.slice(0, 180)}-${createHash("sha256").update(key).digest("hex")}`;
}

/** Ends the incident's alerts. PagerDuty drops what resolves an alert that is not open. */
function resolving(card: Card, thread: Thread | undefined): readonly PagerDutyEvent[] {
  const { incident, notification } = card;
  const acknowledged = notification?.kind === "timeline" && notification.acknowledged !== undefined;
  if (incident === undefined || (card.severity === "critical" && !acknowledged)) return [];
  const first = thread?.dedupKey ?? shortKey(incident.id);
  return [first, ...risenKeys(first)].map((key) => followUp("resolve", key));
}

interface Secret {
  readonly routingKey: string;
  readonly apiToken: string | undefined;
}

function secretOf({ secret }: SendTools): Secret {
  const parsed = parseJson(secret);
  const value = "value" in parsed && isObject(parsed.value) ? parsed.value : { routingKey: secret.trim() };
  const routingKey = textAt(value, "routingKey") ?? "";
  const apiToken = textAt(value, "apiToken");
  // A header's value is visible ASCII.
  if (/^[0-9A-Za-z]{32}$/.test(routingKey) && (apiToken === undefined || /^[!-~]+$/.test(apiToken))) {
    return { routingKey, apiToken };
  }
  throw new ChannelRefusal(
    'the secret of the PagerDuty channel is not one: must be an integration key of 32 letters and digits, or JSON {"routingKey": "…", "apiToken": "…"}. Copy the key from the service\'s Events API v2 integration',
  );
}

function context(secret: Secret, tools: SendTools): AnswerContext {
  return {
    vendor: "PagerDuty",
    secrets: [secret.routingKey, ...(secret.apiToken === undefined ? [] : [secret.apiToken])],
    now: tools.now,
    rateLimitSeconds: RATE_LIMIT_SECONDS,
    remedies: {
      400: "Check that the secret holds the key of an Events API v2 integration",
      401: "Check the REST API key in the secret",
      403: "Check that the key's integration is enabled and that the REST API key may read incidents",
      404: "Check the channel's region: an account in the EU needs region eu",
    },
  };
}

async function enqueue(path: PagerDutyEvent["path"], body: object, secret: Secret, tools: SendTools): Promise<void> {
  const host = tools.settings.region === "eu" ? "events.eu.pagerduty.com" : "events.pagerduty.com";
  const answer = await tools.request({
    method: "POST",
    url: `https://${host}/v2/${path}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ routing_key: secret.routingKey, ...body }),
  });
  assertAccepted(answer, context(secret, tools));
}

/** https://developer.pagerduty.com/api-reference/9d0b4b12e36f9-list-incidents: an alert's `dedup_key` is its incident's `incident_key`. */
async function incidentsOf(
  key: string,
  apiToken: string,
  secret: Secret,
  tools: SendTools,
): Promise<readonly JsonObject[]> {
  const host = tools.settings.region === "eu" ? "api.eu.pagerduty.com" : "api.pagerduty.com";
  const query = new URLSearchParams({ incident_key: key, date_range: "all", sort_by: "created_at:desc", limit: "1" });
  const answer = await tools.request({
    method: "GET",
    url: `https://${host}/incidents?${query}`,
    headers: { accept: "application/vnd.pagerduty+json;version=2", authorization: `Token token=${apiToken}` },
  });
  assertAccepted(answer, context(secret, tools));
  const parsed = parseJson(answer.body);
  if (!("value" in parsed) || !isObject(parsed.value) || !Array.isArray(parsed.value.incidents)) {
    throw new ChannelUnavailable("PagerDuty answered the list of incidents with something else");
  }
  return parsed.value.incidents.filter(isObject);
}

/** A person's: an integration's is our own, of who has acknowledged the incident elsewhere. */
function acknowledgementOf(incident: JsonObject): Acknowledgement | undefined {
  const acknowledgements = Array.isArray(incident.acknowledgements) ? incident.acknowledgements.filter(isObject) : [];
  // A resolved incident lists no acknowledgements any more.
  const resolved =
    incident.status === "resolved"
      ? [{ acknowledger: incident.last_status_change_by, at: incident.last_status_change_at }]
      : [];
  for (const { acknowledger, at } of [...acknowledgements, ...resolved]) {
    const time = typeof at === "string" ? parseTime(at) : undefined;
    if (!isObject(acknowledger) || time === undefined) continue;
    if (!String(acknowledger.type).startsWith("user")) continue;
    return {
      by: textAt(acknowledger, "summary") ?? textAt(acknowledger, "id") ?? "someone",
      at: time,
      through: "pagerduty",
    };
  }
  return undefined;
}
