// Over 250 lines: the whole of one channel, as adding a channel is one file.
import { createHash } from "node:crypto";
import type { Severity } from "../../detection/definition/detection";
import { isObject, type JsonObject, objectAt, parseJson, textAt } from "../../detection/events/json";
import { cut, oneLine, parseTime } from "../../detection/events/text";
import type { Acknowledgement } from "../incidents/incident";
import { alarmName, type Card, isAlarmOver, urgentEventId } from "./card";
import {
  type Channel,
  type ChannelAnswer,
  ChannelRefusal,
  type ChannelRequest,
  type ChannelSettings,
  ChannelUnavailable,
  type SendTools,
  type Thread,
} from "./channel";
import { fittingForm, fittingHeadline, SHORTENED, type Showing } from "./fitting-card";
import { RISE_NAMES, riseInWords, riseName } from "./rise";
import { accountInWords, cardText, updateInWords, withoutLinks } from "./text";
import { assertAccepted } from "./vendor-answer";

/** https://docs.opsgenie.com/docs/alert-api and https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v1/api-group-integration-events/ */
const MAXIMUM = {
  alias: 512,
  message: 130,
  description: 15_000,
  note: 25_000,
  entity: 512,
  tags: 20,
  tag: 50,
  details: 8_000,
} as const;
const SOURCE = "trailwarden";
/** Opsgenie counts requests per second and per minute. */
const RATE_LIMIT_SECONDS = 60;

const PRIORITIES: Readonly<Record<Severity, string>> = { critical: "P1", high: "P2", medium: "P3", low: "P4" };

/** Addresses of the API that takes alerts, by setting `service`. */
const EVENT_ADDRESSES: Readonly<Record<string, string>> = {
  jira: "https://api.atlassian.com/jsm/ops/integration",
  opsgenie: "https://api.opsgenie.com",
  "opsgenie-eu": "https://api.eu.opsgenie.com",
};

/** What is sent, in order. */
export interface JiraMessage {
  readonly requests: readonly JiraRequest[];
}

export interface JiraRequest {
  /** After the address of the setting `service`. */
  readonly path: string;
  readonly body: JsonObject;
}

/**
 * Alerts may show HTML and Markdown, and addresses become links. Spaces make text of them that reads the same, and leave
 * commands what they are: to a shell `< file` is `<file`.
 */
const ALERT_TEXT = {
  text: (text: string) => withoutMarkup(withoutLinks(text)),
  command: withoutMarkup,
} satisfies Showing;

