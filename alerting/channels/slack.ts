// Over 250 lines: the whole of one channel, as adding a channel is one file.
import { type Severity, severitiesFrom } from "../../detection/definition/detection";
import { type JsonObject, parseJson } from "../../detection/events/json";
import { counted, cut } from "../../detection/events/text";
import type { Acknowledgement } from "../incidents/incident";
import type { Card } from "./card";
import {
  type Channel,
  type ChannelAnswer,
  ChannelRefusal,
  ChannelUnavailable,
  type SendTools,
  type Thread,
} from "./channel";
import { fittingForm, SHORTENED } from "./fitting-card";
import { headlineOf, isConsoleLink, plainLine, WORD_JOINER } from "./text";
import { assertAccepted, retryAfterSeconds, withoutSecrets } from "./vendor-answer";

/**
 * Slack, by a bot's token (a thread per incident) or an incoming webhook (single messages).
 *
 * Whatever comes from a record stands in blocks that know no markup: `plain_text` and `rich_text`, whose text elements are shown
 * as they are. The fallback for notifications alone is markup: it is escaped.
 *
 * A parent's own blocks stay as they were posted: `chat.update` without `text` and `blocks` keeps them and replaces the
 * attachment, which has the incident's status.
 *
 * https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update,
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export const slack: Channel = {
  type: "slack",
  label: "Slack",
  settings: {
    channel: {
      required: false,
      pattern: /^[CG][A-Z0-9]{8,20}$/,
      allowed: "a Slack channel's id such as C0123456789",
      docs: "Id of the channel that the bot posts to; needed with a bot's token. An incoming webhook has a channel of its own.",
    },
  },
  secret: "a bot's token (xoxb-…) or an incoming webhook's address (https://hooks.slack.com/services/…)",
  threads: true,
  permissions: () => [],
  render: (card, { channel }, thread) => ({
    ...(channel === undefined ? {} : { channel }),
    ...slackMessage(card, thread),
  }),

  async send(card, thread, tools) {
    const secret = kindOfSecret(tools.secret);
    if (secret.kind === "webhook") {
      await postToWebhook(secret.address, slackMessage(card, undefined), tools);
      return undefined;
    }
    const channel = channelOf(tools, thread);
    const posted = await post(card, thread, channel, tools);
    const { ts, parent } = posted;
    const first = String(card.incident?.number ?? 1);
    if (parent && thread === undefined) {
      return { channel: posted.channel, ts, severity: card.severity, first, updates: "0" };
    }
    // A first message that has been deleted leaves what is known of the incident to the new one.
    const status = statusAfter(card, { ...thread, ...(parent ? { channel: posted.channel, ts } : {}) });
    // What was to be sent is out: to try again for the parent's sake would send it twice, and the next update repeats it.
    await updateParent(status, card.kind === "timeline" ? undefined : headlineOf(card, false), tools).catch(
      () => undefined,
    );
    return status;
  },

  async acknowledgement(thread, tools) {
    const answer = await reactionsOf(thread, tools);
    const { reactions } = (answer?.message ?? {}) as { readonly reactions?: readonly Reaction[] };
    const taken = DONE_FIRST.map((name) => reactions?.find((reaction) => reaction.name === name)).find(Boolean);
    const user = taken?.users?.[0];
    if (user === undefined) return undefined;
    return { by: await nameOf(user, tools), at: tools.now, through: "slack" };
  },

  async acknowledge(thread, acknowledgement, tools) {
    const text = acknowledged(acknowledgement);
    await callSlack("POST", "chat.postMessage", slackReply(text, thread), tools);
    const status = { ...thread, acknowledged: text };
    await updateParent(status, undefined, tools).catch(() => undefined);
    return status;
  },
};

interface Reaction {
  readonly name?: string;
  readonly users?: readonly string[];
}

/** ✅ done, 👀 taken. */
const DONE_FIRST = ["white_check_mark", "eyes"];

type Secret = { readonly kind: "bot" } | { readonly kind: "webhook"; readonly address: string };

function kindOfSecret(value: string): Secret {
  const secret = value.trim();
  if (/^xoxb-[\w-]+$/.test(secret)) return { kind: "bot" };
  const webhook = /^https:\/\/hooks\.slack(-gov)?\.com\/services\/[\w/-]+$/.test(secret);
  if (webhook) return { kind: "webhook", address: secret };
  throw new ChannelRefusal(
    `The secret of the Slack channel is not ${slack.secret}. Put one of them into the secret, without quotes or JSON.`,
  );
}

