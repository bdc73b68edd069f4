import type { Card } from "./card";

/** A card as text of several lines, for channels that show nothing but text: what is most needed first. */
export function cardText(card: Card): string {
  const sections = [
    [card.title, ...card.facts.map(({ name, value }) => `${name}: ${value}`)],
    ...card.paragraphs.map(({ heading, text }) => [heading, text]),
    card.steps.length === 0 ? [] : ["What to do", ...card.steps.flatMap(stepLines)],
    card.links.map(({ text, url }) => `${text}: ${url}`),
    card.resources.length === 0 ? [] : ["Resources", ...card.resources],
    card.detections.length === 0 ? [] : [`Detections: ${card.detections.join(", ")}`],
  ];
  return sections
    .map((lines) => lines.filter((line) => line !== "").join("\n"))
    .filter((section) => section !== "")
    .join("\n\n");
}

function stepLines(step: Card["steps"][number], index: number): readonly string[] {
  return [`${index + 1}. ${step.text}`, ...step.commands];
}
