import type { AxeResults } from "axe-core";
import { source } from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core finds against WCAG 2.2 AA and its own good practice. */
export async function violations(page: Page): Promise<readonly string[]> {
  // A transition under way would have colours that nobody is meant to read.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(source);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${help}, at ${target.join(" ")}: ${failureSummary}`),
  );
}
