import { cut } from "../../detection/events/text";
import type { Card } from "./card";
import type { Channel } from "./channel";
import { fittingForm, SHORTENED } from "./fitting-card";
import { headlineOf, isConsoleLink, WORD_JOINER } from "./text";

/**
 * Amazon Q Developer in chat applications, which posts what is published to its topic into Slack or Microsoft Teams: no token
 * of ours. The schema: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 *
 * Amazon Q Developer renders the text as the Markdown of whichever chat it posts to. So texts hold no sign that either of them
 * reads: signs of markup become others of the same look, and values stand in code spans, where they can be copied.
 *
 * To acknowledge, a custom action of the channel invokes the notifier with
 * `{"trailwarden": "acknowledge", "incident": "<id>", "by": "<who>"}`. The action takes the incident's id from the
 * notification's `metadata.additionalContext.incident`. Who clicked is unknown to AWS Lambda, so `by` says which chat it was.
 */
export const amazonQ: Channel = {
  type: "amazon-q",
  label: "Amazon Q Developer",
  settings: {},
  secret: undefined,
  // Amazon Q Developer makes the threads itself, by `threadId`, where the channel's preferences allow it.
  threads: false,
  // The topic belongs to the construct, and so does the permission to publish to it.
  permissions: () => [],
  render: (card) => customNotification(card),

  async send(card, _thread, tools) {
    await tools.publishToChatTopic(JSON.stringify(customNotification(card)));
    return undefined;
  },
};

/** AWS's limits of the schema. */
const TITLE = 250;
const DESCRIPTION = 8_000;
/** AWS gives no limit for a step: short enough to be read, long enough for a command. */
const NEXT_STEP = 500;
const COMMAND = NEXT_STEP - 2;
const KEYWORD = 75;
const RESOURCE = 256;
const RESOURCES = 10;

function customNotification(whole: Card): object {
  return fittingForm(whole, notificationOf, ({ content }) => content.description.length <= DESCRIPTION, {
    command: (command) => (isShowable(command) && command.length <= COMMAND ? command : undefined),
  });
}

function notificationOf(card: Card, shortened: boolean) {
  const headline = inertWithin(headlineOf(card, true), TITLE);
  const steps = nextSteps(card);
  const resources = card.resources.filter(isShowableArn).slice(0, RESOURCES);
  return {
    version: "1.0",
    source: "custom",
    id: card.notificationId,
    content: {
      textType: "client-markdown",
      title: headline,
      description: description(card, shortened),
      ...(steps.length === 0 ? {} : { nextSteps: steps }),
      keywords: [card.severity, card.account.name || card.account.id, ...card.detections]
        .filter((word) => word !== "")
        .map((word) => inertWithin(word, KEYWORD)),
    },
    metadata: {
      ...(card.incident === undefined ? {} : { threadId: card.incident.id }),
      summary: headline,
      eventType: card.detections[0] ?? card.kind,
      ...(resources.length === 0 ? {} : { relatedResources: resources }),
      additionalContext: {
        severity: card.severity,
        account: card.account.id,
        region: card.region,
        ...(card.incident === undefined ? {} : { incident: card.incident.id }),
      },
    },
  };
}

function description(card: Card, shortened: boolean): string {
  return [
    inert(card.title),
    ...card.facts.map(({ name, value }) => `${inert(name)}: ${code(value)}`),
    ...card.links.map(({ text, url }) => `${inert(text)}: ${isConsoleLink(url, card) ? url : inert(url)}`),
    ...card.paragraphs.flatMap(({ heading, text }) => ["", inert(heading), ...text.split("\n").map(inert)]),
    ...(shortened ? ["", SHORTENED] : []),
  ].join("\n");
}

/** One per step and one per command, so that a command is alone on its line. */
function nextSteps(card: Card): readonly string[] {
  return card.steps.flatMap(({ text, commands }) => [inertWithin(text, NEXT_STEP), ...commands.map(code)]);
}

/** Signs that Slack's or Teams' markup reads, and others that look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  "<": "‹",
  ">": "›",
  "&": "＆",
  "`": "‵",
  "*": "∗",
  "~": "∼",
  "[": "［",
  "]": "］",
  "#": "＃",
  "|": "｜",
  "@": "＠",
  "\\": "＼",
  "!": "！",
  _: "＿",
};

/** Text without anything that either chat reads as markup, a mention, an emoji, a list or a link. */
function inert(text: string): string {
  return text
    .replace(/[<>&`*~[\]#|@\\!]/g, (sign) => LOOKALIKES[sign] ?? sign)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "＿")
    .replace(/:(?=\S)|www(?=\.)|\.(?=[a-z])/gi, `$&${WORD_JOINER}`)
    .replace(/^([-+=]|\d+[.)])(?=\s|[-=]|$)/, `${WORD_JOINER}$1`);
}

/** The same within a length: cut before it is changed, which at most doubles it. */
function inertWithin(text: string, maximum: number): string {
  const changed = inert(cut(text, maximum));
  return changed.length <= maximum ? changed : inert(cut(text, Math.floor(maximum / 2) - 1));
}

/** Text as code, where only these four signs mean anything. */
function code(text: string): string {
  return `\`${text.replace(/[<>&`]/g, (sign) => LOOKALIKES[sign] ?? sign)}\``;
}

/** Whether a command stands in a code span unchanged. */
function isShowable(text: string): boolean {
  return !/[<>&`\n]/.test(text);
}

/** ARNs that mean nothing to either chat's markup; others are left out, as a changed ARN is the ARN of nothing. */
function isShowableArn(arn: string): boolean {
  const unchanged = inert(arn).replaceAll(`:${WORD_JOINER}`, ":").replaceAll(`.${WORD_JOINER}`, ".") === arn;
  return arn.length <= RESOURCE && /^arn:(?!.*:\/\/)[\w:/.+=,-]+$/.test(arn) && unchanged;
}
