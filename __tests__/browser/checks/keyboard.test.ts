import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import type { Page } from "playwright-core";
import { exampleResult } from "../example-result";
import { reportChecks } from "../report-checks";
import { foundText, shownAlerts } from "../seen";

const RESULT = exampleResult({ alerts: 200, days: 20, seed: 5 });

/** What has the focus, by its words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const node = document.activeElement;
    return `${node?.tagName.toLowerCase()} ${node?.getAttribute("aria-label") ?? (node?.id || node?.textContent || "")}`.trim();
  });
}

/** Presses Tab until what has the focus reads so. */
async function tabTo(page: Page, wanted: RegExp, most = 60): Promise<void> {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press("Tab");
    if (wanted.test(await focused(page))) return;
  }
  throw new Error(`${most} times Tab didn't come to ${wanted}, but to ${await focused(page)}`);
}

/** Nothing here touches the mouse. */
describe("keyboard", () => {
  const check = reportChecks();

  check("the first Tab offers to skip to the alerts, and Enter does", async (reports) => {
    const page = await reports.open(RESULT);
    await page.keyboard.press("Tab");
    equal(await focused(page), "a skip");
    const box = await page.locator("#skip").boundingBox();
    ok(box && box.x >= 0 && box.y >= 0, "it is seen");
    await page.keyboard.press("Enter");
    equal(await focused(page), "div alerts");
    await page.keyboard.press("Tab");
    equal(await focused(page), "select order");
    equal(await page.evaluate(() => location.hash), "");
  });

  check("severity, search, timeline, tables, pages and alerts in one walk", async (reports) => {
    const page = await reports.open(RESULT);
    await tabTo(page, /^button .*high/);
    await page.keyboard.press("Space");
    match(await foundText(page), /^\d+ of 200 shown$/);
    match(await focused(page), /^button .*high/, "the focus stays where it was");
    await page.keyboard.press("Space");
    equal(await foundText(page), "all 200 shown");

    await tabTo(page, /^input search/);
    await page.keyboard.type("example.com");
    await page.locator("#found", { hasText: / of 200/ }).waitFor();
    equal(await focused(page), "input search");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.locator("#found", { hasText: "all 200" }).waitFor();

    await tabTo(page, /^g 2026-10-22/);
    await page.keyboard.press("ArrowRight");
    match(await focused(page), /^g 2026-10-23/);
    await page.keyboard.press("End");
    match(await focused(page), /^g 2026-11-10/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    match(await page.locator("#readout").innerText(), /^2026-11-09|Shown: from 2026-11-09/);
    equal(await page.locator(".bar[aria-pressed=true]").count(), 1);
    match(await focused(page), /^g 2026-11-09/);
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+Enter");
    equal(await page.locator(".bar[aria-pressed=true]").count(), 19);
    await page.keyboard.press("Escape");
    equal(await foundText(page), "all 200 shown");

    await tabTo(page, /^summary Actor/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const first = await focused(page);
    await page.keyboard.press("ArrowDown");
    const second = await focused(page);
    notEqual(second, first);
    await page.keyboard.press("Enter");
    equal(await focused(page), second);
    const actor = second.replace(/^button /, "");
    deepEqual([...new Set((await shownAlerts(page)).map((alert) => alert.actor))], [actor]);
    await page.keyboard.press("Enter");

    await tabTo(page, /^button Next/);
    await page.keyboard.press("Enter");
    match(await page.locator(".list-head h3").innerText(), /^Alerts 51–100 of 200$/);
    equal(await focused(page), "button Next");
    await tabTo(page, /^summary 2026/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("ol.alerts li").nth(1).locator("details[open] dl").waitFor();
  });

  check("whatever Tab comes to shows that it has the focus", async (reports) => {
    const page = await reports.open(RESULT);
    const bare: string[] = [];
    for (let press = 0; press < 70; press++) {
      await page.keyboard.press("Tab");
      const shown = await page.evaluate(() => {
        const node = document.activeElement;
        if (!node || node === document.body) return true;
        const marked = [node, node.nextElementSibling, node.querySelector(".catch")].filter((one) => one !== null);
        return marked.some((one) => {
          const { outlineStyle, outlineWidth, stroke, strokeWidth } = getComputedStyle(one);
          const outlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
          return outlined || (stroke !== "none" && Number.parseFloat(strokeWidth) >= 2);
        });
      });
      if (!shown) bare.push(await focused(page));
    }
    deepEqual(bare, []);
  });
});
