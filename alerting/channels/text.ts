import { partitionOf } from "../../detection/events/partition";
import { cut } from "../../detection/events/text";
import type { Card } from "./card";

/** What is not seen or disguises what is: controls, direction overrides, zero-width signs, halves of a surrogate pair, private use. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;
const HIDDEN_OR_SPACE = new RegExp(`(?:${HIDDEN.source}|\\s)+`, "gu");
/** Invisible, and keeps what stands before and after it from being read together. */
export const WORD_JOINER = "\u2060";

/**
 * Text from a record on one line, without anything hidden. Lengths are in UTF-16 code units: no vendor counts more.
 *
 * @param maximum length beyond which the text is cut and ends in `…`
 */
export function plainLine(text: string, maximum: number): string {
  return cut(
    text
      .slice(0, 4 * maximum)
      .replace(HIDDEN_OR_SPACE, " ")
      .trim(),
    maximum,
  );
}

/** The same of several lines: their ends stay, and nothing else hidden. */
export function plainLines(text: string, maximum: number): string {
  const lines = text.slice(0, 4 * maximum).split(/\r\n|[\n\r\u2028\u2029]/);
  return cut(
    lines
      .map((line) => plainLine(line, maximum))
      .join("\n")
      .trim(),
    maximum,
  );
}

/** Whether the command can be shown as it is: shortened or cleaned, it would do something else. */
export function isPlainCommand(command: string, maximum: number): boolean {
  return command.length <= maximum && !HIDDEN.test(command.replace(/[\n\t]/g, ""));
}

/** Text in which no address is a link: `https[:]//example.com`, `www[.]example.com`. */
export function withoutLinks(text: string): string {
  return text.replace(/:\/\//g, "[:]//").replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}[.]`);
}

/** Whether the address may be a link at a vendor that shows addresses as they are. */
export function isHttps(url: string): boolean {
  return /^https:\/\/[!-~]+$/.test(url) && URL.canParse(url);
}

/**
 * Whether a card's link leads into the console of its partition, and holds nothing that any vendor reads as markup. All others are
 * shown as text: a card's links are trailwarden's own, so they come from a record, or say in words where there is no console.
 */
export function isConsoleLink(url: string, { region }: Card): boolean {
  const { console } = partitionOf(region);
  const [, host = ""] = /^https:\/\/([a-z0-9.-]+)\/[A-Za-z0-9/?=#:.,;%+-]*$/.exec(url) ?? [];
  return console !== undefined && `.${host}`.endsWith(`.${console}`);
}

const SEVERITY_LABELS = { critical: "Critical", high: "High", medium: "Medium", low: "Low" } as const;
/** Whose headline says by itself how urgent it is: `ALARM: …`, `OK: …`. */
const UNGRADED: ReadonlySet<Card["kind"]> = new Set(["digest", "alarm"]);

/**
 * `Critical: CreateAccessKey succeeded by ann in prod`; of an update that stands alone, after `Update 3 of incident …: `. What opens
 * an incident or is more severe than all before has no such mark, as in an e-mail's subject.
 */
export function headlineOf(card: Card, standsAlone: boolean): string {
  const headline = UNGRADED.has(card.kind) ? card.headline : `${SEVERITY_LABELS[card.severity]}: ${card.headline}`;
  const { incident } = card;
  if (!standsAlone || incident?.role !== "update" || incident.number === undefined) return headline;
  return `Update ${incident.number} of incident ${incident.id}: ${headline}`;
}

/** `Update 3: ` before the third alert of an incident, as in e-mails, where it has a number; nothing before a first alert or a rise. */
export function updateInWords({ kind, incident }: Card): string {
  if (kind !== "alert" || incident?.role !== "update") return "";
  return incident.number === undefined ? "Update: " : `Update ${incident.number}: `;
}

/** `prod (111122223333)`, or the id alone. */
export function accountInWords({ id, name }: Card["account"]): string {
  return name === undefined || name === "" ? id : `${name} (${id})`;
}

/** A card as text of several lines, for channels that show nothing but text: what is most needed first. */
export function cardText(card: Card): string {
  const sections = [
    [card.title, ...card.facts.map(({ name, value }) => `${name}: ${value}`)],
    ...card.paragraphs.map(({ heading, text }) => [heading, text]),
    card.steps.length === 0 ? [] : ["What to do", ...card.steps.flatMap(stepLines)],
    card.links.filter(({ url }) => isHttps(url)).map(({ text, url }) => `${text}: ${url}`),
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
