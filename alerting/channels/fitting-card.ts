import type { Card } from "./card";
import { isPlainCommand, plainLine, plainLines } from "./text";

/** How long a text or command may be, in UTF-16 units, and how many items a list may have, from generous to meager. */
const SIZES = [
  { text: 8_000, command: 8_000, items: 60 },
  { text: 3_000, command: 2_000, items: 60 },
  { text: 1_000, command: 1_000, items: 40 },
  { text: 700, command: 800, items: 40 },
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

/** What a message says where something was left out of it. */
export const SHORTENED = "Shortened to fit here. The e-mail has all of it.";

/** How a channel shows what stands in a card. */
export interface Showing {
  /** Text in which the vendor finds no markup and no link; absent where the channel sees to it later. */
  readonly text?: (text: string) => string;
  /** A command as it is shown, which must be to a shell what it was; undefined where it can't be. Absent: as it is. */
  readonly command?: (command: string) => string | undefined;
}

/**
 * The form that a channel sends of a card, with as much of the card as fits: every text is cut and every list shortened, step by step.
 *
 * What `make` gets is free of what hides or reorders text: control characters, direction overrides, invisible characters, halves of
 * characters. Its texts are one line each, but paragraphs; none that is listed is empty. Commands are whole or left out: cut or
 * cleaned they would do something else.
 *
 * @param make the form of a cut card; `shortened`: whether anything of the card is missing
 * @param fits whether the form is within the vendor's limits
 * @returns the smallest form if even that one is too large; the caller cuts it
 */
export function fittingForm<Form>(
  card: Card,
  make: (card: Card, shortened: boolean) => Form,
  fits: (form: Form) => boolean,
  showing: Showing = {},
): Form {
  let form = made(card, SIZES[0], make, showing);
  for (const size of SIZES.slice(1)) {
    if (fits(form)) break;
    form = made(card, size, make, showing);
  }
  return form;
}

/** A card's headline alone, as `fittingForm` has it. */
export function fittingHeadline({ headline, title }: Card, maximum: number, { text = asItIs }: Showing = {}): string {
  const length = Math.min(HEADLINE, maximum);
  const [first, second] = [headline, title].map((line) => plainLine(text(plainLine(line, length)), length));
  return first || second || "";
}

const asItIs = (text: string) => text;

function made<Form>(card: Card, size: Size, make: (card: Card, shortened: boolean) => Form, showing: Showing): Form {
  const { text: shown = asItIs, command: shownCommand = asItIs } = showing;
  let shortened = false;
  const noted = (plain: string, text: string) => {
    if (plain.endsWith("…") && !text.trimEnd().endsWith("…")) shortened = true;
    return plain;
  };
  const maybeLine = (text: string, maximum: number) => noted(plainLine(shown(plainLine(text, maximum)), maximum), text);
  const line = (text: string, maximum: number) => maybeLine(text, maximum) || NOTHING;
  const lines = (text: string, maximum: number) =>
    noted(plainLines(shown(plainLines(text, maximum)), maximum), text) || NOTHING;
  const first = <Item>(items: readonly Item[], maximum: number) => {
    if (items.length > maximum) shortened = true;
    return items.slice(0, maximum);
  };
  const whole = (commands: readonly string[]) => {
    const given = commands.filter((command) => command.trim() !== "");
    const kept = first(given, size.items).flatMap((command) => {
      const made = isPlainCommand(command, size.command) ? shownCommand(command) : undefined;
      return made === undefined || made.length > size.command ? [] : [made];
    });
    if (kept.length < given.length) shortened = true;
    return kept;
  };

  const name = Math.min(NAME, size.text);
  const cut: Card = {
    ...card,
    headline: line(card.headline, HEADLINE),
    title: line(card.title, Math.min(HEADLINE, size.text)),
    facts: first(card.facts, size.items).map((fact) => ({
      name: line(fact.name, name),
      value: line(fact.value, size.text),
    })),
    paragraphs: first(card.paragraphs, size.items).map(({ heading, text }) => ({
      heading: line(heading, name),
      text: lines(text, size.text),
    })),
    steps: first(card.steps, size.items).map(({ text, commands }) => ({
      text: line(text, size.text),
      commands: whole(commands),
    })),
    links: first(card.links, LINKS).map(({ text, url }) => ({ text: line(text, name), url: plainLine(url, URL) })),
    detections: first(card.detections, DETECTIONS).map((id) => line(id, name)),
    account: {
      id: maybeLine(card.account.id, name),
      ...(card.account.name === undefined ? {} : { name: maybeLine(card.account.name, name) }),
    },
    region: maybeLine(card.region, name),
    ...(card.actor === undefined ? {} : { actor: maybeLine(card.actor, HEADLINE) }),
    resources: first(card.resources, size.items).map((arn) => line(arn, size.text)),
  };
  return make(cut, shortened);
}
