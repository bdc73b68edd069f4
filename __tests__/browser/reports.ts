import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { ShownNotification } from "../../cli/cards/cards-html";
import { htmlReport } from "../../cli/replay/report/html-report";
import type { ReplayResult } from "../../cli/replay/result/replay-result";

const ABOUT = { made: "2026-11-21T09:00:00Z", command: "trailwarden replay --format html AWSLogs" };

/** Opens reports as somebody would who was sent the file, and takes down what their pages do unasked. */
export class Reports {
  /** What pages logged, threw, or asked for beside themselves. */
  readonly complaints: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "trailwarden-browser-"));
  private readonly contexts: BrowserContext[] = [];
  private written = 0;

  constructor(private readonly browser: Browser) {}

  /**
   * @param hash what follows the report's address, from `#` on
   * @param cards alerts as channels show them
   */
  async open(
    result: ReplayResult,
    options: BrowserContextOptions = {},
    hash = "",
    cards: readonly ShownNotification[] = [],
  ): Promise<Page> {
    return this.openPage(htmlReport(result, ABOUT, cards), options, hash);
  }

  /** Opens any page of ours in the same way. */
  async openPage(content: string, options: BrowserContextOptions = {}, hash = ""): Promise<Page> {
    const file = join(this.folder, `report-${++this.written}.html`);
    writeFileSync(file, content);
    const address = pathToFileURL(file).href;
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    this.contexts.push(context);
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on("console", (message) => this.complaints.push(`logged (${message.type()}): ${message.text()}`));
    page.on("pageerror", (error) => this.complaints.push(`threw: ${error.message}`));
    page.on("dialog", (dialog) => {
      this.complaints.push(`opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("popup", (popup) => this.complaints.push(`opened ${popup.url()}`));
    page.on("request", (request) => {
      if (request.url().replace(/#.*$/, "") !== address) this.complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(address + hash);
    return page;
  }

  /** Closes what is open; the next check finds nothing of it. */
  async closeAll(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
    this.complaints.length = 0;
  }

  async end(): Promise<void> {
    await this.closeAll();
    rmSync(this.folder, { recursive: true });
  }
}
