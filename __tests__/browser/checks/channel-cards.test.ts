import { deepEqual, equal, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import type { Page } from "playwright-core";
import { CHANNELS } from "../../../alerting/channels/channels";
import { cardsPage } from "../../../cli/cards/cards-page";
import { exampleLooks, hostileLooks } from "../example-looks";
import { exampleResult } from "../example-result";
import { PAYLOADS } from "../hostile-result";
import { reportChecks } from "../report-checks";
import { violations } from "../violations";

const RESULT = exampleResult({ alerts: 40, days: 5, seed: 3 });

async function unfold(page: Page): Promise<void> {
  await page.locator("details:not(ol.alerts details)").evaluateAll((all) => {
    for (const details of all) if (details instanceof HTMLDetailsElement) details.open = true;
  });
}

async function keepsToWidths(page: Page): Promise<void> {
  for (const width of [320, 390, 768, 1024, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    ok(wide <= width, `${wide} pixels in a window of ${width}`);
  }
}

/** What channels show, in the report and on the demo's page. */
describe("cards", () => {
  const check = reportChecks();

  check("in the report are as wide as any window, and say everything", async (reports) => {
    const page = await reports.open(RESULT, {}, "", exampleLooks());
    equal(await page.locator("details.shown").count(), 3);
    equal(await page.locator(".look").first().isVisible(), false);
    await page.locator("details.shown > summary").first().click();
    deepEqual(
      await page.locator("details.shown").first().locator("h3").allInnerTexts(),
      CHANNELS.map(({ label }) => label),
    );
    ok(await page.locator(".slack .heading").first().isVisible());
    await unfold(page);
    await keepsToWidths(page);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    check(`in the ${colorScheme} report are accessible`, async (reports) => {
      const page = await reports.open(RESULT, { colorScheme }, "", exampleLooks());
      await unfold(page);
      deepEqual(await violations(page), []);
    });

    check(`on the demo's ${colorScheme} page are accessible, on a telephone, too`, async (reports) => {
      const page = await reports.openPage(cardsPage(exampleLooks(), "about"), {
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      await unfold(page);
      deepEqual(await violations(page), []);
      await keepsToWidths(page);
    });
  }

  check(`of ${PAYLOADS.length} payloads run nothing, ask for nothing and lead nowhere`, async (reports) => {
    const cards = PAYLOADS.map(hostileLooks);
    for (const page of [await reports.open(RESULT, {}, "", cards), await reports.openPage(cardsPage(cards, "about"))]) {
      await unfold(page);
      equal(await page.locator(".look").count(), PAYLOADS.length * CHANNELS.length);
      equal(
        await page.locator(".look :is(img, iframe, form, link, base, script, style, svg, input, meta, a)").count(),
        0,
      );
      equal(await page.evaluate(() => (globalThis as { injected?: unknown }).injected), undefined);
    }
  });
});
