import { severitiesFrom } from "../../detection/definition/detection";
import type { JsonObject } from "../../detection/events/json";
import type { Acknowledgement } from "../incidents/incident";
import type { Card } from "./card";
import type { Channel, SendTools, Thread } from "./channel";
import { ChannelRefusal } from "./channel";
import { headlineOf } from "./fitting-card";
import { callSlack, postToWebhook, slackErrorOf } from "./slack-api";
import { parentUpdate, slackMessage, slackReply } from "./slack-message";
import { plainLine } from "./text";

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
    if (posted.parent) {
      return { channel: posted.channel, ts: posted.ts, severity: card.severity, updates: String(updatesUntil(card)) };
    }
    const status = statusAfter(card, thread ?? {});
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
    await updateParent({ ...thread, acknowledged: text }, undefined, tools).catch(() => undefined);
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

/** How many updates the incident's first alert has had with this one. */
function updatesUntil({ incident }: Card): number {
  return Math.max(0, (incident?.number ?? 1) - 1);
}

/** The thread after one more message: its severity only rises, its count only grows. */
function statusAfter(card: Card, thread: Thread): Thread {
  const before = severitiesFrom("low").find((severity) => severity === thread.severity) ?? card.severity;
  return {
    ...thread,
    severity: severitiesFrom(before).includes(card.severity) ? card.severity : before,
    updates: String(Math.max(updatesUntil(card), Number(thread.updates ?? 0))),
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