function withoutMarkup(text: string): string {
  return text
    .replace(/<(?=[a-z/!?])/gi, "< ")
    .replace(/&(?=#?\w+;)/g, "& ")
    .replace(/\](?=[([:])/g, "] ")
    .replace(/!(?=\[)/g, "! ")
    .replace(/\{(?=\{)/g, "{ ");
}

/**
 * Alerts of Jira Service Management, and of Opsgenie until it ends in April 2027.
 *
 * * An incident's first alert creates an alert with the incident's id as alias, and adds a note. A later one of the same or a lower severity is the
 *   same alert (its count goes up) and a note; where a person has closed it meanwhile, it is a new alert.
 * * EventBridge's short alert and the alert with its details are one alert, with the event's id as alias.
 * * A rise in severity is an alert of its own, so that it notifies anew: a change of priority alone does not.
 * * A timeline is a note, and closes them; but not a critical one that is not acknowledged, which stays open until a person closes it.
 * * The daily digest is not sent: every alert notifies.
 *
 * Answers are 202 before the request is processed. What fails then is in the integration's log in Jira Service Management.
 */
export const jiraServiceManagement: Channel = {
  type: "jira-service-management",
  label: "Jira Service Management",
  settings: {
    service: {
      required: false,
      pattern: /^(jira|opsgenie|opsgenie-eu)$/,
      allowed: "jira, opsgenie or opsgenie-eu",
      docs: "Where the API key is from: `jira` (default), `opsgenie` or `opsgenie-eu`.",
    },
    cloudId: {
      required: false,
      pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      allowed: "the Jira site's cloud id, as https://<site>.atlassian.net/_edge/tenant_info shows it",
      docs: "The Jira site's cloud id, with which acknowledgements are read; not needed with Opsgenie.",
    },
  },
  secret:
    'the API key of an API integration, or JSON {"apiKey": "…", "email": "…", "apiToken": "…"} with an Atlassian API token that reads acknowledgements (Opsgenie reads them with the API key)',
  threads: true,
  permissions: () => [],
  render: (card, _settings, thread) => message(card, thread),
  send: async (card, thread, tools) => {
    const secret = secretOf(tools);
    for (const request of message(card, thread).requests) await post(request, secret, tools);
    return thread ?? (isAside(card) ? undefined : { alias: aliasOf(card, thread) });
  },
  acknowledgement: async ({ alias }, tools) => {
    const secret = secretOf(tools);
    // The most severe alert decides: who has seen less of the incident has not acknowledged it.
    for (const each of alias === undefined ? [] : [...risenAliases(alias), alias]) {
      const request = alertRequest(each, secret, tools.settings);
      if (request === undefined) return undefined;
      const answer = await tools.request(request);
      // Only open alerts have an alias.
      if (answer.status === 404) continue;
      check(answer, secret, tools);
      return acknowledgementOf(answer, tools);
    }
    return undefined;
  },
  acknowledge: async ({ alias }, acknowledgement, tools) => {
    const secret = secretOf(tools);
    const by = ALERT_TEXT.text(oneLine(acknowledgement.by, MAXIMUM.entity));
    const note = `Acknowledged by ${by} (${oneLine(acknowledgement.through, MAXIMUM.tag)})`;
    for (const each of alias === undefined ? [] : [alias, ...risenAliases(alias)]) {
      await post(ofAlias(each, "acknowledge", { note }), secret, tools);
    }
    return undefined;
  },
};

function message(card: Card, thread: Thread | undefined): JiraMessage {
  if (card.kind === "digest") return { requests: [] };
  const alias = aliasOf(card, thread);
  if (card.kind === "timeline") {
    return { requests: [ofAlias(alias, "notes", { note: note(card) }), ...closing(card, alias)] };
  }
  if (isAlarmOver(card)) return { requests: [ofAlias(alias, "close", { note: note(card) })] };
  const create = { path: "/v2/alerts", body: alert(card, alias) };
  const adds = mayBeThere(card, thread);
  return { requests: adds ? [create, ofAlias(alias, "notes", { note: note(card) })] : [create] };
}

/**
 * Whether the alert may be there already, which keeps its description then: where an answer was lost, or an update has come before
 * the incident's first alert.
 */
function mayBeThere(card: Card, thread: Thread | undefined): boolean {
  const { incident, kind } = card;
  // A rise has an alert of its own, once the incident has one.
  if (thread !== undefined) return incident !== undefined && incident.role !== "rises";
  // The first alert, too: an update's process may have died before it wrote down that it came first.
  return (kind === "alert" && urgentAlias(card) !== undefined) || incident !== undefined;
}

/** Whether the card is of no alert of its own. */
function isAside({ kind }: Card): boolean {
  return kind === "digest" || kind === "timeline";
}

function ofAlias(alias: string, action: "notes" | "close" | "acknowledge", body: JsonObject): JiraRequest {
  const path = `/v2/alerts/${encodeURIComponent(alias)}/${action}?identifierType=alias`;
  return { path, body: { ...body, source: SOURCE } };
}

function alert(card: Card, alias: string): JsonObject {
  return {
    message: messageOf(card),
    alias,
    description: text(card, MAXIMUM.description),
    ...fittingForm(card, fields, ({ details }) => sizeOf(details) <= MAXIMUM.details, ALERT_TEXT),
    source: SOURCE,
    priority: PRIORITIES[card.severity],
  };
}

function messageOf(card: Card): string {
  return cut(`${riseInWords(card)}${fittingHeadline(card, MAXIMUM.message, ALERT_TEXT)}`, MAXIMUM.message) || "Alert";
}

/** What automations read. */
function fields(card: Card) {
  return { tags: tags(card), details: details(card), entity: cut(accountInWords(card.account), MAXIMUM.entity) };
}

function note(card: Card): string {
  const headline = fittingHeadline(card, MAXIMUM.message, ALERT_TEXT);
  return cut(`${updateInWords(card)}${headline}\n\n${text(card, MAXIMUM.note - headline.length - 50)}`, MAXIMUM.note);
}

function text(card: Card, maximum: number): string {
  const make = (plain: Card, shortened: boolean) =>
    withoutMarkup([cardText(plain), ...(shortened ? [SHORTENED] : [])].join("\n\n"));
  return cut(
    fittingForm(card, make, (form) => form.length <= maximum, ALERT_TEXT),
    maximum,
  );
}

function tags(card: Card): readonly string[] {
  const all = [SOURCE, card.kind, card.severity, card.account.id, card.account.name, card.region, ...card.detections];
  const found = all.flatMap((tag) =>
    tag === undefined || tag === "" ? [] : [cut(tag.replaceAll(",", " "), MAXIMUM.tag)],
  );
  return [...new Set(found)].slice(0, MAXIMUM.tags);
}

function details(card: Card): JsonObject {
  const { incident } = card;
  const wanted = [
    ["severity", card.severity],
    ["account", card.account.id],
    ["region", card.region],
    ["notification", ALERT_TEXT.text(oneLine(card.notificationId, MAXIMUM.entity))],
    ["detections", card.detections.join(", ")],
    ["incident", incident === undefined ? "" : ALERT_TEXT.text(oneLine(incident.id, MAXIMUM.entity))],
    ["first alert", incident?.role === "rises" ? ALERT_TEXT.text(oneLine(incident.id, MAXIMUM.entity)) : ""],
    ["actor", card.actor ?? ""],
    ["resources", card.resources.join(", ")],
    ...card.facts.map(({ name, value }) => [name, value]),
  ] as const;
  const found = new Map<string, string>();
  for (const [name = "", value = ""] of wanted) {
    if (value !== "" && !found.has(name)) found.set(name, value);
  }
  return Object.fromEntries(found);
}

function sizeOf(details: JsonObject): number {
  return Object.entries(details).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
}

/** What is a rise elsewhere is the first alert here where the less severe ones before it are not this channel's. */
function aliasOf(card: Card, thread: Thread | undefined): string {
  const { incident } = card;
  const own = alarmAlias(card) ?? urgentAlias(card);
  if (incident === undefined) return shortAlias(own ?? card.notificationId);
  const first = thread?.alias ?? shortAlias(own ?? incident.id);
  return incident.role === "rises" && thread !== undefined ? risenAlias(first, riseName(card)) : first;
}

/** The same of an alarm's beginning and its end. */
function alarmAlias(card: Card): string | undefined {
  const name = alarmName(card);
  return name === undefined ? undefined : `alarm:${card.account.id}:${card.region}:${name}`;
}

/** The same of EventBridge's short alert and of the alert with the details that follows it: it notifies once. */
function urgentAlias(card: Card): string | undefined {
  const id = urgentEventId(card);
  return id === undefined ? undefined : `event:${id}`;
}

function risenAlias(first: string, rise: string): string {
  return shortAlias(`${first}-${rise}`);
}

/** Of every rise that an incident can have, the most severe first. */
function risenAliases(first: string): readonly string[] {
  return RISE_NAMES.map((rise) => risenAlias(first, rise));
}

/** An alias is part of a path. */
function shortAlias(alias: string): string {
  const plain = alias.replace(/[^\w.:-]/g, "_");
  if (plain === alias && alias.length > 0 && alias.length <= MAXIMUM.alias) return alias;
  return `${plain.slice(0, 180)}-${createHash("sha256").update(alias).digest("hex")}`;
}

/** Ends the incident's alerts. What closes an alert that is not open has no effect. */
function closing(card: Card, first: string): readonly JiraRequest[] {
  const { notification } = card;
  const acknowledged = notification?.kind === "timeline" && notification.acknowledged !== undefined;
  if (card.incident === undefined || (card.severity === "critical" && !acknowledged)) return [];
  const why = { note: "The incident is over: no further alert" };
  return [first, ...risenAliases(first)].map((alias) => ofAlias(alias, "close", why));
}

interface Secret {
  readonly apiKey: string;
  readonly email: string | undefined;
  readonly apiToken: string | undefined;
}

function secretOf({ secret }: SendTools): Secret {
  const parsed = parseJson(secret);
  const value = "value" in parsed && isObject(parsed.value) ? parsed.value : { apiKey: secret.trim() };
  const apiKey = textAt(value, "apiKey") ?? "";
  const [email, apiToken] = [textAt(value, "email"), textAt(value, "apiToken")];
  // A header's value is visible ASCII.
  if (/^[!#-z|~]{8,}$/.test(apiKey) && (email === undefined) === (apiToken === undefined)) {
    return { apiKey, email, apiToken };
  }
  throw new ChannelRefusal(
    'the secret of the Jira Service Management channel is not one: must be the API key of an API integration, or JSON {"apiKey": "…", "email": "…", "apiToken": "…"}. Copy the key from the integration\'s page',
  );
}

function basic({ email, apiToken }: Secret): string | undefined {
  return apiToken === undefined ? undefined : Buffer.from(`${email}:${apiToken}`).toString("base64");
}

function check(answer: ChannelAnswer, secret: Secret, tools: SendTools): void {
  assertAccepted(answer, {
    vendor: "Jira Service Management",
    secrets: [secret.apiKey, secret.apiToken, basic(secret)].filter((value) => value !== undefined),
    now: tools.now,
    rateLimitSeconds: RATE_LIMIT_SECONDS,
    remedies: {
      401: "Check that the secret holds the key of an API integration that is enabled, and that the channel's service is the key's",
      402: "The site's plan does not include alerts",
      403: "Allow the API integration to create and to read alerts",
      404: "Check the channel's service and cloudId",
      422: "The alert is not valid for the API",
    },
  });
}

async function post({ path, body }: JiraRequest, secret: Secret, tools: SendTools): Promise<void> {
  const answer = await tools.request({
    method: "POST",
    url: `${EVENT_ADDRESSES[tools.settings.service ?? "jira"]}${path}`,
    headers: { "content-type": "application/json", authorization: `GenieKey ${secret.apiKey}` },
    body: JSON.stringify(body),
  });
  check(answer, secret, tools);
}

/**
 * How an alert is read: with Opsgenie's key, or with an Atlassian API token
 * (https://developer.atlassian.com/cloud/jira/service-desk-ops/rest/v2/api-group-alerts/); undefined without a token.
 */
function alertRequest(alias: string, secret: Secret, settings: ChannelSettings): ChannelRequest | undefined {
  const { service = "jira", cloudId } = settings;
  const encoded = encodeURIComponent(alias);
  if (service !== "jira") {
    const url = `${EVENT_ADDRESSES[service]}/v2/alerts/${encoded}?identifierType=alias`;
    return { method: "GET", url, headers: { authorization: `GenieKey ${secret.apiKey}` } };
  }
  const credentials = basic(secret);
  if (credentials === undefined) return undefined;
  if (cloudId === undefined) {
    throw new ChannelRefusal(
      "the Jira Service Management channel has an apiToken and no cloudId, so no acknowledgement can be read: set the channel's cloudId",
    );
  }
  const url = `https://api.atlassian.com/jsm/ops/api/${cloudId}/v1/alerts/alias?alias=${encoded}`;
  return { method: "GET", url, headers: { accept: "application/json", authorization: `Basic ${credentials}` } };
}

/** Opsgenie reports who and how soon; Jira Service Management has the owner, whom acknowledging sets, and the last change. */
function acknowledgementOf(answer: ChannelAnswer, tools: SendTools): Acknowledgement | undefined {
  const parsed = parseJson(answer.body);
  if (!("value" in parsed) || !isObject(parsed.value)) {
    throw new ChannelUnavailable("Jira Service Management answered the alert with something else");
  }
  const found = isObject(parsed.value.data) ? parsed.value.data : parsed.value;
  if (found.acknowledged !== true && !["acked", "closed"].includes(String(found.status))) return undefined;
  const report = objectAt(found, "report");
  const by = textAt(report, "acknowledgedBy") ?? textAt(report, "closedBy") ?? textAt(found, "owner") ?? "someone";
  const created = parseTime(textAt(found, "createdAt") ?? "");
  const after = typeof report.ackTime === "number" ? report.ackTime : undefined;
  const reported = created === undefined || after === undefined ? undefined : created + after;
  const at = reported ?? parseTime(textAt(found, "updatedAt") ?? "") ?? tools.now;
  return { by: oneLine(by, MAXIMUM.entity), at, through: "jira-service-management" };
}
