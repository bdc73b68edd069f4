"use strict";
(() => {
  // cli/replay/report/client/elements.ts
  function setAttributes(node, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== void 0 && value !== false) node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    setAttributes(node, attributes);
    node.append(...children);
    return node;
  }
  function svgElement(tag, attributes = {}, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    setAttributes(node, attributes);
    node.append(...children);
    return node;
  }
  function actionButton(attributes, act, ...children) {
    const node = element("button", { type: "button", ...attributes }, ...children);
    node.addEventListener("click", act);
    return node;
  }
  function fromLog(text) {
    return element("bdi", {}, text);
  }
  function severityMark(severity) {
    return element("span", { class: `severity ${severity}` }, severity);
  }
  function severityShape(severity) {
    return element("span", { class: `severity ${severity}` }, element("span", { class: "unseen" }, `${severity}: `));
  }
  function place(id) {
    const node = document.getElementById(id);
    if (node === null) throw new Error(`the page has no #${id}`);
    return node;
  }
  var NUMBERS = new Intl.NumberFormat("en-US");
  function countedWord(count, one) {
    return `${NUMBERS.format(count)} ${one}${count === 1 ? "" : "s"}`;
  }
  function moveWithArrows(container, selector) {
    container.addEventListener("keydown", (event) => {
      const stops = [...container.querySelectorAll(selector)];
      const at = stops.indexOf(event.target);
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
      if (at < 0 || to === void 0) return;
      event.preventDefault();
      stops[to]?.focus();
    });
  }

  // cli/replay/report/client/alerts.ts
  var SEVERITIES = ["critical", "high", "medium", "low"];
  var DATA = JSON.parse(place("data").textContent ?? "");
  function fieldOf(field, row) {
    const { values, rows } = DATA.columns[field];
    return values[rows[row] ?? -1] ?? "";
  }
  var TIMES = (() => {
    const { values, rows } = DATA.columns.eventTime;
    const times = values.map((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN);
    return Float64Array.from(rows, (position) => times[position] ?? Number.NaN);
  })();
  var SEVERITY_RANKS = (() => {
    const { values, rows } = DATA.columns.severity;
    const ranks = values.map((severity) => SEVERITIES.indexOf(severity));
    return Uint8Array.from(rows, (position) => ranks[position] ?? 0);
  })();
  var DETECTIONS = (() => {
    const { values, rows } = DATA.columns.detection;
    const detections = values.map(() => ({ title: "", severity: "" }));
    for (let row = DATA.alerts - 1; row >= 0; row--) {
      detections[rows[row] ?? 0] = { title: fieldOf("title", row), severity: fieldOf("severity", row) };
    }
    return detections;
  })();

  // cli/replay/report/client/times.ts
  function isoSeconds(time) {
    return new Date(time).toISOString().replace(".000Z", "Z");
  }
  function shortTime(time) {
    return isoSeconds(time).replace("T", " ").replace(/:00Z$/, "").replace(/ 00:00$/, "");
  }

  // cli/replay/report/client/view.ts
  var CHOICES = ["severity", "tier", "detection", "actor", "account", "region", "incident"];
  var ORDERS = ["oldest", "newest", "severity"];
  function wholeView() {
    const chosen = { severity: [], tier: [], detection: [], actor: [], account: [], region: [], incident: [] };
    return { chosen, search: "", from: void 0, to: void 0, order: "oldest", page: 0, open: void 0 };
  }
  function timeIn(text) {
    return text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && Date.parse(text) >= 0 ? Date.parse(text) : void 0;
  }
  function wholeNumberIn(text) {
    return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : void 0;
  }
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
      open: wholeNumberIn(parameters.get("open"))
    };
  }
  function hashOf(view2) {
    const parameters = new URLSearchParams();
    for (const choice of CHOICES) for (const value of view2.chosen[choice]) parameters.append(choice, value);
    if (view2.search !== "") parameters.set("search", view2.search);
    if (view2.from !== void 0) parameters.set("from", isoSeconds(view2.from));
    if (view2.to !== void 0) parameters.set("to", isoSeconds(view2.to));
    if (view2.order !== "oldest") parameters.set("order", view2.order);
    if (view2.page > 0) parameters.set("page", String(view2.page + 1));
    if (view2.open !== void 0) parameters.set("open", String(view2.open));
    return parameters.toString();
  }

  // cli/replay/report/client/current-view.ts
  var shown = () => {
  };
  function onChange(show) {
    shown = show;
  }
  function showView() {
    shown();
  }
  var view = viewIn(location.hash);
  function keepView(change, how) {
    view = { ...view, ...change };
    const hash = hashOf(view);
    const address = hash === "" ? location.href.replace(/#.*$/, "") : `#${hash}`;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
  function changeView(change, how = "push") {
    keepView({ page: 0, open: void 0, ...change }, how);
    showView();
  }
  function toggleChoice(choice, value) {
    const values = view.chosen[choice];
    const others = values.filter((other) => other !== value);
    changeView({
      chosen: { ...view.chosen, [choice]: others.length < values.length ? others : [...values, value] }
    });
  }
  function followAddress() {
    view = viewIn(location.hash);
    showView();
  }
  function keepPageWithin(pages) {
    if (view.page >= pages) view = { ...view, page: pages - 1 };
  }

  // cli/replay/report/client/alert-list.ts
  var PAGE_ROWS = 50;
  var PRINTED_ROWS = 500;
  var ORDER_WORDS = { oldest: "oldest first", newest: "newest first", severity: "most severe first" };
  var DETAILS = [
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
    ["file", "Log file"]
  ];
  function alertDetails(row) {
    return element(
      "dl",
      { class: "details" },
      ...DETAILS.filter(([field]) => fieldOf(field, row) !== "").map(([field, heading]) => {
        const value = fieldOf(field, row);
        const choice = CHOICES.find((name) => name === field);
        const only = choice === void 0 || view.chosen[choice].includes(value) ? [] : [
          actionButton(
            { class: "plain only", "aria-label": `Only this ${choice}` },
            () => toggleChoice(choice, value),
            "only this"
          )
        ];
        return element("div", {}, element("dt", {}, heading), element("dd", {}, fromLog(value), ...only));
      })
    );
  }
  function tags(row) {
    const outcome = fieldOf("outcome", row);
    return [
      ...fieldOf("tier", row) === "digest" ? ["digest"] : [],
      ...fieldOf("incidentPlace", row).startsWith("update ") ? [fieldOf("incidentPlace", row)] : [],
      ...outcome === "denied" || outcome === "failed" ? [outcome] : []
    ];
  }
  function alertItem(row) {
    const time = Number.isNaN(TIMES[row]) ? fieldOf("eventTime", row) : isoSeconds(TIMES[row] ?? 0).replace("T", " ").replace("Z", "");
    const summary = element(
      "summary",
      { "data-key": `alert ${row}` },
      element("span", { class: "when" }, fromLog(time)),
      severityMark(fieldOf("severity", row)),
      element(
        "span",
        { class: "what" },
        fromLog(fieldOf("title", row)),
        ...tags(row).flatMap((tag) => [" ", element("span", { class: "tag" }, tag)])
      ),
      element("span", { class: "who" }, fromLog(fieldOf("actor", row))),
      element("span", { class: "where" }, fromLog(fieldOf("region", row)))
    );
    const details = element("details", { open: row === view.open }, summary);
    if (details.open) details.append(alertDetails(row));
    details.addEventListener("toggle", () => {
      if (details.open && summary.nextSibling === null) details.append(alertDetails(row));
      if (details.open) keepView({ open: row }, "replace");
      else if (view.open === row) keepView({ open: void 0 }, "replace");
    });
    return element("li", {}, details);
  }
  function pager(pages, where) {
    if (pages < 2) return [];
    const step = (label, page) => actionButton(
      {
        class: "toggle",
        "data-key": `${label} ${where}`,
        "aria-disabled": page < 0 || page >= pages ? "true" : void 0
      },
      () => {
        if (page < 0 || page >= pages) return;
        changeView({ page });
        place("alerts").scrollIntoView({ block: "start" });
      },
      label
    );
    return [
      element(
        "nav",
        { class: "pager", "aria-label": `Pages, ${where} the alerts` },
        step("Previous", view.page - 1),
        element("span", {}, `page ${NUMBERS.format(view.page + 1)} of ${NUMBERS.format(pages)}`),
        step("Next", view.page + 1)
      )
    ];
  }
  function orderChoice() {
    const select = element("select", { id: "order", "data-key": "order" });
    for (const order of ORDERS)
      select.append(element("option", { value: order, selected: order === view.order }, ORDER_WORDS[order]));
    select.addEventListener(
      "change",
      () => changeView({ order: ORDERS.find((order) => order === select.value) ?? "oldest" })
    );
    return element("div", { class: "order" }, element("label", { for: "order", class: "unseen" }, "Order"), select);
  }
  function renderAlerts(rows, most = PAGE_ROWS) {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
    keepPageWithin(pages);
    const first = view.page * PAGE_ROWS;
    const shown2 = rows.slice(first, first + most);
    const heading = rows.length === 0 ? "Alerts" : `Alerts ${NUMBERS.format(first + 1)}–${NUMBERS.format(first + shown2.length)} of ${NUMBERS.format(rows.length)}`;
    const list = element("ol", { class: "alerts", start: first + 1 }, ...shown2.map(alertItem));
    moveWithArrows(list, "summary");
    place("alerts").replaceChildren(
      element("div", { class: "list-head" }, element("h3", {}, heading), orderChoice(), ...pager(pages, "above")),
      rows.length === 0 ? element("p", { class: "nothing" }, "No alert matches these filters.") : list,
      ...pager(pages, "below")
    );
  }

  // cli/replay/report/client/filter.ts
  var FILTERS = [...CHOICES, "time", "search"];
  function bitOf(filter) {
    return 1 << FILTERS.indexOf(filter);
  }
  function leftOutBy() {
    const leftOut = new Uint16Array(DATA.alerts);
    for (const choice of CHOICES) leaveOutUnchosen(leftOut, choice);
    if (view.from !== void 0 || view.to !== void 0) leaveOutOtherTimes(leftOut);
    for (const word of wordsOf(view.search)) leaveOutWithout(leftOut, word);
    return leftOut;
  }
  function leaveOutUnchosen(leftOut, choice) {
    const chosen = view.chosen[choice];
    if (chosen.length === 0) return;
    const { values, rows } = DATA.columns[choice];
    const wanted = new Set(chosen);
    const kept = values.map((value) => wanted.has(value));
    const bit = bitOf(choice);
    for (let row = 0; row < rows.length; row++) if (!kept[rows[row] ?? -1]) leftOut[row] = (leftOut[row] ?? 0) | bit;
  }
  function leaveOutOtherTimes(leftOut) {
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = view;
    const bit = bitOf("time");
    TIMES.forEach((time, row) => {
      if (!(time >= from && time < to)) leftOut[row] = (leftOut[row] ?? 0) | bit;
    });
  }
  function wordsOf(search) {
    return search.toLowerCase().split(/\s+/).filter(Boolean);
  }
  function leaveOutWithout(leftOut, word) {
    const found = new Uint8Array(DATA.alerts);
    for (const { values, rows } of Object.values(DATA.columns)) {
      const hits = values.map((value) => value.toLowerCase().includes(word));
      if (!hits.includes(true)) continue;
      for (let row = 0; row < rows.length; row++) if (hits[rows[row] ?? -1]) found[row] = 1;
    }
    const bit = bitOf("search");
    for (let row = 0; row < found.length; row++) if (!found[row]) leftOut[row] = (leftOut[row] ?? 0) | bit;
  }
  function shownRows(leftOut) {
    const rows = [];
    for (let row = 0; row < leftOut.length; row++) if (leftOut[row] === 0) rows.push(row);
    if (view.order === "newest") rows.reverse();
    if (view.order === "severity") rows.sort((a, b) => (SEVERITY_RANKS[a] ?? 0) - (SEVERITY_RANKS[b] ?? 0) || a - b);
    return rows;
  }
  function countsOf(leftOut, choice) {
    const { values, rows } = DATA.columns[choice];
    const counts = new Uint32Array(values.length);
    const others = ~bitOf(choice);
    for (let row = 0; row < rows.length; row++) {
      const position = rows[row] ?? 0;
      if (((leftOut[row] ?? 0) & others) === 0) counts[position] = (counts[position] ?? 0) + 1;
    }
    return counts;
  }

  // cli/replay/report/client/facets.ts
  var FACETS = [
    ["detection", "Detection"],
    ["actor", "Actor"],
    ["account", "Account"],
    ["region", "Region"]
  ];
  var FIRST_ROWS = 8;
  var MORE_ROWS = 50;
  var facetRows = /* @__PURE__ */ new Map();
  var closedFacets = new Set(matchMedia("(width < 60rem)").matches ? FACETS.map(([choice]) => choice) : []);
  function facetRow(choice, position, count, most) {
    const value = DATA.columns[choice].values[position] ?? "";
    const detection = choice === "detection" ? DETECTIONS[position] : void 0;
    const pressed = view.chosen[choice].includes(value);
    const name = detection === void 0 ? [fromLog(value)] : [severityShape(detection.severity), fromLog(detection.title)];
    const gauge = element("span", { class: "gauge" });
    gauge.style.width = `${count / most * 100}%`;
    const toggle = actionButton(
      { class: "choose", "aria-pressed": String(pressed), "data-key": `${choice} ${position}` },
      () => toggleChoice(choice, value),
      ...name
    );
    return element(
      "tr",
      pressed ? { class: "chosen" } : {},
      element("th", { scope: "row" }, toggle, gauge),
      element("td", { class: "number" }, NUMBERS.format(count))
    );
  }
  function facet(leftOut, choice, heading) {
    const counts = countsOf(leftOut, choice);
    const { values } = DATA.columns[choice];
    const chosen = new Set(view.chosen[choice]);
    const positions = [...counts.keys()].filter((position) => (counts[position] ?? 0) > 0 || chosen.has(values[position] ?? "")).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
    const rows = facetRows.get(choice) ?? FIRST_ROWS;
    const shown2 = positions.filter((position, place2) => place2 < rows || chosen.has(values[position] ?? ""));
    const most = Math.max(1, ...shown2.map((position) => counts[position] ?? 0));
    const table = element(
      "table",
      { class: "facet" },
      element("caption", { class: "unseen" }, `Alerts by ${choice}`),
      element(
        "thead",
        { class: "unseen" },
        element("tr", {}, element("th", { scope: "col" }, heading), element("th", { scope: "col" }, "Alerts"))
      ),
      element("tbody", {}, ...shown2.map((position) => facetRow(choice, position, counts[position] ?? 0, most)))
    );
    moveWithArrows(table, "button");
    const details = element(
      "details",
      { class: "box", open: !closedFacets.has(choice) },
      element(
        "summary",
        { "data-key": `facet ${choice}` },
        `${heading} `,
        element("span", { class: "meaning" }, NUMBERS.format(positions.length))
      ),
      table,
      ...positions.length > shown2.length ? [moreRows(choice, rows, positions.length - shown2.length)] : []
    );
    details.addEventListener("toggle", () => {
      if (details.open) closedFacets.delete(choice);
      else closedFacets.add(choice);
    });
    return details;
  }
  function moreRows(choice, rows, hidden) {
    const more = Math.min(MORE_ROWS, hidden);
    return actionButton(
      { class: "plain", "data-key": `more ${choice}` },
      () => {
        facetRows.set(choice, rows + more);
        showView();
      },
      `${NUMBERS.format(more)} more of ${NUMBERS.format(hidden)}`
    );
  }
  function renderFacets(leftOut) {
    place("facets").replaceChildren(...FACETS.map(([choice, heading]) => facet(leftOut, choice, heading)));
  }

  // cli/replay/report/client/filter-bar.ts
  var TIER_WORDS = /* @__PURE__ */ new Map([
    ["alert", "sent at once"],
    ["digest", "in the digest"]
  ]);
  function renderSeverities(leftOut) {
    const counts = countsOf(leftOut, "severity");
    const { values } = DATA.columns.severity;
    for (const item of place("severities").querySelectorAll("li")) {
      const severity = item.dataset.severity ?? "";
      const count = counts[values.indexOf(severity)] ?? 0;
      item.replaceChildren(
        actionButton(
          { "aria-pressed": String(view.chosen.severity.includes(severity)), "data-key": `severity ${severity}` },
          () => toggleChoice("severity", severity),
          element("span", { class: "figure" }, NUMBERS.format(count)),
          severityMark(severity)
        )
      );
    }
  }
  function searchField() {
    const input = element("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
    let pending;
    input.addEventListener("input", () => {
      clearTimeout(pending);
      pending = setTimeout(() => changeView({ search: input.value.trim() }, "replace"), 120);
    });
    return element("div", { class: "search" }, element("label", { for: "search" }, "Search every field"), input);
  }
  function chip(label, value, key, remove) {
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
        cross
      )
    );
  }
  function chips() {
    const chosen = CHOICES.flatMap(
      (choice) => choice === "severity" || choice === "tier" ? [] : view.chosen[choice].map(
        (value, place2) => chip(choice, fromLog(value), `chip ${choice} ${place2}`, () => toggleChoice(choice, value))
      )
    );
    const { from, to } = view;
    if (from === void 0 && to === void 0) return chosen;
    const time = `${from === void 0 ? "" : shortTime(from)} – ${to === void 0 ? "" : shortTime(to)}`;
    return [...chosen, chip("time", time, "chip time", () => changeView({ from: void 0, to: void 0 }))];
  }
  function tierButtons(leftOut) {
    const { values } = DATA.columns.tier;
    if (values.length < 2) return [];
    const counts = countsOf(leftOut, "tier");
    const buttons = values.map(
      (tier, position) => actionButton(
        { class: "toggle", "aria-pressed": String(view.chosen.tier.includes(tier)), "data-key": `tier ${position}` },
        () => toggleChoice("tier", tier),
        `${TIER_WORDS.get(tier) ?? tier} `,
        element("span", { class: "meaning" }, NUMBERS.format(counts[position] ?? 0))
      )
    );
    return [element("div", { class: "toggles", role: "group", "aria-label": "Delivery" }, ...buttons)];
  }
  function prepareFilterBar() {
    place("filter-bar").append(
      searchField(),
      element("div", { id: "tiers" }),
      element("p", { id: "found", role: "status" }),
      element("div", { id: "chosen" })
    );
  }
  function renderFilterBar(leftOut, found) {
    const search = place("search");
    if (search.value.trim() !== view.search) search.value = view.search;
    place("tiers").replaceChildren(...tierButtons(leftOut));
    const { order } = view;
    const filtered = hashOf({ ...wholeView(), order }) !== hashOf({ ...view, page: 0, open: void 0 });
    const all = NUMBERS.format(DATA.alerts);
    place("found").textContent = filtered ? `${NUMBERS.format(found)} of ${all} shown` : `all ${all} shown`;
    const clear = actionButton(
      { class: "plain", "data-key": "clear" },
      () => changeView({ ...wholeView(), order }),
      "Show all"
    );
    place("chosen").replaceChildren(
      element("ul", { class: "chips", "aria-label": "Filters" }, ...chips()),
      ...filtered ? [clear] : []
    );
  }

  // cli/replay/report/client/theme.ts
  var THEMES = ["system", "light", "dark"];
  var THEME_KEY = "trailwarden-theme";
  function keptTheme() {
    try {
      return THEMES.find((theme) => theme === localStorage.getItem(THEME_KEY)) ?? "system";
    } catch {
      return "system";
    }
  }
  function keepTheme(theme) {
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
    }
  }
  function wearTheme(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }
  function renderThemeChoice() {
    const kept = keptTheme();
    wearTheme(kept);
    const radios = THEMES.map((theme) => {
      const radio = element("input", { type: "radio", name: "theme", value: theme, checked: theme === kept });
      radio.addEventListener("change", () => {
        wearTheme(theme);
        keepTheme(theme);
      });
      return element("label", {}, radio, element("span", {}, theme));
    });
    place("theme").replaceChildren(
      element("fieldset", { class: "switch" }, element("legend", { class: "unseen" }, "Colors"), ...radios)
    );
  }

  // cli/replay/report/client/timeline-buckets.ts
  var MOST_BUCKETS = 124;
  var MOST_MINUTES = 30;
  var MINUTE_MS = 6e4;
  var HOUR_MS = 60 * MINUTE_MS;
  var DAY_MS = 24 * HOUR_MS;
  var FIRST_MONDAY_MS = 4 * DAY_MS;
  function bucketsOfAlerts() {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const time of TIMES) {
      if (time < first) first = time;
      if (time > last) last = time;
    }
    if (first > last) return void 0;
    const steps = [
      { step: MINUTE_MS, offset: 0, name: "minute", most: MOST_MINUTES },
      { step: 5 * MINUTE_MS, offset: 0, name: "5 minutes", most: MOST_BUCKETS },
      { step: HOUR_MS, offset: 0, name: "hour", most: MOST_BUCKETS },
      { step: DAY_MS, offset: 0, name: "day", most: MOST_BUCKETS },
      { step: 7 * DAY_MS, offset: FIRST_MONDAY_MS, name: "week", most: MOST_BUCKETS }
    ];
    for (const { step: step2, offset, name, most } of steps) {
      const start2 = Math.floor((first - offset) / step2) * step2 + offset;
      const count = Math.floor((last - start2) / step2) + 1;
      if (count <= most) return { start: start2, step: step2, count, name };
    }
    const start = Math.floor(first / DAY_MS) * DAY_MS;
    const step = Math.ceil((last - start + 1) / MOST_BUCKETS / DAY_MS) * DAY_MS;
    return { start, step, count: Math.floor((last - start) / step) + 1, name: `${step / DAY_MS} days` };
  }
  var BUCKETS = bucketsOfAlerts();
  function bucketLabel({ start, step }, bucket) {
    const begin = start + bucket * step;
    const day = isoSeconds(begin).slice(0, 10);
    if (step < DAY_MS) return `${day} ${isoSeconds(begin).slice(11, 16)}`;
    return step === DAY_MS ? day : `${day} to ${isoSeconds(begin + step - DAY_MS).slice(0, 10)}`;
  }
  function bucketCounts(leftOut, { start, step, count }) {
    const counts = Array.from({ length: count }, () => SEVERITIES.map(() => 0));
    const others = ~bitOf("time");
    TIMES.forEach((time, row) => {
      const bucket = counts[Math.floor((time - start) / step)];
      const rank = SEVERITY_RANKS[row] ?? 0;
      if (bucket !== void 0 && ((leftOut[row] ?? 0) & others) === 0) bucket[rank] = (bucket[rank] ?? 0) + 1;
    });
    return counts;
  }
  function roundUp(most) {
    for (let power = 1; ; power *= 10) {
      for (const factor of [2, 4, 10]) if (factor * power >= most) return factor * power;
    }
  }

  // cli/replay/report/client/timeline.ts
  var PLOT_HEIGHT = 144;
  var LEAST_HEIGHT = 2;
  var tabBar = 0;
  function countsInWords(counts) {
    const sum = counts.reduce((all, count) => all + count, 0);
    const parts = SEVERITIES.flatMap(
      (severity, rank) => counts[rank] ? [`${NUMBERS.format(counts[rank])} ${severity}`] : []
    );
    return sum === 0 ? "no alerts" : `${countedWord(sum, "alert")} (${parts.join(", ")})`;
  }
  function chooseBucket({ start, step }, bucket, further) {
    const [from, to] = [start + bucket * step, start + (bucket + 1) * step];
    tabBar = bucket;
    if (further && view.from !== void 0 && view.to !== void 0) {
      changeView({ from: Math.min(view.from, from), to: Math.max(view.to, to) });
    } else if (view.from === from && view.to === to) changeView({ from: void 0, to: void 0 });
    else changeView({ from, to });
  }
  function bar(buckets, bucket, counts, top) {
    const width = 100 / buckets.count;
    const x = `${bucket * width}%`;
    const [innerX, innerWidth] = [`${(bucket + 0.1) * width}%`, `${width * 0.8}%`];
    const time = buckets.start + bucket * buckets.step;
    const timeChosen = view.from !== void 0 || view.to !== void 0;
    const inChoice = timeChosen && time >= (view.from ?? time) && time < (view.to ?? Number.POSITIVE_INFINITY);
    const label = `${bucketLabel(buckets, bucket)}: ${countsInWords(counts)}`;
    const node = svgElement("g", {
      class: timeChosen && !inChoice ? "bar beside" : "bar",
      role: "button",
      tabindex: bucket === tabBar ? 0 : -1,
      "aria-pressed": String(inChoice),
      "aria-label": label,
      "data-key": `bar ${bucket}`
    });
    node.append(svgElement("rect", { class: "catch", x, width: `${width}%`, y: 0, height: PLOT_HEIGHT }));
    let y = PLOT_HEIGHT;
    counts.forEach((count, rank) => {
      if (count === 0) return;
      const height = Math.max(LEAST_HEIGHT, count / top * PLOT_HEIGHT);
      y -= height;
      node.append(
        svgElement("rect", {
          class: SEVERITIES[rank],
          x: innerX,
          width: innerWidth,
          y,
          height: Math.max(1, height - 0.5)
        })
      );
    });
    node.addEventListener("click", ({ shiftKey }) => chooseBucket(buckets, bucket, shiftKey));
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => readOut(label));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => readOut());
    return node;
  }
  function readOut(text) {
    const { from, to } = view;
    const chosen = from === void 0 && to === void 0 ? `Choose a bar to see its ${BUCKETS?.name} alone; with Shift, up to it.` : `Shown: ${from === void 0 ? "" : `from ${shortTime(from)}`} ${to === void 0 ? "" : `to before ${shortTime(to)}`}`;
    place("readout").textContent = text ?? chosen;
  }
  function onTimelineKey(event, buckets, bars) {
    const at = bars.indexOf(event.target);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") chooseBucket(buckets, at, event.shiftKey);
    else if (event.key === "Escape") changeView({ from: void 0, to: void 0 });
    else {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
      if (to === void 0) return;
      const next = bars[to];
      if (next !== void 0) {
        bars[at]?.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
        tabBar = to;
      }
    }
    event.preventDefault();
  }
  function renderTimeline(leftOut) {
    const buckets = BUCKETS;
    if (buckets === void 0) return;
    const counts = bucketCounts(leftOut, buckets);
    const top = roundUp(Math.max(1, ...counts.map((bucket) => bucket.reduce((sum, count) => sum + count, 0))));
    const bars = counts.map((bucket, position) => bar(buckets, position, bucket, top));
    const lines = [0, 0.5, 1].map(
      (share) => svgElement("line", { class: "line", x1: 0, x2: "100%", y1: share * PLOT_HEIGHT, y2: share * PLOT_HEIGHT })
    );
    const label = `Alerts per ${buckets.name}. Arrow keys go from bar to bar, Enter chooses one, Shift and Enter choose up to one, Escape chooses none.`;
    const plot = svgElement(
      "svg",
      { class: "plot", role: "group", "aria-label": label, height: PLOT_HEIGHT },
      ...lines,
      ...bars
    );
    plot.addEventListener("keydown", (event) => onTimelineKey(event, buckets, bars));
    const timeless = TIMES.filter(Number.isNaN).length;
    const middle = Math.floor(buckets.count / 2);
    const ends = buckets.count < 3 ? [0] : [0, middle, buckets.count - 1];
    place("timeline").replaceChildren(
      element("h3", {}, `Alerts per ${buckets.name}`),
      element(
        "div",
        { class: "chart" },
        element(
          "div",
          { class: "scale", "aria-hidden": "true" },
          ...[top, top / 2, 0].map((value) => element("span", {}, NUMBERS.format(value)))
        ),
        plot,
        element(
          "div",
          { class: "ends", "aria-hidden": "true" },
          ...ends.map((bucket) => element("span", {}, bucketLabel(buckets, bucket).replace(/ to .*/, "")))
        )
      ),
      element("p", { class: "readout", id: "readout" }),
      ...timeless > 0 ? [
        element(
          "p",
          { class: "meaning" },
          `${countedWord(timeless, "alert")} without a time are not in the timeline.`
        )
      ] : []
    );
    readOut();
  }

  // cli/replay/report/client/page.ts
  function renderPage() {
    const focused = document.activeElement instanceof HTMLElement || document.activeElement instanceof SVGElement ? document.activeElement.dataset.key : void 0;
    const leftOut = leftOutBy();
    const rows = shownRows(leftOut);
    renderSeverities(leftOut);
    renderFilterBar(leftOut, rows.length);
    renderTimeline(leftOut);
    renderFacets(leftOut);
    renderAlerts(rows);
    if (focused !== void 0) focusAgain(focused);
  }
  function focusAgain(key) {
    const stops = [...document.querySelectorAll("[data-key]")];
    const same = stops.find((stop) => stop.dataset.key === key);
    (same ?? place("search")).focus({ preventScroll: same !== void 0 });
  }
  renderThemeChoice();
  if (DATA.alerts > 0) {
    prepareFilterBar();
    place("explorer").hidden = false;
    renderPage();
    onChange(renderPage);
    addEventListener("popstate", followAddress);
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const target = link.id === "skip" ? place("alerts") : place(link.hash.slice(1));
        target.scrollIntoView();
        target.focus({ preventScroll: true });
      });
    }
    addEventListener("beforeprint", () => renderAlerts(shownRows(leftOutBy()), PRINTED_ROWS));
    addEventListener("afterprint", () => renderAlerts(shownRows(leftOutBy())));
    if (view.open !== void 0) document.querySelector("ol.alerts details[open]")?.scrollIntoView({ block: "center" });
  }
})();
