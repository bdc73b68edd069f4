import { SEVERITIES } from "../../detection/definition/detection";
import { cut } from "../../detection/events/text";
import type { Card } from "./card";
import { isPlainCommand, plainLine, plainLines } from "./text";

/** How much of a card a channel has room for. */
export interface Room {
  /** UTF-16 units per text, which vendors count as characters at most. */
  readonly text: number;
  /** Items per list; what is left out is counted in a last item. */
  readonly items: number;
}

const MOST: Room = { text: 8_000, items: 50 };
/** From much to little: a form that has a limit takes the first with which it keeps to it. */
const LESS: readonly Room[] = [
  { text: 4_000, items: 50 },
  { text: 2_000, items: 50 },
  { text: 1_000, items: 50 },
  { text: 500, items: 40 },
  { text: 250, items: 30 },
  { text: 120, items: 20 },
  { text: 60, items: 10 },
];

/** What a channel does with texts so that nothing in them is markup or a link. */
export interface Neutralizer {
  readonly text: (text: string) => string;
  /** Of commands, which must stay what a shell runs. */
  readonly command: (text: string) => string;
}

/** For channels that show text as it is. */
export const AS_IT_IS: Neutralizer = { text: (text) => text, command: (text) => text };

/**
 * Makes a form of a card that keeps to a limit: with as much of the card as there is room for.
 *
 * @returns the form with the least room if even that one is too large; the caller cuts it
 */
export function fitting<T>(make: (room: Room) => T, fits: (form: T) => boolean): T {
  let form = make(MOST);
  for (const room of LESS) {
    if (fits(form)) break;
    form = make(room);
  }
  return form;
}

/**
 * The card with every text cut to the room there is and free of what hides or reorders text: control characters, direction
 * overrides, invisible characters and half characters. Facts, steps and names are one line each; paragraphs may have several.
 * Commands are whole or left out: cut or cleaned they would do something else.
 */
export function plainCard(card: Card, room: Room, neutralizer: Neutralizer = AS_IT_IS): Card {
  const line = (text: string): string => cut(neutralizer.text(plainLine(text, room.text)), room.text);
  const lines = (text: string): string => cut(neutralizer.text(plainLines(text, room.text)), room.text);
  const command = (text: string): string => {
    if (!isPlainCommand(text, room.text)) return LEFT_OUT;
    const neutral = neutralizer.command(text);
    return neutral.length <= room.text ? neutral : LEFT_OUT;
  };
  const some = <T>(list: readonly T[], more: (left: number) => T): readonly T[] =>
    list.length <= room.items ? list : [...list.slice(0, room.items - 1), more(list.length - room.items + 1)];
  return {
    ...card,
    headline: line(card.headline),
    title: line(card.title),
    facts: some(card.facts, (left) => ({ name: "More", value: `${left} more` })).map(({ name, value }) => ({
      name: line(name),
      value: line(value),
    })),
    paragraphs: some(card.paragraphs, (left) => ({ heading: "More", text: `${left} more` })).map((paragraph) => ({
      heading: line(paragraph.heading),
      text: lines(paragraph.text),
    })),
    steps: some(card.steps, (left) => ({ text: `${left} more steps`, commands: [] })).map((step) => ({
      text: line(step.text),
      commands: some(step.commands, (left) => `# ${left} more commands`).map(command),
    })),
    links: card.links
      .filter(({ url }) => isHttps(url) && url.length <= MAXIMUM_URL)
      .slice(0, room.items)
      .map(({ text, url }) => ({ text: line(text), url })),
    detections: some(card.detections, (left) => `${left} more`).map(line),
    account: {
      id: line(card.account.id),
      ...(card.account.name === undefined ? {} : { name: line(card.account.name) }),
    },
    region: line(card.region),
    ...(card.actor === undefined ? {} : { actor: line(card.actor) }),
    resources: some(card.resources, (left) => `${left} more`).map(line),
  };
}

const MAXIMUM_URL = 2_048;
const LEFT_OUT = "# A command is left out here: see the e-mail.";

function isHttps(url: string): boolean {
  return /^https:\/\/[!-~]+$/.test(url) && URL.canParse(url);
}

/** `prod (111122223333)`, or the id alone. */
export function accountInWords({ id, name }: Card["account"]): string {
  return name === undefined || name === "" ? id : `${name} (${id})`;
}

/** Text in which no address is a link: `https[:]//example.com`, `www[.]example.com`. */
export function withoutLinks(text: string): string {
  return text.replace(/:\/\//g, "[:]//").replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}[.]`);
}

/** `Rises to critical: ` before what alerts anew by its severity, `Now succeeded: ` by its outcome; nothing before anything else. */
export function riseInWords({ severity, incident }: Card): string {
  if (incident?.role !== "rises") return "";
  return incident.nowSucceeded ? "Now succeeded: " : `Rises to ${severity}: `;
}

/** The name of a rise in its incident: for each severity there is one by severity and one by outcome. */
export function riseName({ severity, incident }: Card): string {
  return incident?.nowSucceeded ? `${severity}-succeeded` : severity;
}

/** Every `riseName` that there can be, the most severe first. */
export const RISE_NAMES: readonly string[] = SEVERITIES.slice(0, -1).flatMap((severity) => [
  severity,
  `${severity}-succeeded`,
]);

/** `Update 3: ` before the third alert of an incident, as in e-mails, where it has a number; nothing before a first alert or a rise. */
export function updateInWords({ kind, incident }: Card): string {
  if (kind !== "alert" || incident?.role !== "update") return "";
  return incident.number === undefined ? "Update: " : `Update ${incident.number}: `;
}

/** A CloudWatch alarm's name, by which its end is known to belong to its beginning; undefined of other cards. */
export function alarmName({ kind, facts }: Card): string | undefined {
  return kind === "alarm" ? facts.find(({ name }) => name === "Alarm")?.value : undefined;
}

/** Whether the card says that an alarm is over. */
export function isAlarmOver({ kind, facts }: Card): boolean {
  return kind === "alarm" && facts.some(({ name, value }) => name === "State" && value === "OK");
}

/** Id of the event of EventBridge's short alert, and of the alert that follows it; undefined of other cards. */
export function urgentEventId({ kind, facts, notification }: Card): string | undefined {
  if (kind === "urgent") return facts.find(({ name }) => name === "Event")?.value;
  return notification?.kind === "alert" && notification.followsUrgent ? notification.event.id : undefined;
}
