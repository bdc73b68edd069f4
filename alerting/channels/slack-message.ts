import { type Severity, severitiesFrom } from "../../detection/definition/detection";
import { counted, cut } from "../../detection/events/text";
import type { Card } from "./card";
import type { Thread } from "./channel";
import { fittingCard, headlineOf, isConsoleLink, SHORTENED } from "./fitting-card";
import { WORD_JOINER } from "./text";

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
export function slackMessage(whole: Card, thread: Thread | undefined) {
  const { card, shortened } = fittingCard(
    whole,
    (cutCard, left) => textLength(blocks(cutCard, left, thread)) <= BLOCKS,
  );
  return {
    text: inert(headlineOf(card, thread === undefined)),
    blocks: blocks(card, shortened, thread),
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
  const paragraphs = card.paragraphs.map(({ heading, text }) => textSection([bold(`${heading}: `), plain(text)]));
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
    .replace(/[*_~`@#]|:(?=\S)|www(?=\.)/gi, `$&${WORD_JOINER}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The body of `chat.postMessage` for a short reply in a thread. */
export function slackReply(text: string, { channel, ts }: Thread) {
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
