import { equal, notEqual, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import type { Page } from "playwright-core";
import { exampleResult, quietResult } from "../example-result";
import { reportChecks } from "../report-checks";

const RESULT = exampleResult({ alerts: 200, days: 20, seed: 5 });

/** From 0 (black) to 255 (white). */
async function brightness(page: Page): Promise<number> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const parts = (colour.match(/[\d.]+/g) ?? []).map(Number).slice(0, 3);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}

/** How it looks. */
describe("appearance", () => {
  const check = reportChecks();

  check("dark or light as the system has it, until somebody chooses, and still after a reload", async (reports) => {
    ok((await brightness(await reports.open(RESULT, { colorScheme: "light" }))) > 200);
    const page = await reports.open(RESULT, { colorScheme: "dark" });
    ok((await brightness(page)) < 60);
    await page.getByLabel("light").check();
    ok((await brightness(page)) > 200);
    // A browser keeps what a page stores a moment later, and a page from a file may be loaded by another process of it.
    await page.waitForTimeout(500);
    await page.reload();
    ok((await brightness(page)) > 200);
    await page.getByLabel("system").check();
    ok((await brightness(page)) < 60);
    await page.emulateMedia({ colorScheme: "light" });
    ok((await brightness(page)) > 200);
    await page.getByLabel("dark").check();
    ok((await brightness(page)) < 60);
  });

  check("no width from 320 pixels on has to be scrolled sideways", async (reports) => {
    for (const result of [RESULT, quietResult()]) {
      const page = await reports.open(result);
      for (const width of [320, 390, 768, 1024, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        ok(wide <= width, `${wide} pixels in a window of ${width}`);
      }
    }
  });

  check("printed, it is light and has what is to be read, not what is to be clicked", async (reports) => {
    const page = await reports.open(RESULT, { colorScheme: "dark" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    equal(await page.locator("ol.alerts > li:visible").count(), 200);
    for (const place of ["#theme", "#search", "#facets", "#order", ".pager"]) {
      equal(await page.locator(place).locator("visible=true").count(), 0, place);
    }
    ok((await brightness(page)) > 250);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    equal(await page.locator("ol.alerts > li").count(), 50);
  });

  check("who wants less motion gets none", async (reports) => {
    const transition = (page: Page) =>
      page
        .locator("#tiers button")
        .first()
        .evaluate((node) => getComputedStyle(node).transitionDuration);
    notEqual(await transition(await reports.open(RESULT, { reducedMotion: "no-preference" })), "0s");
    equal(await transition(await reports.open(RESULT, { reducedMotion: "reduce" })), "0s");
  });
});
