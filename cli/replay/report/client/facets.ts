// Tables by detection, actor, account and region; each name is a filter.

import { DATA, DETECTIONS } from "./alerts";
import { showView, toggleChoice, view } from "./current-view";
import { actionButton, element, fromLog, moveWithArrows, NUMBERS, place, severityShape } from "./elements";
import { countsOf } from "./filter";
import type { Choice } from "./view";

const FACETS = [
  ["detection", "Detection"],
  ["actor", "Actor"],
  ["account", "Account"],
  ["region", "Region"],
] as const;
const FIRST_ROWS = 8;
const MORE_ROWS = 50;

/** How many rows of each table are shown. */
const facetRows = new Map<Choice, number>();
/** Tables that the reader closed, or on a narrow screen didn't open. */
const closedFacets = new Set<Choice>(matchMedia("(width < 60rem)").matches ? FACETS.map(([choice]) => choice) : []);

/** @param position among the field's values */
function facetRow(choice: Choice, position: number, count: number, most: number) {
  const value = DATA.columns[choice].values[position] ?? "";
  const detection = choice === "detection" ? DETECTIONS[position] : undefined;
  const pressed = view.chosen[choice].includes(value);
  const name =
    detection === undefined ? [fromLog(value)] : [severityShape(detection.severity), fromLog(detection.title)];
  const gauge = element("span", { class: "gauge" });
  gauge.style.width = `${(count / most) * 100}%`;
  const toggle = actionButton(
    { class: "choose", "aria-pressed": String(pressed), "data-key": `${choice} ${position}` },
    () => toggleChoice(choice, value),
    ...name,
  );
  return element(
    "tr",
    pressed ? { class: "chosen" } : {},
    element("th", { scope: "row" }, toggle, gauge),
    element("td", { class: "number" }, NUMBERS.format(count)),
  );
}

function facet(leftOut: Uint16Array, choice: Choice, heading: string) {
  const counts = countsOf(leftOut, choice);
  const { values } = DATA.columns[choice];
  const chosen = new Set(view.chosen[choice]);
  const positions = [...counts.keys()]
    .filter((position) => (counts[position] ?? 0) > 0 || chosen.has(values[position] ?? ""))
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const rows = facetRows.get(choice) ?? FIRST_ROWS;
  const shown = positions.filter((position, place) => place < rows || chosen.has(values[position] ?? ""));
  const most = Math.max(1, ...shown.map((position) => counts[position] ?? 0));
  const table = element(
    "table",
    { class: "facet" },
    element("caption", { class: "unseen" }, `Alerts by ${choice}`),
    element(
      "thead",
      { class: "unseen" },
      element("tr", {}, element("th", { scope: "col" }, heading), element("th", { scope: "col" }, "Alerts")),
    ),
    element("tbody", {}, ...shown.map((position) => facetRow(choice, position, counts[position] ?? 0, most))),
  );
  moveWithArrows(table, "button");
  const details = element(
    "details",
    { class: "box", open: !closedFacets.has(choice) },
    element(
      "summary",
      { "data-key": `facet ${choice}` },
      `${heading} `,
      element("span", { class: "meaning" }, NUMBERS.format(positions.length)),
    ),
    table,
    ...(positions.length > shown.length ? [moreRows(choice, rows, positions.length - shown.length)] : []),
  );
  details.addEventListener("toggle", () => {
    if (details.open) closedFacets.delete(choice);
    else closedFacets.add(choice);
  });
  return details;
}

function moreRows(choice: Choice, rows: number, hidden: number) {
  const more = Math.min(MORE_ROWS, hidden);
  return actionButton(
    { class: "plain", "data-key": `more ${choice}` },
    () => {
      facetRows.set(choice, rows + more);
      showView();
    },
    `${NUMBERS.format(more)} more of ${NUMBERS.format(hidden)}`,
  );
}

export function renderFacets(leftOut: Uint16Array) {
  place("facets").replaceChildren(...FACETS.map(([choice, heading]) => facet(leftOut, choice, heading)));
}
