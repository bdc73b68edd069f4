import { afterAll, beforeAll, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { startChromium } from "./chromium";
import { findChromium } from "./find-chromium";
import { Reports } from "./reports";

/** Registers something that must hold of a report in a browser; besides, none may log anything or ask for anything. */
type RegisterCheck = (name: string, run: (reports: Reports) => Promise<void>) => void;

/** Starts a browser for the checks of a file, and ends it after the last. */
export function reportChecks(): RegisterCheck {
  let browser: Browser;
  let reports: Reports;
  beforeAll(async () => {
    browser = await startChromium(findChromium(process.env));
    reports = new Reports(browser);
  });
  afterAll(async () => {
    await reports?.end();
    await browser?.close();
  });

  return (name, run) =>
    test(name, async () => {
      try {
        await run(reports);
        if (reports.complaints.length > 0) throw new Error(`a page\n${reports.complaints.slice(0, 10).join("\n")}`);
      } finally {
        await reports.closeAll();
      }
    });
}
