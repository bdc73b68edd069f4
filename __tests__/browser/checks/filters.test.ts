// Over 250 lines: every filter, and how filters go together.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { describe } from "@jest/globals";
import type { Page } from "playwright-core";
import type { ReplayAlert } from "../../../cli/replay/result/replay-result";
import { exampleResult } from "../example-result";
import { reportChecks } from "../report-checks";
import { facetCounts, foundText, severityFigures, shownAlerts } from "../seen";

const RESULT = exampleResult({ alerts: 640, days: 30, seed: 11 });

function those(test: (alert: ReplayAlert) => boolean): readonly ReplayAlert[] {
  return RESULT.alerts.filter(test);
}

/** The page shows these alerts and says how many they are. */
async function shows(page: Page, alerts: readonly ReplayAlert[]): Promise<void> {
  const expected = alerts.length === 640 ? "all 640 shown" : `${alerts.length} of 640 shown`;
  await page.locator("#found", { hasText: new RegExp(`^${expected}$`) }).waitFor();
  const wanted = alerts.slice(0, 50).map(({ title, actor, severity }) => [title, actor, severity]);
  // The view before may have had as many, and a search begins a moment after it is typed.
  let shown = await titlesShown(page);
  for (let turn = 0; turn < 50 && !isDeepStrictEqual(shown, wanted); turn++) {
    await page.waitForTimeout(100);
    shown = await titlesShown(page);
  }
  deepEqual(shown, wanted);
}

async function titlesShown(page: Page) {
  return (await shownAlerts(page)).map(({ title, actor, severity }) => [title, actor, severity]);
}

function choose(page: Page, choice: string, name: string): Promise<void> {
  const table = page.locator("table.facet", { hasText: `Alerts by ${choice}` });
  return table.locator("button").filter({ hasText: name }).first().click();
}

