import { equal, match, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import { exampleResult } from "../example-result";
import { reportChecks } from "../report-checks";
import { foundText } from "../seen";

const ALERTS = 50_000;
/** However many alerts there are: a page of the list, a few rows of each table, at most 124 bars. */
const MOST_ELEMENTS = 8_000;
const MOST_HEAP_MB = 150;

/** Many alerts. Bounds on what is made, not on how long it takes: that depends on the machine. */
describe("size", () => {
  const check = reportChecks();

  check(
    `${ALERTS} alerts open as a page of less than ${MOST_ELEMENTS} elements and ${MOST_HEAP_MB} MB, and can be searched`,
    async (reports) => {
      const result = exampleResult({ alerts: ALERTS, days: 365, seed: 13 });
      const page = await reports.open(result);
      equal(await foundText(page), "all 50,000 shown");
      const elements = await page.evaluate(() => document.querySelectorAll("*").length);
      ok(elements < MOST_ELEMENTS, `${elements} elements`);
      const session = await page.context().newCDPSession(page);
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
      ok(usedSize < MOST_HEAP_MB * 1e6, `${Math.round(usedSize / 1e6)} MB of heap`);

      await page.locator("#search").fill(result.alerts.at(-1)?.eventID ?? "");
      await page.locator("#found", { hasText: /^1 of 50,000 shown$/ }).waitFor();
      await page.locator("#chosen button", { hasText: "Show all" }).click();
      await page.goto(`${page.url().replace(/#.*/, "")}#page=1000`);
      await page.reload();
      match(await page.locator(".list-head h3").innerText(), /^Alerts 49,951–50,000 of 50,000$/);
      ok((await page.evaluate(() => document.querySelectorAll("*").length)) < MOST_ELEMENTS);
    },
  );
});
