import { deepEqual } from "node:assert/strict";
import { describe } from "@jest/globals";
import type { AxeResults } from "axe-core";
import { source } from "axe-core";
import type { Page } from "playwright-core";
import { exampleResult, quietResult } from "../example-result";
import { reportChecks } from "../report-checks";

const RESULT = exampleResult({ alerts: 200, days: 20, seed: 5 });

/** What axe-core finds against WCAG 2.2 AA and its own good practice. */
async function violations(page: Page): Promise<readonly string[]> {
  // A transition under way would have colours that nobody is meant to read.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(source);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${help}, at ${target.join(" ")}: ${failureSummary}`),
  );
}

/** No violation, of whatever impact. */
describe.each(["light", "dark"] as const)("accessibility of the %s page", (colorScheme) => {
  const check = reportChecks();

  check("axe-core finds nothing as it opens", async (reports) =>
    deepEqual(await violations(await reports.open(RESULT, { colorScheme })), []),
  );

  check("nor with filters chosen, an alert open and everything unfolded", async (reports) => {
    const page = await reports.open(
      RESULT,
      { colorScheme },
      "#region=us-east-1&severity=high&severity=low&from=2026-10-24T00:00:00Z",
    );
    await page.locator("ol.alerts summary").first().click();
    await page.locator("ol.alerts dl").waitFor();
    await page.locator("details:not(ol.alerts details)").evaluateAll((all) => {
      for (const details of all) if (details instanceof HTMLDetailsElement) details.open = true;
    });
    deepEqual(await violations(page), []);
  });

  check("nor on a telephone", async (reports) =>
    deepEqual(await violations(await reports.open(RESULT, { colorScheme, viewport: { width: 390, height: 844 } })), []),
  );

  check("nor where nothing was found", async (reports) =>
    deepEqual(await violations(await reports.open(quietResult(), { colorScheme })), []),
  );
});
