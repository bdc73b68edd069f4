import type { Card } from "../../alerting/channels/card";
import type { Channel, ChannelSettings, Thread } from "../../alerting/channels/channel";
import { parentUpdate } from "../../alerting/channels/slack";
import { headlineOf } from "../../alerting/channels/text";
import { severitiesFrom } from "../../detection/definition/detection";
import { amazonQParts } from "./amazon-q-look";
import { jiraParts } from "./jira-look";
import type { Look, Message, Part } from "./look";
import { unknown } from "./look";
import { pagerdutyParts } from "./pagerduty-look";
import { securityHubParts } from "./security-hub-look";
import { slackParts } from "./slack-look";
import { teamsParts } from "./teams-look";
import { webhookParts } from "./webhook-look";

interface Vendor {
  /** Who a message is by, or what it is. */
  readonly by: string;
  readonly parts: (payload: object) => readonly Part[];
}

/** Every kind of channel; the test of the golden files fails where one is missing. */
const VENDORS: Readonly<Record<string, Vendor>> = {
  slack: { by: "trailwarden", parts: slackParts },
  "microsoft-teams": { by: "Workflows", parts: teamsParts },
  pagerduty: { by: "Incident", parts: pagerdutyParts },
  "jira-service-management": { by: "Alert", parts: jiraParts },
  "amazon-q": { by: "Amazon Q", parts: amazonQParts },
  webhook: { by: "POST", parts: webhookParts },
  "security-hub": { by: "Security Hub", parts: securityHubParts },
};

/** The parts of what a channel sends. Whatever is not known is shown as a box that says so. */
export function partsOf(type: string, payload: object): readonly Part[] {
  return Object.hasOwn(VENDORS, type) ? (VENDORS[type] as Vendor).parts(payload) : [unknown(type)];
}

/**
 * What people see in a channel.
 *
 * @param cards of one notification, or of an incident's in their order: where the channel has threads, all but the first stand in
 * the first one's
 */
export function lookOf(channel: Channel, cards: readonly Card[], settings: ChannelSettings = {}): Look {
  const { type, label } = channel;
  const by = Object.hasOwn(VENDORS, type) ? (VENDORS[type] as Vendor).by : label;
  const thread = channel.threads ? threadOf(cards) : undefined;
  const messages = cards
    .map((card, place): Message => {
      const parts = partsOf(type, channel.render(card, settings, place === 0 ? undefined : thread));
      return { by, parts: place === 0 && type === "slack" ? [...parts, ...status(cards, thread)] : parts };
    })
    .filter(({ parts }) => parts.length > 0);
  // Amazon Q Developer makes threads itself.
  const threaded = channel.threads || type === "amazon-q";
  return {
    type,
    label,
    messages: threaded ? messages.slice(0, 1) : messages,
    replies: threaded ? messages.slice(1) : [],
  };
}

/** Where the incident's first message stands, in the words of each channel. */
function threadOf(cards: readonly Card[]): Thread | undefined {
  const id = cards[0]?.incident?.id;
  if (id === undefined || cards.length < 2) return undefined;
  const severity = severitiesFrom("low").find((each) => cards.some((card) => card.severity === each)) ?? "low";
  return { channel: "C0123456789", ts: "0", dedupKey: id, alias: id, severity, updates: String(updates(cards)) };
}

function updates(cards: readonly Card[]): number {
  return cards.slice(1).filter(({ kind }) => kind === "alert").length;
}

/** What Slack shows beneath an incident's first message once more has come. */
function status(cards: readonly Card[], thread: Thread | undefined): readonly Part[] {
  const last = cards.slice(1).findLast(({ kind }) => kind === "alert");
  if (thread === undefined || last === undefined) return [];
  return slackParts(parentUpdate(thread, headlineOf(last, false)));
}
