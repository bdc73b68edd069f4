import { deepEqual, equal, match, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import { SEVERITIES } from "../../../detection/definition/detection";
import { exampleResult, quietResult } from "../example-result";
import { reportChecks } from "../report-checks";
import { facetCounts, foundText, numberIn, severityFigures, shownAlerts } from "../seen";

const RESULT = exampleResult({ alerts: 640, days: 30, seed: 7 });

/** What the page shows, beside what the result holds. */
describe("content", () => {
  const check = reportChecks();

  check("the verdict and the counts are the result's", async (reports) => {
    const page = await reports.open(RESULT);
    const atOnce = RESULT.alerts.filter(({ tier }) => tier === "alert").length;
    const days = RESULT.detections.flatMap((detection) => detection.days);
    const sum = (outcome: "matches" | "grouped" | "suppressed") => days.reduce((all, day) => all + day[outcome], 0);

    equal(await page.locator("h1").innerText(), `${atOnce} alerts and ${640 - atOnce} digest lines`);
    match(
      await page.locator(".lead").innerText(),
      new RegExp(`${RESULT.records.read.toLocaleString("en-US")} records`),
    );
    match(await page.locator(".lead").innerText(), /from 2026-10-22 to 2026-11-20 \(UTC\)/);
    deepEqual(
      await severityFigures(page),
      SEVERITIES.map((severity) => RESULT.alerts.filter((alert) => alert.severity === severity).length),
    );
    for (const [heading, outcome] of [
      ["Matches", "matches"],
      ["Grouped", "grouped"],
      ["Suppressed", "suppressed"],
    ] as const) {
      const fact = page.locator(".facts > div").filter({ has: page.locator(`dt:text-is("${heading}")`) });
      equal(numberIn(await fact.locator(".figure").innerText()), sum(outcome), heading);
    }
  });

  check("the tables by detection, actor, account and region are the result's", async (reports) => {
    const page = await reports.open(RESULT);
    for (const [choice, of] of [
      ["actor", "actor"],
      ["account", "account"],
      ["region", "region"],
      ["detection", "title"],
    ] as const) {
      const counts = new Map<string, number>();
      for (const alert of RESULT.alerts) counts.set(alert[of], (counts.get(alert[of]) ?? 0) + 1);
      const seen = await facetCounts(page, choice);
      ok(seen.length > 1, choice);
      for (const [name, count] of seen) equal(count, counts.get(name), `${choice} ${name}`);
      equal(seen[0]?.[1], Math.max(...counts.values()), `the first ${choice}`);
    }
    const rows = await page.locator("section[aria-labelledby=by-detection] tbody tr").allInnerTexts();
    deepEqual(
      rows.map((row) => numberIn(row.split("\t")[3] ?? "")),
      RESULT.detections.map(({ days }) => days.reduce((sum, { matches }) => sum + matches, 0)),
    );
  });

  check("the timeline has every alert", async (reports) => {
    const page = await reports.open(RESULT);
    const labels = await page
      .locator(".bar")
      .evaluateAll((bars) => bars.map((bar) => bar.getAttribute("aria-label") ?? ""));

    equal(labels.length, 30);
    equal(
      labels.reduce((sum, label) => sum + numberIn(/: ([\d,]+) alert/.exec(label)?.[1] ?? "0"), 0),
      640,
    );
  });

  check("the list has the alerts in order, and each one's details", async (reports) => {
    const page = await reports.open(RESULT);
    equal(await foundText(page), "all 640 shown");
    const shown = await shownAlerts(page);
    deepEqual(
      shown.map(({ title, actor }) => [title, actor]),
      RESULT.alerts.slice(0, 50).map(({ title, actor }) => [title, actor]),
    );
    await page.locator("ol.alerts summary").nth(4).click();
    await page.locator("ol.alerts details[open] dl").waitFor();
    const details = await page.locator("ol.alerts details[open] dd bdi").allInnerTexts();
    const alert = RESULT.alerts[4];
    ok(alert);
    const { severity, tier, title, caller, callId, alsoMatched, incident, ...others } = alert;
    const place = incident === undefined ? "" : incident.number === 1 ? "first alert" : `update ${incident.number}`;
    ok([others.errorMessage, others.requestParameters, others.responseElements].some((text) => text !== ""));
    deepEqual(
      [...details].sort(),
      [...Object.values(others), alsoMatched.join(", "), incident?.id ?? "", place]
        .filter((text) => text !== "")
        .sort(),
    );
  });

  check("what could not be read or judged, and what was suppressed, is said", async (reports) => {
    const page = await reports.open(RESULT);
    const problems = await page.locator("#problems").innerText();
    for (const { file, reason } of [...RESULT.files.unreadable, ...RESULT.records.firstProcessingErrors]) {
      ok(problems.includes(file) && problems.includes(reason), file);
    }
    match(await page.locator(".notice").innerText(), /2 files could not be read, 1 record could not be processed/);
    const suppressed = await page.locator("section[aria-labelledby=suppressed]").innerText();
    for (const { id, reason } of RESULT.suppressions) ok(suppressed.includes(id) && suppressed.includes(reason), id);
    await page.locator(".notice a").click();
    equal(await page.evaluate(() => document.activeElement?.id), "problems");
  });

  check("a replay that found nothing says so", async (reports) => {
    const page = await reports.open(quietResult());
    equal(await page.locator("h1").innerText(), "No alerts");
    match(await page.locator(".lead").innerText(), /901,274 records/);
    equal(await page.locator("#explorer").count(), 0);
  });

  check("without JavaScript the summary and the table by detection are there", async (reports) => {
    const page = await reports.open(RESULT, { javaScriptEnabled: false });
    match(await page.locator("noscript").innerText(), /need JavaScript/);
    equal(
      await page.locator("section[aria-labelledby=by-detection] tbody tr:visible").count(),
      RESULT.detections.length,
    );
    equal(await page.locator("h1:visible").count(), 1);
    equal(await page.locator("#explorer:visible").count(), 0);
    equal(
      (await severityFigures(page)).reduce((sum, count) => sum + count, 0),
      640,
    );
  });
});
