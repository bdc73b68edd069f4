import { writeFileSync } from "node:fs";
import type { Card } from "../../alerting/channels/card";
import { cardOf } from "../../alerting/channels/card-of";
import { CHANNELS } from "../../alerting/channels/channels";
import type { Notification } from "../../alerting/notification/notification";
import { SEVERITIES } from "../../detection/definition/detection";
import { counted } from "../../detection/events/text";
import type { ShownNotification } from "../cards/cards-html";
import { cardsPage } from "../cards/cards-page";
import { lookText } from "../cards/cards-text";
import { lookOf } from "../cards/look-of";
import { CommandError } from "../command/command-error";
import type { Report } from "./report";

/** Lines of a card, and of each message of a thread. */
const SHORT = 12;
const SHORTER = 6;
/** Notifications on the page, and messages of one incident. */
const MOST = 10;
const MOST_OF_INCIDENT = 6;

/** Cards of one notification, or of one incident. */
type Group = readonly [Card, ...Card[]];

/**
 * Shows what the channels would show of the most severe alert and of an incident, and writes a page with the cards of some
 * notifications in every kind of channel.
 *
 * @throws CommandError when the page can't be written
 */
export function showChannels(notifications: readonly Notification[], report: Report, path: string): void {
  report.heading("5  As channels show it", "   alerts topic → channel queue → notifier → each channel");
  const groups = groupsOf(notifications);
  const [first] = groups.filter(([{ kind }]) => kind === "alert");
  if (first === undefined) {
    report.line("   No alert, so there is nothing to show.");
    return;
  }
  for (const channel of CHANNELS) lines(report, lookText(lookOf(channel, [first[0]]), SHORT));
  const thread = groups.find((group) => group.length > 1);
  const [slack] = CHANNELS;
  if (thread !== undefined && slack !== undefined) {
    report.line();
    report.line("   An incident is a thread:");
    lines(report, lookText(lookOf(slack, thread), SHORTER));
  }
  const shown = groups.slice(0, MOST);
  write(path, shown.map(pageEntry));
  report.line();
  report.line(
    `   ${counted(shown.flat().length, "notification")} in all ${CHANNELS.length} kinds of channels: ${path}`,
  );
}

function lines(report: Report, all: readonly string[]): void {
  for (const line of all) report.line(line);
}

function pageEntry(group: Group): ShownNotification {
  const [{ headline }] = group;
  return {
    title: group.length === 1 ? headline : `Incident: ${headline}`,
    looks: CHANNELS.map((channel) => lookOf(channel, group)),
  };
}

/** The most severe first; those of one incident together, in their order. */
function groupsOf(notifications: readonly Notification[]): readonly Group[] {
  const groups = new Map<string, [Card, ...Card[]]>();
  for (const card of notifications.map((notification) => cardOf(notification)).sort(inOrder)) {
    const key = card.incident?.id ?? card.notificationId;
    const group = groups.get(key);
    if (group) group.push(card);
    else groups.set(key, [card]);
  }
  return [...groups.values()].map(shortened).sort((a, b) => severityOf(a) - severityOf(b));
}

/** The beginning of an incident, and what ends it. */
function shortened([first, ...others]: Group): Group {
  if (others.length < MOST_OF_INCIDENT) return [first, ...others];
  return [first, ...others.slice(0, 2), ...others.slice(3 - MOST_OF_INCIDENT)];
}

function severityOf(group: Group): number {
  return Math.min(...group.map(({ severity }) => SEVERITIES.indexOf(severity)));
}

/** As they came: a summary or timeline comes after the alerts that it is of. */
function inOrder(a: Card, b: Card): number {
  return (
    Number(a.kind !== "alert") - Number(b.kind !== "alert") ||
    (a.incident?.number ?? 0) - (b.incident?.number ?? 0) ||
    (a.time ?? 0) - (b.time ?? 0)
  );
}

function write(path: string, shown: readonly ShownNotification[]): void {
  const about =
    "Made by trailwarden demo of what the function has published. Real channels differ in fonts and colors, not in texts.";
  try {
    writeFileSync(path, cardsPage(shown, about));
  } catch (error) {
    throw new CommandError(`${path} can't be written: ${(error as Error).message}`);
  }
}