function channelOf({ settings }: SendTools, thread: Thread | undefined): string {
  const channel = thread?.channel ?? settings.channel;
  if (channel !== undefined) return channel;
  throw new ChannelRefusal(
    "The secret is a Slack bot's token, which needs the setting \"channel\": a Slack channel's id such as C0123456789.",
  );
}

/** Posts as a reply, or as a parent where there is no thread, or its first message has been deleted. */
async function post(card: Card, thread: Thread | undefined, channel: string, tools: SendTools) {
  const posted = async (under: Thread | undefined) => {
    const answer = await callSlack("POST", "chat.postMessage", { channel, ...slackMessage(card, under) }, tools);
    return { channel: String(answer.channel), ts: String(answer.ts), parent: under === undefined };
  };
  if (thread === undefined) return posted(undefined);
  try {
    return await posted(thread);
  } catch (error) {
    if (!PARENT_GONE.has(slackErrorOf(error) ?? "")) throw error;
    return posted(undefined);
  }
}
const PARENT_GONE = new Set(["thread_not_found", "message_not_found", "cannot_reply_to_message"]);

/** How many alerts the incident has had since the channel's first message of it, which may be a later one. */
function updatesUntil({ incident }: Card, { first = "1" }: Thread): number {
  return Math.max(0, (incident?.number ?? 1) - Number(first));
}

/** The thread after one more message: its severity only rises, its count only grows. */
function statusAfter(card: Card, thread: Thread): Thread {
  const before = severitiesFrom("low").find((severity) => severity === thread.severity) ?? card.severity;
  return {
    ...thread,
    severity: severitiesFrom(before).includes(card.severity) ? card.severity : before,
    updates: String(Math.max(updatesUntil(card, thread), Number(thread.updates ?? 0))),
  };
}

async function updateParent(thread: Thread, last: string | undefined, tools: SendTools): Promise<void> {
  await callSlack("POST", "chat.update", parentUpdate(thread, last), tools);
}

function acknowledged({ by, through, at }: Acknowledgement): string {
  const when = new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return `Acknowledged by ${plainLine(by, 80)} in ${plainLine(through, 40)} at ${when} (UTC)`;
}

