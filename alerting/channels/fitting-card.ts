import { partitionOf } from "../../detection/events/partition";
import type { Card } from "./card";
import { isPlainCommand, plainLine, plainLines } from "./text";

/** How long a text or command may be, and how many facts, paragraphs and steps there may be, from generous to meager. */
const SIZES = [
  { text: 2_000, command: 2_000, items: 60 },
  { text: 1_000, command: 1_000, items: 40 },
  { text: 400, command: 600, items: 25 },
  { text: 150, command: 300, items: 12 },
  { text: 80, command: 0, items: 5 },
] as const;
type Size = (typeof SIZES)[number];

const HEADLINE = 150;
const NAME = 80;
/** Vendors refuse empty texts. */
const NOTHING = "–";
const LINKS = 3;
const URL = 500;
const DETECTIONS = 10;
const COMMANDS = 5;

/** What a message says where something was left out of it. */
export const SHORTENED = "Shortened to fit here. The e-mail has all of it.";

/**
 * The card without anything hidden in its texts, which are one line each but paragraphs, as long as fits: cut step by step until it does. Commands
 * are kept whole or left out.
 *
 * @param fits whether a message made from the card is within the vendor's limits
 * @param showable whether a command can be shown in the vendor's form as it is
 */
export function fittingCard(
  card: Card,
  fits: (card: Card, shortened: boolean) => boolean,
  showable: (command: string) => boolean = () => true,
): { readonly card: Card; readonly shortened: boolean } {
  for (const size of SIZES) {
    const cut = cutTo(card, size, showable);
    if (fits(cut.card, cut.shortened) || size === SIZES.at(-1)) return cut;
  }
  throw new Error("unreachable: the last size is taken whether or not it fits");
}

function cutTo(card: Card, size: Size, showable: (command: string) => boolean) {
  let shortened = false;
  const noted = (plain: string, text: string) => {
    if (plain.endsWith("…") && !text.trimEnd().endsWith("…")) shortened = true;
    return plain || NOTHING;
  };
  const line = (text: string, maximum: number) => noted(plainLine(text, maximum), text);
  const first = <Item>(items: readonly Item[], maximum: number) => {
    if (items.length > maximum) shortened = true;
    return items.slice(0, maximum);
  };
  const whole = (commands: readonly string[]) => {
    const given = commands.filter((command) => command.trim() !== "");
    const kept = given.filter((command) => isPlainCommand(command, size.command) && showable(command));
    if (kept.length < given.length) shortened = true;
    return kept;
  };

  const cut: Card = {
    ...card,
    headline: line(card.headline, HEADLINE),
    title: line(card.title, Math.min(HEADLINE, size.text)),
    facts: first(card.facts, size.items).map(({ name, value }) => ({
      name: line(name, NAME),
      value: line(value, size.text),
    })),
    paragraphs: first(card.paragraphs, size.items).map(({ heading, text }) => ({
      heading: line(heading, NAME),
      text: noted(plainLines(text, size.text), text),
    })),
    steps: first(card.steps, size.items).map(({ text, commands }) => ({
      text: line(text, size.text),
      commands: whole(first(commands, COMMANDS)),
    })),
    links: first(card.links, LINKS).map(({ text, url }) => ({ text: line(text, NAME), url: plainLine(url, URL) })),
    detections: first(card.detections, DETECTIONS).map((id) => line(id, NAME)),
    account: {
      id: line(card.account.id, NAME),
      ...(card.account.name === undefined ? {} : { name: line(card.account.name, NAME) }),
    },
    region: line(card.region, NAME),
  };
  return { card: cut, shortened };
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

/**
 * `Critical: CreateAccessKey succeeded by ann in prod`; of an update that stands alone, after `Update 3 of incident …: `. What opens
 * an incident or is more severe than all before has no such mark, as in an e-mail's subject.
 */
export function headlineOf(card: Card, standsAlone: boolean): string {
  const headline = card.kind === "digest" ? card.headline : `${SEVERITY_LABELS[card.severity]}: ${card.headline}`;
  const { incident } = card;
  if (!standsAlone || incident?.role !== "update" || incident.number === undefined) return headline;
  return `Update ${incident.number} of incident ${incident.id}: ${headline}`;
}
