// Which alerts the view shows. Each filter has a bit, so that what all the others leave is known too: a table or the
// timeline counts what one would get by choosing in it.

const FILTERS = /** @type {const} */ ([...CHOICES, "time", "search"]);
/** @typedef {(typeof FILTERS)[number]} Filter */

/** @param {Filter} filter */
function bitOf(filter) {
  return 1 << FILTERS.indexOf(filter);
}

/**
 * For each alert the filters that leave it out, a bit each.
 * @returns {Uint8Array}
 */
function leftOutBy() {
  const leftOut = new Uint8Array(DATA.alerts);
  for (const choice of CHOICES) leaveOutUnchosen(leftOut, choice);
  if (view.from !== undefined || view.to !== undefined) leaveOutOtherTimes(leftOut);
  for (const word of wordsOf(view.search)) leaveOutWithout(leftOut, word);
  return leftOut;
}

/**
 * @param {Uint8Array} leftOut
 * @param {Choice} choice
 */
function leaveOutUnchosen(leftOut, choice) {
  const chosen = view.chosen[choice];
  if (chosen.length === 0) return;
  const { values, rows } = DATA.columns[choice];
  const wanted = new Set(chosen);
  const kept = values.map((value) => wanted.has(value));
  const bit = bitOf(choice);
  for (let row = 0; row < rows.length; row++) if (!kept[rows[row] ?? -1]) leftOut[row] = (leftOut[row] ?? 0) | bit;
}

/** @param {Uint8Array} leftOut */
function leaveOutOtherTimes(leftOut) {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = view;
  const bit = bitOf("time");
  TIMES.forEach((time, row) => {
    if (!(time >= from && time < to)) leftOut[row] = (leftOut[row] ?? 0) | bit;
  });
}

/** @param {string} search */
function wordsOf(search) {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Every field is searched; each of its texts once, however many alerts have it.
 * @param {Uint8Array} leftOut
 * @param {string} word in lower case
 */
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

/**
 * The alerts that are shown, in the view's order.
 * @param {Uint8Array} leftOut
 * @returns {number[]}
 */
function shownRows(leftOut) {
  const rows = [];
  for (let row = 0; row < leftOut.length; row++) if (leftOut[row] === 0) rows.push(row);
  if (view.order === "newest") rows.reverse();
  if (view.order === "gravest") rows.sort((a, b) => (GRAVITIES[a] ?? 0) - (GRAVITIES[b] ?? 0) || a - b);
  return rows;
}

/**
 * How many alerts each of a field's values has, were nothing chosen in that field.
 * @param {Uint8Array} leftOut
 * @param {Choice} choice
 */
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
