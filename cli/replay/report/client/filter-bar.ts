// Severities, search, tiers, and what is chosen at present.

import { DATA } from "./alerts";
import { changeView, toggleChoice, view } from "./current-view";
import { actionButton, element, fromLog, NUMBERS, place, severityMark } from "./elements";
import { countsOf } from "./filter";
import { shortTime } from "./times";
import { CHOICES, hashOf, wholeView } from "./view";

const TIER_WORDS = new Map([
  ["alert", "sent at once"],
  ["digest", "in the digest"],
]);

export function renderSeverities(leftOut: Uint16Array) {
  const counts = countsOf(leftOut, "severity");
  const { values } = DATA.columns.severity;
  for (const item of place("severities").querySelectorAll("li") as NodeListOf<HTMLElement>) {
    const severity = item.dataset.severity ?? "";
    const count = counts[values.indexOf(severity)] ?? 0;
    item.replaceChildren(
      actionButton(
        { "aria-pressed": String(view.chosen.severity.includes(severity)), "data-key": `severity ${severity}` },
        () => toggleChoice("severity", severity),
        element("span", { class: "figure" }, NUMBERS.format(count)),
        severityMark(severity),
      ),
    );
  }
}

/** Made once, so that typing isn't disturbed. */
function searchField() {
  const input = element("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });

  let pending: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(() => changeView({ search: input.value.trim() }, "replace"), 120);
  });
  return element("div", { class: "search" }, element("label", { for: "search" }, "Search every field"), input);
}

function chip(label: string, value: Node | string, key: string, remove: () => void) {
  const cross = element("span", { "aria-hidden": "true", class: "cross" }, "×");
  return element(
    "li",
    {},
    actionButton(
      { class: "chip", "data-key": key },
      remove,
      element("span", { class: "unseen" }, "Remove filter "),
      `${label}: `,
      value,
      cross,
    ),
  );
}

function chips() {
  const chosen = CHOICES.flatMap((choice) =>
    choice === "severity" || choice === "tier"
      ? []
      : view.chosen[choice].map((value, place) =>
          chip(choice, fromLog(value), `chip ${choice} ${place}`, () => toggleChoice(choice, value)),
        ),
  );
  const { from, to } = view;
  if (from === undefined && to === undefined) return chosen;
  const time = `${from === undefined ? "" : shortTime(from)} – ${to === undefined ? "" : shortTime(to)}`;
  return [...chosen, chip("time", time, "chip time", () => changeView({ from: undefined, to: undefined }))];
}

function tierButtons(leftOut: Uint16Array) {
  const { values } = DATA.columns.tier;
  if (values.length < 2) return [];
  const counts = countsOf(leftOut, "tier");
  const buttons = values.map((tier, position) =>
    actionButton(
      { class: "toggle", "aria-pressed": String(view.chosen.tier.includes(tier)), "data-key": `tier ${position}` },
      () => toggleChoice("tier", tier),
      `${TIER_WORDS.get(tier) ?? tier} `,
      element("span", { class: "meaning" }, NUMBERS.format(counts[position] ?? 0)),
    ),
  );
  return [element("div", { class: "toggles", role: "group", "aria-label": "Delivery" }, ...buttons)];
}

export function prepareFilterBar() {
  place("filter-bar").append(
    searchField(),
    element("div", { id: "tiers" }),
    element("p", { id: "found", role: "status" }),
    element("div", { id: "chosen" }),
  );
}

export function renderFilterBar(leftOut: Uint16Array, found: number) {
  const search = place("search") as HTMLInputElement;
  if (search.value.trim() !== view.search) search.value = view.search;
  place("tiers").replaceChildren(...tierButtons(leftOut));
  const { order } = view;
  const filtered = hashOf({ ...wholeView(), order }) !== hashOf({ ...view, page: 0, open: undefined });
  const all = NUMBERS.format(DATA.alerts);
  place("found").textContent = filtered ? `${NUMBERS.format(found)} of ${all} shown` : `all ${all} shown`;
  const clear = actionButton(
    { class: "plain", "data-key": "clear" },
    () => changeView({ ...wholeView(), order }),
    "Show all",
  );
  place("chosen").replaceChildren(
    element("ul", { class: "chips", "aria-label": "Filters" }, ...chips()),
    ...(filtered ? [clear] : []),
  );
}
