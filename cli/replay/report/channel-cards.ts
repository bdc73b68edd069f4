import type { Card } from "../../../alerting/channels/card";
import { cardOf } from "../../../alerting/channels/card-of";
import { channelOf } from "../../../alerting/channels/channels";
import type { ConfiguredChannel } from "../../../alerting/channels/configured-channel";
import type { Notification } from "../../../alerting/notification/notification";
import { looksMarkup, type ShownNotification } from "../../cards/cards-html";
import { lookOf } from "../../cards/look-of";
import { fromLog, html, type Markup } from "../../cards/markup";
import { seen } from "../../cards/seen-text";

/** What is shown where no channel is configured. */
const USUAL = ["slack", "microsoft-teams", "pagerduty"];

/** A channel, as far as its cards depend on it. */
type Shown = Pick<ConfiguredChannel, "type" | "settings">;

/** A notification's cards in each kind of channel that is configured, or in the usual ones. */
export function channelCards(
  notifications: readonly Notification[],
  configured: readonly Shown[],
): readonly ShownNotification[] {
  const channels = configured.length > 0 ? configured : USUAL.map((type): Shown => ({ type, settings: {} }));
  const kinds = channels.filter(({ type }, place) => channels.findIndex((other) => other.type === type) === place);
  return notifications.map((notification) => {
    const card: Card = cardOf(notification);
    return {
      title: card.headline,
      looks: kinds.flatMap(({ type, settings }) => {
        const channel = channelOf(type);
        return channel === undefined ? [] : [lookOf(channel, [card], settings)];
      }),
    };
  });
}

/** The section with the cards; nothing where there are none. */
export function channelSection(shown: readonly ShownNotification[]): Markup {
  if (shown.length === 0) return html``;
  return html`<section aria-labelledby="as-channels"><h2 id="as-channels">As your channels show it</h2>
<p class="meaning">The first alert of each of the most severe detections.</p>
${shown.map(
  ({ title, looks }) =>
    html`<details class="shown"><summary>${fromLog(seen(title))}</summary>${looksMarkup(looks)}</details>
`,
)}</section>`;
}
