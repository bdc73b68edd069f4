import type { Card } from "../../alerting/channels/card";
import { CHANNELS } from "../../alerting/channels/channels";
import type { ShownNotification } from "../../cli/cards/cards-html";
import { lookOf } from "../../cli/cards/look-of";
import { EXAMPLE_CARDS, INCIDENT_CARDS } from "../channels/example-cards";

const [opens, , , , rises] = INCIDENT_CARDS;
const timeline = INCIDENT_CARDS.at(-1);

/** An alert, a summary and an incident's thread, in every kind of channel. */
export function exampleLooks(): readonly ShownNotification[] {
  const groups = [[EXAMPLE_CARDS.root], [EXAMPLE_CARDS.summary], [opens, rises, timeline]];
  return groups.map((group) => shown(group.filter((card) => card !== undefined)));
}

/** A card of which every text is the payload, in every kind of channel. */
export function hostileLooks(payload: string): ShownNotification {
  const { region, account, kind, severity, notificationId } = EXAMPLE_CARDS.root as Card;
  return shown([
    {
      ...{ region, account, kind, severity, notificationId, headline: payload, title: payload },
      facts: [{ name: payload, value: payload }],
      paragraphs: [{ heading: payload, text: payload }],
      steps: [{ text: payload, commands: [payload] }],
      links: [{ text: payload, url: payload }],
      detections: [payload],
      resources: [payload],
      actor: payload,
    },
  ]);
}

function shown(cards: readonly Card[]): ShownNotification {
  return {
    title: cards[0]?.headline ?? "",
    looks: CHANNELS.map((channel) =>
      lookOf(channel, cards, channel.type === "slack" ? { channel: "C0123456789" } : {}),
    ),
  };
}
