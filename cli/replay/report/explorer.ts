import { html, type Markup } from "../../cards/markup";

/** The places that the page's script fills. Hidden until it does. */
export function explorer(): Markup {
  return html`<noscript><p class="notice">Timeline, filters, search and the alerts one by one need JavaScript, which is disabled here. The summary and the tables below don't.</p></noscript>
<section id="explorer" aria-labelledby="explorer-heading" hidden><h2 id="explorer-heading">Alerts</h2>
<div id="filter-bar" role="search" aria-label="Filter the alerts"></div>
<div id="timeline"></div>
<div class="columns"><div id="facets"></div><div id="alerts" tabindex="-1"></div></div></section>`;
}
