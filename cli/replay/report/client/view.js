// What is looked at: filters, order, page. It stands in the address, after the #, so that it can be shared.

/** Filters that choose among a field's values. */
const CHOICES = /** @type {const} */ (["severity", "tier", "detection", "actor", "account", "region"]);
/** @typedef {(typeof CHOICES)[number]} Choice */

const ORDERS = /** @type {const} */ (["oldest", "newest", "gravest"]);

/**
 * @typedef {object} View
 * @property {Readonly<Record<Choice, readonly string[]>>} chosen none chosen: all are shown
 * @property {string} search
 * @property {number | undefined} from milliseconds since 1970
 * @property {number | undefined} to the first that is not shown any more
 * @property {(typeof ORDERS)[number]} order
 * @property {number} page from 0
 * @property {number | undefined} open the alert whose details are shown
 */

/** @returns {View} */
function wholeView() {
  const chosen = { severity: [], tier: [], detection: [], actor: [], account: [], region: [] };
  return { chosen, search: "", from: undefined, to: undefined, order: "oldest", page: 0, open: undefined };
}

/**
 * @param {string | null} text
 * @returns {number | undefined}
 */
function timeIn(text) {
  return text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && Date.parse(text) >= 0
    ? Date.parse(text)
    : undefined;
}

/**
 * @param {string | null} text
 * @returns {number | undefined}
 */
function wholeNumberIn(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * Whatever it holds that is none of ours is left aside.
 * @param {string} hash
 * @returns {View}
 */
function viewIn(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const chosen = CHOICES.map((choice) => [choice, [...new Set(parameters.getAll(choice))]]);
  return {
    chosen: Object.fromEntries(chosen),
    search: parameters.get("search") ?? "",
    from: timeIn(parameters.get("from")),
    to: timeIn(parameters.get("to")),
    order: ORDERS.find((order) => order === parameters.get("order")) ?? "oldest",
    page: Math.max(0, (wholeNumberIn(parameters.get("page")) ?? 1) - 1),
    open: wholeNumberIn(parameters.get("open")),
  };
}

/** @param {number} time */
function isoSeconds(time) {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

/** @param {View} view */
function hashOf(view) {
  const parameters = new URLSearchParams();
  for (const choice of CHOICES) for (const value of view.chosen[choice]) parameters.append(choice, value);
  if (view.search !== "") parameters.set("search", view.search);
  if (view.from !== undefined) parameters.set("from", isoSeconds(view.from));
  if (view.to !== undefined) parameters.set("to", isoSeconds(view.to));
  if (view.order !== "oldest") parameters.set("order", view.order);
  if (view.page > 0) parameters.set("page", String(view.page + 1));
  if (view.open !== undefined) parameters.set("open", String(view.open));
  return parameters.toString();
}

let view = viewIn(location.hash);

/**
 * @param {Partial<View>} change
 * @param {"push" | "replace"} how whether the browser's Back comes back to the view before
 */
function keepView(change, how) {
  view = { ...view, ...change };
  const hash = hashOf(view);
  const address = hash === "" ? location.href.replace(/#.*$/, "") : `#${hash}`;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/**
 * Looks at something else, from its first page on.
 * @param {Partial<View>} change
 * @param {"push" | "replace"} [how]
 */
function changeView(change, how = "push") {
  keepView({ page: 0, open: undefined, ...change }, how);
  renderPage();
}

/**
 * Chooses the value, or no longer.
 * @param {Choice} choice
 * @param {string} value
 */
function toggleChoice(choice, value) {
  const values = view.chosen[choice];
  const others = values.filter((other) => other !== value);
  changeView({
    chosen: { ...view.chosen, [choice]: others.length < values.length ? others : [...values, value] },
  });
}
