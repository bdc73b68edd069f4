import type { JsonObject } from "../../detection/events/json";
import { apart, type Part, type Run, small, type Tone, text, unknown } from "./look";
import { objectOf, objectsIn, shownText } from "./payload";

/** Colors of attachments, as they are sent. */
const TONES: Readonly<Record<string, Tone>> = {
  "#b60205": "critical",
  "#d9730d": "high",
  "#dbab09": "medium",
  "#6a737d": "low",
};

/** What Slack shows of a message's blocks and attachments: https://docs.slack.dev/reference/block-kit/blocks */
export function slackParts(message: object): readonly Part[] {
  const { blocks, attachments } = message as JsonObject;
  return [
    ...objectsIn(blocks).flatMap(block),
    ...objectsIn(attachments).map(
      ({ color, blocks }): Part => ({
        form: "bar",
        tone: TONES[String(color)] ?? "plain",
        parts: objectsIn(blocks).flatMap(block),
      }),
    ),
  ];
}

function block({ type, text: its, elements }: JsonObject): readonly Part[] {
  switch (type) {
    case "header":
      return [plain(its, (line) => ({ form: "heading", text: line, tone: "plain" }))];
    case "section":
      return [plain(its, (line) => apart({ text: line }))];
    case "context":
      return objectsIn(elements).map((element) => plain(element, small));
    case "rich_text":
      return objectsIn(elements).map(richText);
    default:
      return [unknown(type)];
  }
}

function plain(value: unknown, part: (line: string) => Part): Part {
  const { type, text: line } = objectOf(value);
  return type === "plain_text" ? part(shownText(line)) : unknown(type);
}

function richText({ type, elements }: JsonObject): Part {
  const runs = objectsIn(elements).map(runOf);
  const strange = objectsIn(elements).find((_, place) => runs[place] === undefined);
  if (strange) return unknown(strange.type);
  const known = runs.filter((run) => run !== undefined);
  if (type === "rich_text_section") return text(...known);
  if (type === "rich_text_preformatted") return { form: "code", text: known.map((run) => run.text).join("") };
  return unknown(type);
}

function runOf({ type, text: its, url, style }: JsonObject): Run | undefined {
  const bold = objectOf(style).bold === true;
  if (type === "text") return { text: shownText(its), ...(bold && { bold }) };
  if (type === "link") return { text: shownText(its), url: shownText(url) };
  return undefined;
}
