import type { Severity } from "../../detection/definition/detection";
import type { Card } from "./card";
import { type Channel, ChannelRefusal } from "./channel";
import { fittingForm, SHORTENED } from "./fitting-card";
import { headlineOf, isConsoleLink, WORD_JOINER } from "./text";
import { assertAccepted } from "./vendor-answer";

/**
 * Microsoft Teams, by a workflow that begins with "When a Teams webhook request is received" and posts the card that it gets.
 *
 * Texts stand in the text runs of rich text blocks, which know no Markdown. What Adaptive Cards and Power Automate would still
 * read in them (`${…}`, `{{DATE(…)}}`, `@{…}`) is broken by an invisible character.
 *
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook,
 * https://adaptivecards.io/explorer/RichTextBlock.html, https://learn.microsoft.com/connectors/teams/#limits
 */
export const microsoftTeams: Channel = {
  type: "microsoft-teams",
  label: "Microsoft Teams",
  settings: {},
  secret:
    "the address of a Teams workflow (https://….environment.api.powerplatform.com/… or https://….logic.azure.com/…)",
  threads: false,
  permissions: () => [],
  render: (card) => message(card),

  async send(card, _thread, tools) {
    const url = workflowAddress(tools.secret);
    const answer = await tools.request({
      method: "POST",
      url,
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(message(card)),
    });
    assertAccepted(answer, {
      vendor: "Microsoft Teams",
      secrets: [tools.secret.trim(), url, signatureOf(url), rawSignatureOf(url)],
      now: tools.now,
      remedies: REMEDIES,
      rateLimitSeconds: 60,
    });
    return undefined;
  },
};

/** Teams refuses messages of about 28 KB; what the workflow adds has to find room as well. */
const BYTES = 26_000;

const COLORS: Readonly<Record<Severity, string>> = {
  critical: "Attention",
  high: "Warning",
  medium: "Accent",
  low: "Default",
};

function message(whole: Card): object {
  const made = (card: Card, shortened: boolean) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: adaptiveCard(card, shortened),
      },
    ],
  });
  return fittingForm(whole, made, (form) => Buffer.byteLength(JSON.stringify(form)) <= BYTES, {
    command: (command) => (inert(command) === command ? command : undefined),
  });
}

function adaptiveCard(card: Card, shortened: boolean): object {
  const links = card.links.filter(({ url }) => isConsoleLink(url, card));
  const elsewhere = card.links.filter(({ url }) => !isConsoleLink(url, card));
  const footer = [
    "trailwarden",
    ...card.detections,
    ...(card.incident === undefined ? [] : [`incident ${card.incident.id}`]),
    ...(shortened ? [SHORTENED] : []),
  ];
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.4",
    msteams: { width: "Full" },
    body: [
      richText([run(headlineOf(card, true), { size: "Large", weight: "Bolder", color: COLORS[card.severity] })]),
      richText([run(card.title, { weight: "Bolder" })]),
      ...card.facts.map(({ name, value }) => fact(name, value)),
      ...elsewhere.map(({ text, url }) => fact(text, url)),
      ...card.paragraphs.flatMap(({ heading, text }) => [
        richText([run(heading, { weight: "Bolder" })], "Medium"),
        ...text.split("\n").map((line) => richText([run(line)])),
      ]),
      ...card.steps.flatMap(({ text, commands }, place) => [
        richText([run(`${place + 1}. ${text}`)], "Medium"),
        ...commands.map(commandBox),
      ]),
      richText([run(footer.join(" · "), { size: "Small", isSubtle: true })], "Medium"),
    ],
    actions: links.map(({ text, url }) => ({ type: "Action.OpenUrl", title: inert(text), url })),
  };
}

function run(text: string, style: Readonly<Record<string, string | boolean>> = {}) {
  // An empty run is left out by some clients, together with its line.
  return { type: "TextRun", text: inert(text) || " ", ...style };
}

function richText(inlines: readonly object[], spacing: "None" | "Medium" = "None") {
  return { type: "RichTextBlock", spacing, inlines };
}

function fact(name: string, value: string) {
  return richText([run(`${name}: `, { weight: "Bolder" }), run(value)]);
}

function commandBox(command: string) {
  return {
    type: "Container",
    style: "emphasis",
    items: command.split("\n").map((line) => richText([run(line, { fontType: "Monospace" })])),
  };
}

/** Text in which neither Adaptive Cards nor Power Automate finds an expression. */
function inert(text: string): string {
  return text.replace(/[$@{}](?=[{}])/g, `$&${WORD_JOINER}`);
}

const NEW_ADDRESS =
  "Open the workflow in Teams, copy the address of its trigger again, and put it into the secret. If it is gone, create it anew.";

/** @throws ChannelRefusal for anything but a workflow's address */
function workflowAddress(secret: string): string {
  const text = secret.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /(^|\.)(webhook\.office\.com|outlook\.office(365)?\.com)$/.test(url.hostname)) {
    throw new ChannelRefusal(
      "The secret of the Microsoft Teams channel is the address of an Office 365 connector, which Microsoft has retired. " +
        'Create a workflow with the trigger "When a Teams webhook request is received" instead, and put its address into the secret.',
    );
  }
  const known = /\.(logic\.azure\.com|environment\.api\.powerplatform\.com)$/.test(url?.hostname ?? "");
  if (url === undefined || url.protocol !== "https:" || url.username !== "" || !known) {
    throw new ChannelRefusal(
      `The secret of the Microsoft Teams channel is not ${microsoftTeams.secret}. Put that address into the secret, without quotes or JSON.`,
    );
  }
  return url.href;
}

/** What to do about answers that trying again does not help against. */
const REMEDIES: Readonly<Record<number, string>> = {
  400: "Check in the workflow's run history what it refused, and that the workflow is turned on.",
  401: NEW_ADDRESS,
  403: NEW_ADDRESS,
  404: NEW_ADDRESS,
  410: NEW_ADDRESS,
  300: NEW_ADDRESS,
  413: "The message is too large for Teams, which is a defect of trailwarden: please report it.",
};

/** The part of the address that alone is secret. */
function signatureOf(address: string): string {
  return new URL(address).searchParams.get("sig") ?? "";
}

/** The same as it stands in the address. */
function rawSignatureOf(address: string): string {
  return /[?&]sig=([^&]+)/.exec(address)?.[1] ?? "";
}
