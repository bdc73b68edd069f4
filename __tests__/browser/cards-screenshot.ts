import { join } from "node:path";
import type { Card } from "../../alerting/channels/card";
import { cardOf } from "../../alerting/channels/card-of";
import { channelOf } from "../../alerting/channels/channels";
import { cardsPage } from "../../cli/cards/cards-page";
import type { Look } from "../../cli/cards/look";
import { lookOf } from "../../cli/cards/look-of";
import { INCIDENT_ALERTS, TIMELINE } from "../channels/example-incident";
import { startChromium } from "./chromium";
import { findChromium } from "./find-chromium";
import { Reports } from "./reports";

/** Pixels: what is below is more of the same. */
const HEIGHT = 890;

/** Takes `docs/channel-cards.png` anew, of a made-up incident: `node --require tsx/cjs __tests__/browser/cards-screenshot.ts`. */
async function main(): Promise<void> {
  const attached = INCIDENT_ALERTS[6];
  if (attached?.incident === undefined) throw new Error("the incident has too few alerts");
  const { check, command, contain, undo } = attached.remediation;
  const alert = cardOf({
    ...attached,
    incident: { ...attached.incident, role: "opens", number: 1 },
    userAgent: "aws-cli/2.31.0",
    remediation: { check, command, contain, undo },
  });
  const timeline = cardOf({ ...TIMELINE, steps: TIMELINE.steps.slice(6) });
  const browser = await startChromium(findChromium(process.env));
  const reports = new Reports(browser);
  try {
    const looks = [look("slack", alert, timeline), look("microsoft-teams", alert), look("pagerduty", alert)];
    const page = await reports.openPage(cardsPage([{ title: "", looks }], ""), {
      colorScheme: "light",
      viewport: { width: 1440, height: 2_000 },
    });
    const cards = await page.locator(".looks").boundingBox();
    if (cards === null) throw new Error("no cards are to be seen");
    await page.screenshot({
      path: join(__dirname, "..", "..", "docs", "channel-cards.png"),
      clip: { x: cards.x - 20, y: cards.y - 12, width: cards.width + 40, height: HEIGHT },
    });
  } finally {
    await reports.end();
    await browser.close();
  }
}

function look(type: string, ...cards: readonly Card[]): Look {
  const channel = channelOf(type);
  if (channel === undefined) throw new Error(`no channel is of type ${type}`);
  return lookOf(channel, cards);
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
