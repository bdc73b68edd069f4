import { join } from "node:path";
import { startChromium } from "./chromium";
import { exampleResult } from "./example-result";
import { findChromium } from "./find-chromium";
import { Reports } from "./reports";

/** Takes `docs/replay-report.png` anew, of made-up alerts: `node --require tsx/cjs __tests__/browser/screenshot.ts`. */
async function main(): Promise<void> {
  const browser = await startChromium(findChromium(process.env));
  const reports = new Reports(browser);
  try {
    const page = await reports.open(exampleResult({ alerts: 640, days: 30, seed: 7 }), {
      colorScheme: "light",
      viewport: { width: 1240, height: 1130 },
    });
    await page.locator("ol.alerts summary").nth(2).click();
    await page.screenshot({ path: join(__dirname, "..", "..", "docs", "replay-report.png") });
  } finally {
    await reports.end();
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
