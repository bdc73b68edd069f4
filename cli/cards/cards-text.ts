import type { Look, Message, Part, Run } from "./look";
import { seen } from "./seen-text";

/** Columns. */
const WIDTH = 100;
/** Columns of a table's names. */
const NAMES = 16;

/**
 * A look for the terminal: a box of at most 100 columns, without colors.
 *
 * @param most lines of each message; what is left out is counted
 */
export function lookText({ label, messages, replies }: Look, most = Number.POSITIVE_INFINITY): readonly string[] {
  const inner = WIDTH - 4;
  const all =
    messages.length === 0
      ? ["Nothing of this is sent to this channel."]
      : [
          ...messages.flatMap((message) => messageLines(message, inner, most)),
          ...replies.flatMap((reply) => messageLines(reply, inner - 4, most).map((line) => `  │ ${line}`)),
        ];
  return [
    `┌─ ${label} ${"─".repeat(Math.max(0, WIDTH - 5 - columns(label)))}┐`,
    ...all.map((line) => `│ ${line}${" ".repeat(Math.max(0, inner - columns(line)))} │`),
    `└${"─".repeat(WIDTH - 2)}┘`,
  ];
}

function messageLines({ by, parts }: Message, width: number, most: number): readonly string[] {
  const all = [`[${by}]`, ...parts.flatMap((part) => partLines(part, width))];
  const left = all.length - most;
  return left > 1 ? [...all.slice(0, most), `… ${left} more lines`] : all;
}

function partLines(part: Part, width: number): readonly string[] {
  switch (part.form) {
    case "heading":
      return wrapped(seen(part.text), width);
    case "text":
      return [...(part.gap ? [""] : []), ...textLines(part.runs.map(runText).join(""), width)];
    case "small":
      return wrapped(seen(part.text), width);
    case "code":
      return textLines(part.text, width - 4).map((line) => `    ${line}`);
    case "table":
      return part.rows.flatMap(({ name, value }) => row(seen(name), value, width));
    case "buttons":
      return part.links.flatMap(({ text, url }) => wrapped(`[ ${seen(text)} ] ${seen(url)}`, width));
    case "tags":
      return wrapped(part.tags.map(({ text }) => `(${seen(text)})`).join(" "), width);
    case "bar":
      return part.parts
        .flatMap((each) => partLines(each, width - 2))
        .filter((line) => line !== "")
        .map((line) => `▌ ${line}`);
    case "more":
      return [`▸ ${part.title}`];
    case "unknown":
      return wrapped(`can't be shown: ${seen(part.type)}`, width);
  }
}

function runText({ text, url }: Run): string {
  return url === undefined ? text : `${text}: ${url}`;
}

function row(name: string, value: string, width: number): readonly string[] {
  const first = wrapped(name, NAMES);
  const lines = textLines(value, width - NAMES - 2);
  return Array.from(
    { length: Math.max(first.length, lines.length) },
    (_, place) => `${pad(first[place] ?? "")}  ${lines[place] ?? ""}`,
  );
}

function pad(name: string): string {
  return name + " ".repeat(Math.max(0, NAMES - columns(name)));
}

function textLines(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((line) => wrapped(seen(line), width));
}

/** Breaks at spaces, and indents as the line is; a word longer than the line is cut into pieces. */
function wrapped(line: string, width: number): readonly string[] {
  const indent = (/^ */.exec(line)?.[0] ?? "").slice(0, width / 2);
  const room = width - indent.length;
  const lines: string[] = [];
  let current = "";
  for (const word of line
    .trimStart()
    .split(" ")
    .flatMap((each) => pieces(each, room))) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (columns(longer) <= room) current = longer;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current].map((each) => indent + each);
}

function pieces(word: string, width: number): readonly string[] {
  if (columns(word) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (columns(piece + character) > width) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}

/** Columns of a terminal: letters of East Asia and pictures take two. */
function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return sum;
}
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
