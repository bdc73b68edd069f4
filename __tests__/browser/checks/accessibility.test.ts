import { deepEqual } from "node:assert/strict";
import { describe } from "@jest/globals";
import { exampleResult, quietResult } from "../example-result";
import { reportChecks } from "../report-checks";
import { violations } from "../violations";

const RESULT = exampleResult({ alerts: 200, days: 20, seed: 5 });

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
