import { readFileSync } from "node:fs";
import { join } from "node:path";
import { consoleDomains } from "../../detection/events/partition";
import type { Look, Message, Part, Run } from "./look";
import { html, type Markup, visible } from "./markup";
import { seen } from "./seen-text";

/** Looks that belong to one notification, or to one incident. */
export interface ShownNotification {
  /** What it is, for its heading. */
  readonly title: string;
  readonly looks: readonly Look[];
}

/** The style of {@link cardsMarkup}; it needs nothing else. */
export function cardStyles(): string {
  return readFileSync(join(__dirname, "cards.css"), "utf8");
}

/** Notifications as their channels show them, one below the other. */
export function cardsMarkup(notifications: readonly ShownNotification[]): readonly Markup[] {
  return notifications.map(
    ({ title, looks }) =>
      html`<div class="notification"><h2><bdi>${seen(title)}</bdi></h2>${looksMarkup(looks)}</div>
`,
  );
}

/** One notification's cards, for a page that has its own frame around them. */
export function looksMarkup(looks: readonly Look[]): Markup {
  return html`<div class="looks">${looks.map(lookMarkup)}</div>`;
}

function lookMarkup({ type, label, messages, replies }: Look): Markup {
  const none = html`<p class="nothing">Nothing of this is sent to this channel.</p>`;
  return html`<article class="look ${CHATS.has(type) ? "chat" : "record"} ${className(type)}"><h3>${label}</h3><div class="window">${
    messages.length === 0 ? none : messages.map((message) => messageMarkup(type, message))
  }${
    replies.length === 0
      ? html``
      : html`<div class="replies"><p class="small">${replies.length === 1 ? "1 reply" : `${replies.length} replies`}</p>${replies.map((reply) => messageMarkup(type, reply))}</div>`
  }</div></article>`;
}

function messageMarkup(type: string, { by, parts }: Message): Markup {
  const sender = CHATS.has(type)
    ? html`<span class="avatar" aria-hidden="true">${by.slice(0, 1).toUpperCase()}</span><b>${by}</b> <span class="app">APP</span>`
    : html`<b>${by}</b>`;
  return html`<div class="message"><div class="by">${sender}</div><div class="parts">${parts.map(partMarkup)}</div></div>`;
}

/** Channels whose messages have a sender; the others keep records. */
const CHATS: ReadonlySet<string> = new Set(["slack", "microsoft-teams", "amazon-q"]);

function partMarkup(part: Part): Markup {
  switch (part.form) {
    case "heading":
      return html`<p class="heading tone-${part.tone}"><bdi>${seen(part.text)}</bdi></p>`;
    case "text":
      return html`<p class="text${part.gap ? " gap" : ""}">${part.runs.map(runMarkup)}</p>`;
    case "small":
      return html`<p class="small"><bdi>${seen(part.text)}</bdi></p>`;
    case "code":
      return html`<pre tabindex="0"><code>${lines(part.text)}</code></pre>`;
    case "table":
      return html`<dl>${part.rows.map(
        ({ name, value }) => html`<div><dt><bdi>${seen(name)}</bdi></dt><dd>${lines(value)}</dd></div>`,
      )}</dl>`;
    case "buttons":
      return html`<p class="buttons">${part.links.map(linkMarkup)}</p>`;
    case "tags":
      return html`<p class="tags">${part.tags.map(
        ({ text, tone }) => html`<span class="tag tone-${tone}"><bdi>${seen(text)}</bdi></span> `,
      )}</p>`;
    case "bar":
      return html`<div class="bar tone-${part.tone}">${part.parts.map(partMarkup)}</div>`;
    case "more":
      return html`<details><summary>${part.title}</summary>${part.parts.map(partMarkup)}</details>`;
    case "unknown":
      return html`<p class="unknown">can't be shown: ${visible(part.type)}</p>`;
  }
}

function runMarkup(run: Run): Markup {
  if (run.url !== undefined) return linkMarkup({ text: run.text, url: run.url });
  if (run.bold) return html`<b>${lines(run.text)}</b>`;
  return run.code ? html`<code>${lines(run.text)}</code>` : html`${lines(run.text)}`;
}

/** Where text leads anywhere but to the AWS console, its address is shown instead. */
function linkMarkup({ text, url }: { readonly text: string; readonly url: string }): Markup {
  if (!leadsToConsole(url)) return html`<span class="address"><bdi>${seen(`${text}: ${url}`)}</bdi></span> `;
  return html`<a href="${url}" rel="noopener noreferrer" target="_blank">${seen(text)}</a> `;
}

function leadsToConsole(url: string): boolean {
  const [, host = ""] = /^https:\/\/([a-z0-9.-]+)\/[A-Za-z0-9/?=#:.,;%+&_-]*$/.exec(url) ?? [];
  return consoleDomains().some((domain) => `.${host}`.endsWith(`.${domain}`));
}

/** Text whose line breaks are line breaks; each line keeps its own direction. */
function lines(text: string): readonly Markup[] {
  return text.split("\n").map((line, place) => html`${place === 0 ? "" : "\n"}<bdi>${seen(line)}</bdi>`);
}

/** A channel's type is ours; one that is not known has no look of its own. */
function className(type: string): string {
  return /^[a-z-]{1,40}$/.test(type) ? type : "other";
}
