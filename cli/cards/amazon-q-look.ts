import type { JsonObject } from "../../detection/events/json";
import { apart, type Part, type Run, text, unknown } from "./look";
import { objectOf, shownText, textsIn } from "./payload";

/** What Amazon Q Developer posts of a custom notification: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
export function amazonQParts(message: object): readonly Part[] {
  const { content, metadata } = message as JsonObject;
  const { textType, title, description, nextSteps, keywords } = objectOf(content);
  if (textType !== "client-markdown") return [unknown(textType)];
  const resources = textsIn(objectOf(metadata).relatedResources);
  return [
    { form: "heading", text: shownText(title), tone: "plain" },
    text(...runs(shownText(description))),
    ...list("Next steps", textsIn(nextSteps)),
    ...list("Related resources", resources),
    { form: "tags", tags: textsIn(keywords).map((word) => ({ text: word, tone: "plain" })) },
  ];
}

function list(heading: string, lines: readonly string[]): readonly Part[] {
  if (lines.length === 0) return [];
  return [apart({ text: heading, bold: true }), text(...runs(lines.map((line) => `• ${line}`).join("\n")))];
}

/** Code spans, and what is between them; the renderer writes no other markup. */
function runs(markdown: string): readonly Run[] {
  return markdown
    .split("`")
    .map((piece, place): Run => ({ text: piece, ...(place % 2 === 1 && { code: true }) }))
    .filter((run) => run.text !== "");
}