/** What narrows the list, and how that is kept. */
describe("filters", () => {
  const check = reportChecks();

  check("an alert's incident is a filter, and an update says which it is", async (reports) => {
    const second = RESULT.alerts.findIndex(({ incident }) => incident?.number === 2);
    const alerts = RESULT.alerts.slice(second, second + 40);
    const id = alerts[0]?.incident?.id;
    const page = await reports.open({ ...RESULT, alerts });
    const first = page.locator("ol.alerts summary").first();
    match(await first.innerText(), /update 2/);
    await first.click();
    await page.locator("ol.alerts details[open] button[aria-label='Only this incident']").click();
    const { length } = alerts.filter(({ incident }) => incident?.id === id);
    ok(length < 40);
    await page.locator("#found", { hasText: new RegExp(`^${length} of 40 shown$`) }).waitFor();
  });

  check("search looks into every field, each word somewhere, whatever the case", async (reports) => {
    const page = await reports.open(RESULT);
    await page.locator("#search").fill("MALLORY  eu-west-1");
    await shows(
      page,
      those(({ actor, region }) => /mallory/.test(actor) && region === "eu-west-1"),
    );
    await page.locator("#search").fill("zoë accessdenied");
    await shows(
      page,
      those(({ actor, errorCode }) => actor.includes("Zoë") && errorCode === "AccessDenied"),
    );
    const { requestParameters, responseElements } = those(({ outcome }) => outcome === "succeeded")[9] as ReplayAlert;
    for (const json of [requestParameters, responseElements]) {
      await page.locator("#search").fill(json);
      await shows(
        page,
        those((alert) => [alert.requestParameters, alert.responseElements].includes(json)),
      );
    }
    const { accessKeyId, userAgent } = RESULT.alerts[5] as ReplayAlert;
    await page.locator("#search").fill(`${accessKeyId} ${userAgent}`);
    await shows(
      page,
      those((alert) => alert.accessKeyId === accessKeyId && alert.userAgent === userAgent),
    );
    const { eventID, file } = RESULT.alerts[77] as ReplayAlert;
    await page.locator("#search").fill(eventID.toUpperCase());
    await shows(
      page,
      those((alert) => alert.eventID === eventID),
    );
    await page.locator("#search").fill(file);
    await shows(
      page,
      those((alert) => alert.file === file),
    );
    await page.locator("#search").fill("no such text");
    equal(await page.locator(".nothing").innerText(), "No alert matches these filters.");
    equal(await foundText(page), "0 of 640 shown");
    await page.locator("#chosen button", { hasText: "Show all" }).click();
    await shows(page, RESULT.alerts);
    equal(await page.locator("#search").inputValue(), "");
  });

  check("severity, tier, detection, actor, account and region narrow the list, together or alone", async (reports) => {
    const page = await reports.open(RESULT);
    await page.locator(".count button", { hasText: "high" }).click();
    await shows(
      page,
      those(({ severity }) => severity === "high"),
    );
    await page.locator(".count button", { hasText: "critical" }).click();
    const grave = ({ severity }: ReplayAlert) => severity === "high" || severity === "critical";
    await shows(page, those(grave));
    await choose(page, "region", "eu-west-1");
    const european = (alert: ReplayAlert) => grave(alert) && alert.region === "eu-west-1";
    await shows(page, those(european));
    await choose(page, "account", "444455556666");
    await shows(
      page,
      those((alert) => european(alert) && alert.account === "444455556666"),
    );
    await page.locator("#chosen .chip", { hasText: "account" }).click();
    await shows(page, those(european));
    await page.locator("#chosen button", { hasText: "Show all" }).click();
    await page.locator(".toggle", { hasText: "in the digest" }).click();
    await shows(
      page,
      those(({ tier }) => tier === "digest"),
    );
    const first = those(({ tier }) => tier === "digest")[0] as ReplayAlert;
    await page.locator("ol.alerts summary").first().click();
    await page.locator("[aria-label='Only this actor']").click();
    await shows(
      page,
      those(({ tier, actor }) => tier === "digest" && actor === first.actor),
    );
    await page.locator("ol.alerts summary").first().click();
    await page.locator("[aria-label='Only this detection']").click();
    await shows(
      page,
      those(
        ({ tier, actor, detection }) => tier === "digest" && actor === first.actor && detection === first.detection,
      ),
    );
  });

  check("the tables and counts say what choosing in them would leave", async (reports) => {
    const page = await reports.open(RESULT);
    await choose(page, "region", "eu-west-1");
    const count = (test: (alert: ReplayAlert) => boolean) => those(test).length;
    deepEqual(
      await severityFigures(page),
      ["critical", "high", "medium", "low"].map((severity) =>
        count((alert) => alert.region === "eu-west-1" && alert.severity === severity),
      ),
    );
    const regions = await facetCounts(page, "region");
    equal(regions.length, 4);
    for (const [region, alerts] of regions) {
      equal(
        alerts,
        count((alert) => alert.region === region),
        region,
      );
    }
    const accounts = await facetCounts(page, "account");
    equal(accounts.length, 3);
    for (const [account, alerts] of accounts)
      equal(
        alerts,
        count((alert) => alert.region === "eu-west-1" && alert.account === account),
        account,
      );
  });

  check("a bar of the timeline shows its day alone, with Shift the days between", async (reports) => {
    const page = await reports.open(RESULT);
    const on = (first: string, last: string) =>
      those(({ eventTime }) => eventTime.slice(0, 10) >= first && eventTime.slice(0, 10) <= last);
    await page.locator(".bar[aria-label^='2026-10-27']").click();
    await shows(page, on("2026-10-27", "2026-10-27"));
    await page.locator(".bar[aria-label^='2026-10-30']").click({ modifiers: ["Shift"] });
    await shows(page, on("2026-10-27", "2026-10-30"));
    equal(await page.locator(".bar[aria-pressed=true]").count(), 4);
    await page.locator("#chosen .chip", { hasText: "time" }).click();
    await shows(page, RESULT.alerts);
  });

  check(
    "minutes, five minutes, hours: the timeline's bars are as long as its span asks for, and never 125",
    async (reports) => {
      const [alert] = RESULT.alerts as readonly [ReplayAlert];
      const minutes = async (...times: readonly number[]) => {
        const alerts = times.map((minute) => ({
          ...alert,
          eventTime: new Date(Date.UTC(2026, 10, 20, 2, 14) + minute * 60_000).toISOString(),
        }));
        const page = await reports.open({ ...RESULT, alerts });
        return [await page.locator("#timeline h3").innerText(), await page.locator(".bar").count()];
      };
      deepEqual(await minutes(0), ["Alerts per minute", 1]);
      deepEqual(await minutes(0, 29), ["Alerts per minute", 30]);
      deepEqual(await minutes(0, 30), ["Alerts per 5 minutes", 7]);
      deepEqual(await minutes(0, 615), ["Alerts per 5 minutes", 124]);
      deepEqual(await minutes(0, 620), ["Alerts per hour", 11]);
      deepEqual(await minutes(0, 123 * 60 + 46), ["Alerts per day", 6]);
      const page = await reports.open({ ...RESULT, alerts: [alert, { ...alert, eventTime: "2026-10-22T18:03:07Z" }] });
      const bar = page.locator(".bar[aria-label^='2026-10-22 18:00: 1 alert']");
      await bar.click();
      await page.locator("#found", { hasText: "1 of 2 shown" }).waitFor();
      await bar.hover();
      equal(await page.locator("#readout").innerText(), await bar.getAttribute("aria-label"));
      const short = await reports.open(exampleResult({ alerts: 60, days: 2, seed: 3 }));
      equal(await short.locator("#timeline h3").innerText(), "Alerts per hour");
      const long = await reports.open(exampleResult({ alerts: 3000, days: 1100, seed: 3 }));
      const bars = await long.locator(".bar").count();
      ok(bars > 60 && bars < 125, String(bars));
      for (const label of await long.locator(".ends span").allInnerTexts()) match(label, /^\d{4}-\d\d-\d\d$/);
    },
  );

  check("the order can be turned, and goes by gravity too", async (reports) => {
    const page = await reports.open(RESULT);
    await page.locator("#order").selectOption("newest");
    await shows(page, [...RESULT.alerts].reverse());
    await page.locator("#order").selectOption("severity");
    const rank = ({ severity }: ReplayAlert) => ["critical", "high", "medium", "low"].indexOf(severity);
    await shows(
      page,
      [...RESULT.alerts].sort((a, b) => rank(a) - rank(b)),
    );
  });

  check("what is looked at stands in the address: a reload, a copy and Back come to the same", async (reports) => {
    const page = await reports.open(RESULT);
    await page.locator(".count button", { hasText: "low" }).click();
    await page.locator("#search").fill("203.0.113");
    const low = (alert: ReplayAlert) => alert.severity === "low" && alert.sourceIPAddress.startsWith("203.0.113.");
    await shows(page, those(low));
    await page.locator("nav[aria-label='Pages, above the alerts'] button", { hasText: "Next" }).click();
    await page.locator("h3", { hasText: "Alerts 51–" }).waitFor();
    await page.locator("ol.alerts summary").nth(2).click();
    await page.locator("ol.alerts details[open] dl").waitFor();
    const [seen, hash] = [await shownAlerts(page), await page.evaluate(() => location.hash)];
    await page.reload();
    deepEqual(await shownAlerts(page), seen);
    // Severity, tier and title stand above; who groups and deduplicates is not shown.
    const { severity, tier, title, caller, callId, alsoMatched, incident, ...others } = those(low)[52] as ReplayAlert;
    const opened = Object.values(others).filter((text) => text !== "").length;
    const further = (alsoMatched.length > 0 ? 1 : 0) + (incident ? 2 : 0);
    equal(await page.locator("ol.alerts li").nth(2).locator("details[open] dd").count(), opened + further);
    deepEqual(await shownAlerts(await reports.open(RESULT, {}, hash)), seen);
    await page.locator("#chosen button", { hasText: "Show all" }).click();
    await shows(page, RESULT.alerts);
    await page.goBack();
    deepEqual(await shownAlerts(page), seen);
  });

  check("an address with anything else in it opens the whole", async (reports) => {
    for (const hash of [
      "#problems",
      "#page=-1&open=x&from=yesterday&order=1",
      "#%E0%A4%A&=&&",
      "#open=99999999&page=999999999",
      "#__proto__=1",
    ]) {
      const page = await reports.open(RESULT, {}, hash);
      equal((await foundText(page)).slice(-9), "640 shown", hash);
    }
  });
});
