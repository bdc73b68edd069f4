// Puts it all together.

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

/**
 * What had the focus was made anew; where it is gone, what is found comes next.
 * @param {string} key
 */
function focusAgain(key) {
  const stops = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key]"))];
  const same = stops.find((stop) => stop.dataset.key === key);
  (same ?? place("search")).focus({ preventScroll: same !== undefined });
}

renderThemeChoice();
if (DATA.alerts > 0) {
  prepareFilterBar();
  place("explorer").hidden = false;
  renderPage();
  addEventListener("popstate", () => {
    view = viewIn(location.hash);
    renderPage();
  });
  // The address is the view's: the links of the page itself move without it.
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[href^="#"]'))) {
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
