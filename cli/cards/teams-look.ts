import type { JsonObject } from "../../detection/events/json";
import { type Part, type Run, small, type Tone, unknown } from "./look";
import { objectOf, objectsIn, shownText } from "./payload";

/** Colors of text, as they are sent. */
const TONES: Readonly<Record<string, Tone>> = { Attention: "critical", Warning: "high", Accent: "medium" };

/** What Microsoft Teams shows of an Adaptive Card: https://adaptivecards.io/explorer/ */
export function teamsParts(message: object): readonly Part[] {
  return objectsIn((message as JsonObject).attachments).flatMap(({ content }) => {
    const { type, body, actions } = objectOf(content);
    if (type !== "AdaptiveCard") return [unknown(type)];
    return [...objectsIn(body).map(element), ...buttons(objectsIn(actions))];
  });
}

function element({ type, inlines, items, spacing }: JsonObject): Part {
  if (type === "RichTextBlock") return richText(objectsIn(inlines), spacing === "Medium");
  if (type !== "Container") return unknown(type);
  const lines = objectsIn(items).map((item) => (item.type === "RichTextBlock" ? lineOf(item) : undefined));
  const strange = objectsIn(items).find((_, place) => lines[place] === undefined);
  return strange ? unknown(strange.type) : { form: "code", text: lines.join("\n") };
}

function lineOf({ inlines }: JsonObject): string {
  return objectsIn(inlines)
    .map((run) => shownText(run.text))
    .join("");
}

function richText(inlines: readonly JsonObject[], gap: boolean): Part {
  const strange = inlines.find(({ type }) => type !== "TextRun");
  if (strange) return unknown(strange.type);
  const [first] = inlines;
  if (first?.size === "Large") {
    return { form: "heading", text: lineOf({ inlines }), tone: TONES[String(first.color)] ?? "plain" };
  }
  if (first?.size === "Small") return small(lineOf({ inlines }));
  return {
    form: "text",
    runs: inlines.map((run): Run => ({ text: shownText(run.text), ...(run.weight === "Bolder" && { bold: true }) })),
    gap,
  };
}

function buttons(actions: readonly JsonObject[]): readonly Part[] {
  const strange = actions.filter(({ type }) => type !== "Action.OpenUrl").map(({ type }) => unknown(type));
  const links = actions
    .filter(({ type }) => type === "Action.OpenUrl")
    .map(({ title, url }) => ({ text: shownText(title), url: shownText(url) }));
  return [...(links.length === 0 ? [] : [{ form: "buttons", links } as const]), ...strange];
}
