// The alerts one by one, a page at a time.

import type { Field } from "../embedded-data";
import { fieldOf, TIMES } from "./alerts";
import { changeView, keepPageWithin, keepView, toggleChoice, view } from "./current-view";
import { actionButton, element, fromLog, moveWithArrows, NUMBERS, place, severityMark } from "./elements";
import { isoSeconds } from "./times";
import { CHOICES, ORDERS } from "./view";

const PAGE_ROWS = 50;
export const PRINTED_ROWS = 500;

const ORDER_WORDS = { oldest: "oldest first", newest: "newest first", severity: "most severe first" };

const DETAILS: readonly (readonly [Field, string])[] = [
  ["detection", "Detection"],
  ["eventTime", "Time"],
  ["eventSource", "Service"],
  ["eventName", "Call"],
  ["actor", "Actor"],
  ["principal", "Principal"],
  ["account", "Account"],
  ["region", "Region"],
  ["sourceIPAddress", "From"],
  ["userAgent", "User agent"],
  ["accessKeyId", "Access key"],
  ["outcome", "Outcome"],
  ["errorCode", "Error"],
  ["errorMessage", "Message"],
  ["target", "Target"],
  ["alsoMatched", "Also matched"],
  ["incident", "Incident"],
  ["incidentPlace", "In the incident"],
  ["requestParameters", "Request"],
  ["responseElements", "Response"],
  ["eventID", "Event ID"],
  ["file", "Log file"],
];

function alertDetails(row: number) {
  return element(
    "dl",
    { class: "details" },
    ...DETAILS.filter(([field]) => fieldOf(field, row) !== "").map(([field, heading]) => {
      const value = fieldOf(field, row);
      const choice = CHOICES.find((name) => name === field);
      const only =
        choice === undefined || view.chosen[choice].includes(value)
          ? []
          : [
              actionButton(
                { class: "plain only", "aria-label": `Only this ${choice}` },
                () => toggleChoice(choice, value),
                "only this",
              ),
            ];
      return element("div", {}, element("dt", {}, heading), element("dd", {}, fromLog(value), ...only));
    }),
  );
}

function tags(row: number) {
  const outcome = fieldOf("outcome", row);
  return [
    ...(fieldOf("tier", row) === "digest" ? ["digest"] : []),
    ...(fieldOf("incidentPlace", row).startsWith("update ") ? [fieldOf("incidentPlace", row)] : []),
    ...(outcome === "denied" || outcome === "failed" ? [outcome] : []),
  ];
}

function alertItem(row: number) {
  const time = Number.isNaN(TIMES[row])
    ? fieldOf("eventTime", row)
    : isoSeconds(TIMES[row] ?? 0)
        .replace("T", " ")
        .replace("Z", "");
  const summary = element(
    "summary",
    { "data-key": `alert ${row}` },
    element("span", { class: "when" }, fromLog(time)),
    severityMark(fieldOf("severity", row)),
    element(
      "span",
      { class: "what" },
      fromLog(fieldOf("title", row)),
      ...tags(row).flatMap((tag) => [" ", element("span", { class: "tag" }, tag)]),
    ),
    element("span", { class: "who" }, fromLog(fieldOf("actor", row))),
    element("span", { class: "where" }, fromLog(fieldOf("region", row))),
  );
  const details = element("details", { open: row === view.open }, summary);
  if (details.open) details.append(alertDetails(row));
  details.addEventListener("toggle", () => {
    if (details.open && summary.nextSibling === null) details.append(alertDetails(row));
    if (details.open) keepView({ open: row }, "replace");
    else if (view.open === row) keepView({ open: undefined }, "replace");
  });
  return element("li", {}, details);
}

function pager(pages: number, where: string) {
  if (pages < 2) return [];

  const step: (label: string, page: number) => HTMLElement = (label, page) =>
    actionButton(
      {
        class: "toggle",
        "data-key": `${label} ${where}`,
        "aria-disabled": page < 0 || page >= pages ? "true" : undefined,
      },
      () => {
        if (page < 0 || page >= pages) return;
        changeView({ page });
        place("alerts").scrollIntoView({ block: "start" });
      },
      label,
    );
  return [
    element(
      "nav",
      { class: "pager", "aria-label": `Pages, ${where} the alerts` },
      step("Previous", view.page - 1),
      element("span", {}, `page ${NUMBERS.format(view.page + 1)} of ${NUMBERS.format(pages)}`),
      step("Next", view.page + 1),
    ),
  ];
}

function orderChoice() {
  const select = element("select", { id: "order", "data-key": "order" });
  for (const order of ORDERS)
    select.append(element("option", { value: order, selected: order === view.order }, ORDER_WORDS[order]));
  select.addEventListener("change", () =>
    changeView({ order: ORDERS.find((order) => order === select.value) ?? "oldest" }),
  );
  return element("div", { class: "order" }, element("label", { for: "order", class: "unseen" }, "Order"), select);
}

/** @param most how many of them, from the view's page on */
export function renderAlerts(rows: readonly number[], most: number = PAGE_ROWS) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  keepPageWithin(pages);
  const first = view.page * PAGE_ROWS;
  const shown = rows.slice(first, first + most);
  const heading =
    rows.length === 0
      ? "Alerts"
      : `Alerts ${NUMBERS.format(first + 1)}–${NUMBERS.format(first + shown.length)} of ${NUMBERS.format(rows.length)}`;
  const list = element("ol", { class: "alerts", start: first + 1 }, ...shown.map(alertItem));
  moveWithArrows(list, "summary");
  place("alerts").replaceChildren(
    element("div", { class: "list-head" }, element("h3", {}, heading), orderChoice(), ...pager(pages, "above")),
    rows.length === 0 ? element("p", { class: "nothing" }, "No alert matches these filters.") : list,
    ...pager(pages, "below"),
  );
}
