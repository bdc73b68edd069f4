import { deepEqual, equal, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import type { Page } from "playwright-core";
import { exampleResult } from "../example-result";
import { marked, PAYLOADS } from "../hostile-result";
import { reportChecks } from "../report-checks";

const HARMLESS = exampleResult({ alerts: 60, days: 9, seed: 9 });

/** As many, as different from each other. */
const MARKS = PAYLOADS.map((_, index) => `mark ${index} `);

/** Every element with the names of its attributes, in the order of the page. */
function skeleton(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")].map((node) => [node.tagName, ...node.getAttributeNames().sort()].join(" ")),
  );
}

/** Opens and chooses what there is to open and to choose. */
async function useEverything(page: Page): Promise<void> {
  const more = page.locator("#facets button.plain");
  while ((await more.count()) > 0) await more.first().click();
  await page.locator("ol.alerts summary").evaluateAll((all) => {
    for (const summary of all) if (summary instanceof HTMLElement) summary.click();
  });
  await page.locator("ol.alerts dl").nth(49).waitFor();
}

/** Chooses among the tables, opens what is left, and comes back to it. */
async function chooseEverywhere(page: Page): Promise<void> {
  for (const choice of ["detection", "actor", "account", "region"]) {
    await page
      .locator("table.facet", { hasText: `Alerts by ${choice}` })
      .locator("button")
      .first()
      .click();
    await page.locator(".chip", { hasText: `${choice}: ` }).waitFor();
  }
  await page.locator("ol.alerts summary").first().click();
  await page.locator("ol.alerts dl").first().waitFor();
  await page.reload();
  await page.locator("ol.alerts dl").first().waitFor();
}

async function injected(page: Page): Promise<unknown> {
  return page.evaluate(() => (globalThis as { injected?: unknown }).injected);
}

/** Log text does nothing but be read. */
describe("injection", () => {
  const check = reportChecks();

  for (const { name, kept } of [
    { name: `${PAYLOADS.length} payloads in every text`, kept: ["eventTime", "day"] },
    { name: "the same in place of times", kept: [] },
  ]) {
    check(`${name} make no element, no attribute, no request, and run nothing`, async (reports) => {
      const [harmless, attacked] = [
        await reports.open(marked(HARMLESS, MARKS, kept)),
        await reports.open(marked(HARMLESS, PAYLOADS, kept)),
      ];
      for (const use of [async () => {}, useEverything, chooseEverywhere]) {
        await use(harmless);
        await use(attacked);
        deepEqual(await skeleton(attacked), await skeleton(harmless));
        equal(await injected(attacked), undefined);
      }
    });
  }

  check("payloads in the address, too", async (reports) => {
    const texts = PAYLOADS.map((payload) => encodeURIComponent(payload.replace(/\p{Cs}/gu, "")));
    const hash = ["search", "order", "open", "from", "actor", "region"].flatMap((name) =>
      texts.map((text) => `${name}=${text}`),
    );
    const page = await reports.open(HARMLESS, {}, `#${hash.join("&")}`);
    equal(await page.locator(".chip").count(), 2 * PAYLOADS.length);
    equal(await page.locator("img, iframe, form, link, base, bdi *").count(), 0);
    for (const payload of PAYLOADS) await page.locator("#search").fill(payload);
    await page.locator("#found", { hasText: "0 of" }).waitFor();
    equal(await injected(page), undefined);
  });

  check("characters that hide or reorder text are written out", async (reports) => {
    const page = await reports.open(marked(HARMLESS, ["user \u202e)ecila( nimda\u202c\u200b"]));
    const actor = await page.locator("ol.alerts .who bdi").first().innerText();
    ok(actor.startsWith("user ⟨U+202E⟩)ecila( nimda⟨U+202C⟩⟨U+200B⟩"), actor);
    const text = await page.evaluate(() => document.documentElement.textContent ?? "");
    equal(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text), false);
  });

  check(
    "the page's policy lets no other script, style, image or request in, nor HTML be made of text",
    async (reports) => {
      const page = await reports.open(HARMLESS);
      const stopped: string[] = [];
      page.on("requestfailed", (request) => stopped.push(`${request.url()}: ${request.failure()?.errorText}`));
      const outcome = await page.evaluate(async () => {
        const script = document.createElement("script");
        let refused = false;
        try {
          script.textContent = "globalThis.injected = 1";
        } catch {
          refused = true;
        }
        document.body.append(script);
        const image = document.createElement("img");
        const imageFailed = new Promise((resolve) => image.addEventListener("error", () => resolve(true)));
        image.src = "https://attacker.example/pixel.png";
        document.body.append(image);
        document.body.setAttribute("style", "display: none");
        const fetched = await fetch("https://attacker.example/").then(
          () => true,
          () => false,
        );
        let htmlMade = true;
        try {
          document.body.innerHTML = "<b>made</b>";
        } catch {
          htmlMade = false;
        }
        return {
          refused,
          imageFailed: await imageFailed,
          fetched,
          htmlMade,
          display: getComputedStyle(document.body).display,
        };
      });
      deepEqual(outcome, { refused: true, imageFailed: true, fetched: false, htmlMade: false, display: "block" });
      equal(await injected(page), undefined);
      deepEqual(stopped, ["https://attacker.example/pixel.png: csp"]);
      const unexpected = reports.complaints.filter(
        (complaint) => !/Content Security Policy|TrustedScript|TrustedHTML|pixel\.png/.test(complaint),
      );
      deepEqual(unexpected, []);
      ok(reports.complaints.length >= 3);
      reports.complaints.length = 0;
    },
  );
});
