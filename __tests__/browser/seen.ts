import type { Page } from "playwright-core";

/** `1,204` as a number. */
export function numberIn(text: string): number {
  return Number(text.replaceAll(",", "").trim());
}

/** The four counts above the alerts, the gravest severity's first. */
export async function severityFigures(page: Page): Promise<readonly number[]> {
  return (await page.locator(".count .figure").allInnerTexts()).map(numberIn);
}

/** How many alerts the page says it shows. */
export function foundText(page: Page): Promise<string> {
  return page.locator("#found").innerText();
}

/** The rows of the table by detection (its titles), actor, account or region. */
export async function facetCounts(page: Page, choice: string): Promise<readonly (readonly [string, number])[]> {
  const rows = await page
    .locator("table.facet", { hasText: `Alerts by ${choice}` })
    .locator("tbody tr")
    .all();
  return Promise.all(
    rows.map(
      async (row) => [await row.locator("bdi").innerText(), numberIn(await row.locator("td").innerText())] as const,
    ),
  );
}

export interface SeenAlert {
  readonly title: string;
  readonly severity: string;
  readonly actor: string;
  readonly region: string;
}

/** The alerts on the list's page. */
export async function shownAlerts(page: Page): Promise<readonly SeenAlert[]> {
  return page.locator("ol.alerts summary").evaluateAll((summaries) =>
    summaries.map((summary) => ({
      title: summary.querySelector(".what bdi")?.textContent ?? "",
      severity: summary.querySelector(".severity")?.textContent ?? "",
      actor: summary.querySelector(".who")?.textContent ?? "",
      region: summary.querySelector(".where")?.textContent ?? "",
    })),
  );
}
