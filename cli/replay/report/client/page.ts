// Puts it all together.

import { PRINTED_ROWS, renderAlerts } from "./alert-list";
import { DATA } from "./alerts";
import { followAddress, onChange, view } from "./current-view";
import { place } from "./elements";
import { renderFacets } from "./facets";
import { leftOutBy, shownRows } from "./filter";
import { prepareFilterBar, renderFilterBar, renderSeverities } from "./filter-bar";
import { renderThemeChoice } from "./theme";
import { renderTimeline } from "./timeline";

function renderPage() {
  const focused =
    document.activeElement instanceof HTMLElement || document.activeElement instanceof SVGElement
      ? document.activeElement.dataset.key
      : undefined;
  const leftOut = leftOutBy();
  const rows = shownRows(leftOut);
  renderSeverities(leftOut);
  renderFilterBar(leftOut, rows.length);
  renderTimeline(leftOut);
  renderFacets(leftOut);
  renderAlerts(rows);
  if (focused !== undefined) focusAgain(focused);
}

/** What had the focus was made anew; where it is gone, what is found comes next. */
function focusAgain(key: string) {
  const stops = [...(document.querySelectorAll("[data-key]") as NodeListOf<HTMLElement>)];
  const same = stops.find((stop) => stop.dataset.key === key);
  (same ?? place("search")).focus({ preventScroll: same !== undefined });
}

renderThemeChoice();
if (DATA.alerts > 0) {
  prepareFilterBar();
  place("explorer").hidden = false;
  renderPage();
  onChange(renderPage);
  addEventListener("popstate", followAddress);
  // The address is the view's: the links of the page itself move without it.
  for (const link of document.querySelectorAll('a[href^="#"]') as NodeListOf<HTMLAnchorElement>) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = link.id === "skip" ? place("alerts") : place(link.hash.slice(1));
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    });
  }
  addEventListener("beforeprint", () => renderAlerts(shownRows(leftOutBy()), PRINTED_ROWS));
  addEventListener("afterprint", () => renderAlerts(shownRows(leftOutBy())));
  if (view.open !== undefined) document.querySelector("ol.alerts details[open]")?.scrollIntoView({ block: "center" });
}