/** The parent with its reactions; undefined where it has been deleted. */
async function reactionsOf({ channel, ts }: Thread, tools: SendTools): Promise<JsonObject | undefined> {
  try {
    return await callSlack("GET", "reactions.get", { channel, timestamp: ts, full: "true" }, tools);
  } catch (error) {
    if (PARENT_GONE.has(slackErrorOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** The user's name where the token's scopes allow to ask for it, else the id. */
async function nameOf(user: string, tools: SendTools): Promise<string> {
  try {
    const answer = await callSlack("GET", "users.info", { user }, tools);
    const { name, profile } = (answer.user ?? {}) as {
      readonly name?: string;
      readonly profile?: { readonly display_name?: string; readonly real_name?: string };
    };
    return plainLine(profile?.display_name || profile?.real_name || name || user, 80) || user;
  } catch {
    return user;
  }
}

const COLORS: Readonly<Record<Severity, string>> = {
  critical: "#b60205",
  high: "#d9730d",
  medium: "#dbab09",
  low: "#6a737d",
};

/** Characters in all of a message's blocks: Slack refuses more with `msg_blocks_too_long`, somewhat above 13,000. */
const BLOCKS = 12_000;
/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
const HEADER = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block; of a context's texts Slack says nothing else. */
const SECTION = 3_000;

/** The body of `chat.postMessage` and of an incoming webhook, without the channel. */
function slackMessage(whole: Card, thread: Thread | undefined) {
  return fittingForm(
    whole,
    (card, shortened) => messageOf(card, blocks(card, shortened, thread), thread),
    (message) => textLength(message.blocks) <= BLOCKS,
  );
}

function messageOf(card: Card, made: readonly object[], thread: Thread | undefined) {
  return {
    text: inert(headlineOf(card, thread === undefined)),
    blocks: made,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    ...(thread === undefined ? {} : { thread_ts: thread.ts }),
    ...(thread !== undefined && card.incident?.role === "rises" ? { reply_broadcast: true } : {}),
  };
}

function blocks(card: Card, shortened: boolean, thread: Thread | undefined): readonly object[] {
  const facts = card.facts.flatMap(({ name, value }) => [bold(`\n${name}: `), plain(value)]);
  const links = card.links.flatMap(({ text, url }) => [
    plain("\n"),
    isConsoleLink(url, card) ? { type: "link", url, text } : plain(`${text}: ${url}`),
  ]);
  const paragraphs = card.paragraphs.map(({ heading, text }) =>
    textSection([bold(text.includes("\n") ? `${heading}\n` : `${heading}: `), plain(text)]),
  );
  const steps = card.steps.flatMap(({ text, commands }, place) => [
    textSection([plain(`${place + 1}. ${text}`)]),
    ...commands.map((command) => ({ type: "rich_text_preformatted", elements: [plain(command)] })),
  ]);
  return [
    { type: "header", text: plainText(headlineOf(card, thread === undefined), HEADER) },
    richText([textSection([bold(card.title), ...facts, ...links])]),
    ...(paragraphs.length === 0 ? [] : [richText(paragraphs)]),
    ...(steps.length === 0 ? [] : [richText(steps)]),
    { type: "context", elements: [plainText(smallPrint(card, shortened), SECTION)] },
  ];
}

function smallPrint(card: Card, shortened: boolean): string {
  const { incident } = card;
  return [
    "trailwarden",
    ...card.detections,
    ...(incident === undefined ? [] : [`incident ${incident.id}`]),
    ...(incident?.number === undefined ? [] : [`alert ${incident.number}`]),
    ...(shortened ? [SHORTENED] : []),
  ].join(" · ");
}

const plain = (text: string) => ({ type: "text", text });
const bold = (text: string) => ({ type: "text", text, style: { bold: true } });
const textSection = (elements: readonly object[]) => ({ type: "rich_text_section", elements });
const richText = (elements: readonly object[]) => ({ type: "rich_text", elements });
/** Without markup by Slack's word; that no client finds an emoji or a mention all the same, an invisible sign breaks them. */
const plainText = (text: string, maximum: number) => ({
  type: "plain_text",
  text: cut(text.replace(/[<&@]|:(?=\S)/g, `$&${WORD_JOINER}`), maximum),
  emoji: false,
});
const section = (text: string) => ({ type: "section", text: plainText(text, SECTION) });

/** Characters that are shown; addresses count as well. */
function textLength(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, child) => sum + textLength(child), 0);
}

/** Text that is nothing but text where Slack reads its markup: https://docs.slack.dev/messaging/formatting-message-text */
function inert(text: string): string {
  return text
    .replace(/[*_~`@#]|:(?=\S)|www(?=\.)|\.(?=[a-z])/gi, `$&${WORD_JOINER}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The body of `chat.postMessage` for a short reply in a thread. */
function slackReply(text: string, { channel, ts }: Thread) {
  return { channel, thread_ts: ts, text: inert(text), blocks: [section(text)], mrkdwn: false, unfurl_links: false };
}

/**
 * The body of `chat.update` for an incident's parent: its status, as an attachment beneath what was posted.
 *
 * @param last what the last update was
 */
export function parentUpdate(thread: Thread, last: string | undefined) {
  const severity = severitiesFrom("low").find((each) => each === thread.severity) ?? "low";
  const updates = Number(thread.updates ?? 0);
  const status = [
    ...(updates === 0
      ? []
      : [[counted(updates, "update"), ...(last === undefined ? [] : [`last: ${last}`])].join(", ")]),
    `Most severe so far: ${severity}`,
    ...(thread.acknowledged === undefined ? [] : [thread.acknowledged]),
  ].join("\n");
  return {
    channel: thread.channel,
    ts: thread.ts,
    attachments: [{ color: COLORS[severity], fallback: inert(status), blocks: [section(status)] }],
    parse: "none",
    link_names: false,
  };
}

/** How Slack is called, and what its errors mean: https://docs.slack.dev/apis/web-api */

const API = "https://slack.com/api";

const NEW_TOKEN = "Install the app to the workspace again, and put its bot token (xoxb-…) into the secret.";
const NEW_WEBHOOK = "Create an incoming webhook again, and put its address into the secret.";
const REPORT = "The message does not fit Slack's rules, which is a defect of trailwarden: please report it.";
const WORKSPACE = "Ask an administrator of the workspace to let the app post to the channel.";

/** What to do about each error that trying again does not help against. */
const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found:
    'Check the setting "channel" (an id such as C0123456789), and invite the app into the channel if it is private.',
  not_in_channel: "Invite the app into the channel: type /invite and the app's name there.",
  is_archived: "Unarchive the channel, or set another one.",
  channel_is_archived: "Unarchive the channel, or create the webhook for another one.",
  invalid_auth: NEW_TOKEN,
  not_authed: NEW_TOKEN,
  token_revoked: NEW_TOKEN,
  account_inactive: NEW_TOKEN,
  token_expired: `Turn token rotation off in the app's settings. ${NEW_TOKEN}`,
  not_allowed_token_type: "The secret must hold a bot token (xoxb-…), not a user's or an app's.",
  missing_scope: "Add the scope to the app under OAuth & Permissions, and install the app again.",
  no_permission: `Invite the app into the channel, and check its scopes. ${WORKSPACE}`,
  restricted_action: WORKSPACE,
  restricted_action_read_only_channel: WORKSPACE,
  restricted_action_thread_only_channel: WORKSPACE,
  restricted_action_non_threadable_channel: WORKSPACE,
  posting_to_general_channel_denied: WORKSPACE,
  action_prohibited: WORKSPACE,
  ekm_access_denied: WORKSPACE,
  enterprise_is_restricted: WORKSPACE,
  msg_too_long: REPORT,
  msg_blocks_too_long: REPORT,
  invalid_blocks: REPORT,
  invalid_blocks_format: REPORT,
  invalid_arguments: REPORT,
  invalid_payload: REPORT,
  no_text: REPORT,
  too_many_attachments: REPORT,
  no_service: NEW_WEBHOOK,
  no_service_id: NEW_WEBHOOK,
  no_active_hooks: NEW_WEBHOOK,
  no_team: NEW_WEBHOOK,
  invalid_token: NEW_WEBHOOK,
  team_disabled: NEW_WEBHOOK,
};

const REMEDIES: Readonly<Record<number, string>> = { 300: "Redirects are not followed: check the secret." };

/** What passes by itself. */
const PASSING: ReadonlySet<string> = new Set([
  "ratelimited",
  "rate_limited",
  "message_limit_exceeded",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "org_login_required",
  "accesslimited",
  "external_channel_migrating",
  "rollup_error",
]);

class SlackRefusal extends ChannelRefusal {
  constructor(
    message: string,
    readonly slackError: string,
  ) {
    super(message);
  }
}

/** Slack's word for why it refused; undefined for any other error. */
function slackErrorOf(error: unknown): string | undefined {
  return error instanceof SlackRefusal ? error.slackError : undefined;
}

/**
 * Calls a method of the Web API with the bot's token.
 *
 * @param parameters the JSON body of a POST, the query of a GET
 * @throws ChannelUnavailable or ChannelRefusal
 */
async function callSlack(
  method: "GET" | "POST",
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  tools: SendTools,
): Promise<JsonObject> {
  const authorization = `Bearer ${tools.secret.trim()}`;
  const answer = await tools.request(
    method === "GET"
      ? {
          method,
          url: `${API}/${name}?${new URLSearchParams(parameters as Record<string, string>)}`,
          headers: { authorization },
        }
      : {
          method,
          url: `${API}/${name}`,
          headers: { authorization, "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(parameters),
        },
  );
  checkStatus(answer, tools);
  const parsed = parseJson(answer.body);
  const body = "value" in parsed ? (parsed.value as JsonObject | null) : null;
  if (typeof body?.ok !== "boolean") {
    throw new ChannelUnavailable(`Slack's answer to ${name} is not JSON with "ok"`);
  }
  if (body.ok) return body;
  const needed = typeof body.needed === "string" ? ` (needed: ${plainLine(body.needed, 100)})` : "";
  throw failure(
    name,
    withoutSecrets(String(body.error), [tools.secret.trim()]),
    needed,
    retryAfterSeconds(answer, tools.now),
  );
}

/**
 * Posts to an incoming webhook, whose errors are a word in the body: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 *
 * @throws ChannelUnavailable or ChannelRefusal
 */
async function postToWebhook(address: string, message: object, tools: SendTools): Promise<void> {
  const answer = await tools.request({
    method: "POST",
    url: address,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(message),
  });
  const word = answer.body.trim();
  const known = Object.hasOwn(REFUSALS, word) || PASSING.has(word);
  if (known && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
    throw failure("the incoming webhook", word, "", undefined);
  }
  checkStatus(answer, tools);
}

function checkStatus(answer: ChannelAnswer, { secret, now }: SendTools): void {
  const whole = secret.trim();
  // Of a webhook's address the path alone is secret, and its last part.
  const [path = ""] = /\/services\/.+$/.exec(whole) ?? [];
  const secrets = [whole, path, path.split("/").at(-1) ?? ""];
  assertAccepted(answer, { vendor: "Slack", secrets, now, remedies: REMEDIES, rateLimitSeconds: 30 });
}

function failure(name: string, word: string, detail: string, retryAfter: number | undefined): Error {
  const error = plainLine(word, 60);
  if (PASSING.has(error)) return new ChannelUnavailable(`Slack answered ${name} with ${error}`, retryAfter);
  const advice = REFUSALS[error] ?? "Slack's documentation of the method explains it.";
  return new SlackRefusal(`Slack refuses ${name}: ${error}${detail}. ${advice}`, error);
}
