import type { ShownNotification } from "../../cards/cards-html";
import { fromLog, html, jsonBlock, type Markup, trusted, visible } from "../../cards/markup";
import { hashSource, pageHead } from "../../cards/page-head";
import type { ReplayResult } from "../result/replay-result";
import { channelSection } from "./channel-cards";
import { clientScript, clientStyles } from "./client-files";
import { embeddedData } from "./embedded-data";
import { explorer } from "./explorer";
import { alertCount } from "./format";
import { daysTable, detectionsTable, outcomeSums, suppressionsTable } from "./outcomes";
import { problems } from "./problems";
import { severityCounts, verdict } from "./verdict";
import { visibleResult } from "./visible-result";

/**
 * A replay's result as one page that needs nothing else: no network, no other file. Its policy allows the style and the
 * script in it, by their hashes, and nothing besides; log text reaches it escaped, and only ever as text.
 *
 * @param about when the report was made (ISO 8601), and the command that made it
 * @param cards alerts as channels show them
 */
export function htmlReport(
  result: ReplayResult,
  about: { readonly made: string; readonly command?: string },
  cards: readonly ShownNotification[] = [],
): string {
  const shown = visibleResult(result);
  const styles = clientStyles();
  const script = clientScript();
  const policy = [
    "default-src 'none'",
    `style-src ${hashSource(styles)}`,
    `script-src ${hashSource(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang="en">
${pageHead(`${result.alerts.length > 0 ? alertCount(result.alerts) : "No alerts"} – trailwarden replay`, policy, styles)}
<body>
${shown.alerts.length > 0 ? html`<a class="skip" id="skip" href="#explorer">Skip to the alerts</a>` : html``}
<header><div class="verdict">${verdict(shown)}</div><div id="theme"></div></header>
<main>
${shown.alerts.length > 0 ? severityCounts(shown) : html``}
${shown.alerts.length > 0 ? explorer() : html``}
<section aria-labelledby="outcomes"><h2 id="outcomes">Match outcomes</h2>${outcomeSums(shown)}</section>
<section aria-labelledby="by-detection"><h2 id="by-detection">By detection</h2>${detectionsTable(shown)}</section>
${daysTable(shown)}
${suppressionsTable(shown)}
${channelSection(cards)}
${problems(shown)}
</main>
${footer(about)}
<script type="application/json" id="data">${jsonBlock(embeddedData(shown.alerts))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function footer({ made, command }: { readonly made: string; readonly command?: string }): Markup {
  return html`<footer><p>Made ${fromLog(visible(made))}${command === undefined ? html`` : html` by <code>${fromLog(visible(command))}</code>`}. Times are UTC, as in CloudTrail. This page holds everything it shows and makes no network requests; its alerts hold names, addresses and account numbers from your logs, so share it as you would share those.</p></footer>`;
}
