/**
 * What chats find in text, read as leniently as any of their clients does: what is not found here, none of them acts upon.
 *
 * https://docs.slack.dev/messaging/formatting-message-text, https://spec.commonmark.org
 */

/** In any text that Slack gets, whatever it is said to be. */
const EVERYWHERE_IN_SLACK: Readonly<Record<string, RegExp>> = {
  "control sequence": /<[@#!a-z][^>]*>?/gi,
  mention: /@(?:here|channel|everyone)\b/gi,
  emoji: /:[a-z0-9_+'-]+:/gi,
};

const SLACK_MRKDWN: Readonly<Record<string, RegExp>> = {
  ...EVERYWHERE_IN_SLACK,
  angle: /[<>]/g,
  ampersand: /&(?!(?:amp|lt|gt);)/g,
  bold: /\*[^*\s\u2060]/g,
  italic: /(?<!\w)_[^_\s\u2060]/g,
  strike: /~[^~\s\u2060]/g,
  code: /`(?!\u2060)/g,
  link: /https?:\/\/\S+|www\.\S+|mailto:[^\s\u2060]/gi,
};

const COMMON_MARK: Readonly<Record<string, RegExp>> = {
  "link or image": /\[[^\]]*\]\s*[([:]/g,
  html: /<[a-z/!?][^>]*>?/gi,
  entity: /&(?:#\d+|#x[\da-f]+|\w+);/gi,
  code: /`/g,
  emphasis: /[*~]/g,
  underscore: /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
  heading: /^#{1,6}(?:\s|$)/gm,
  list: /^(?:[-+*]|\d+[.)])\s/gm,
  rule: /^(?:[-=]{2,}|[-=])\s*$/gm,
  quote: /^>/gm,
  escape: /\\/g,
};

function found(text: string, constructs: Readonly<Record<string, RegExp>>): readonly string[] {
  return Object.entries(constructs).flatMap(([name, construct]) =>
    [...text.matchAll(construct)].map(([match]) => `${name}: ${match}`),
  );
}

/** Constructs of Slack's markup in a text that is read as such. */
export function slackMarkup(text: string): readonly string[] {
  return found(text, SLACK_MRKDWN);
}

/** What Slack might act upon in a `plain_text`, if it did not take it for plain. */
export function slackSequences(text: string): readonly string[] {
  return found(text, EVERYWHERE_IN_SLACK);
}

/** Constructs of Slack's markup or Markdown in text that may end up in either, but code spans; in those, what would end them or be read all the same. */
export function chatMarkup(text: string, ownLinks: readonly string[]): readonly string[] {
  const withoutOwn = [...ownLinks]
    .sort((one, other) => other.length - one.length)
    .reduce((rest, link) => rest.replaceAll(link, "link"), text);
  return withoutOwn.split("\n").flatMap((line) => {
    const parts = line.split("`");
    if (parts.length % 2 === 0) return [`open code: ${line}`];
    const outside = parts.filter((_, place) => place % 2 === 0).join("code");
    const inside = parts.filter((_, place) => place % 2 === 1);
    return [
      ...found(outside, SLACK_MRKDWN),
      ...found(outside, COMMON_MARK),
      ...inside.flatMap((code) => [
        ...found(code, { "control in code": /[<>&]/g }),
        ...(code === "" ? ["empty code"] : []),
      ]),
    ];
  });
}

/** Expressions of Adaptive Cards' templates and text functions, and of Power Automate. */
export function cardExpressions(text: string): readonly string[] {
  return found(text, {
    template: /\$\{/g,
    "text function": /\{\{|\}\}/g,
    expression: /@\{/g,
  });
}
