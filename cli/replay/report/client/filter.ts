// Which alerts the view shows. Each filter has a bit, so that what all the others leave is known too: a table or the

import { DATA, SEVERITY_RANKS, TIMES } from "./alerts";
import { view } from "./current-view";
import { CHOICES, type Choice } from "./view";

// timeline counts what one would get by choosing in it.

const FILTERS = [...CHOICES, "time", "search"] as const;
type Filter = (typeof FILTERS)[number];

export function bitOf(filter: Filter) {
  return 1 << FILTERS.indexOf(filter);
}

/** For each alert the filters that leave it out, a bit each. */
export function leftOutBy(): Uint16Array {
  const leftOut = new Uint16Array(DATA.alerts);
  for (const choice of CHOICES) leaveOutUnchosen(leftOut, choice);
  if (view.from !== undefined || view.to !== undefined) leaveOutOtherTimes(leftOut);
  for (const word of wordsOf(view.search)) leaveOutWithout(leftOut, word);
  return leftOut;
}

function leaveOutUnchosen(leftOut: Uint16Array, choice: Choice) {
  const chosen = view.chosen[choice];
  if (chosen.length === 0) return;
  const { values, rows } = DATA.columns[choice];
  const wanted = new Set(chosen);
  const kept = values.map((value) => wanted.has(value));
  const bit = bitOf(choice);
  for (let row = 0; row < rows.length; row++) if (!kept[rows[row] ?? -1]) leftOut[row] = (leftOut[row] ?? 0) | bit;
}

function leaveOutOtherTimes(leftOut: Uint16Array) {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = view;
  const bit = bitOf("time");
  TIMES.forEach((time, row) => {
    if (!(time >= from && time < to)) leftOut[row] = (leftOut[row] ?? 0) | bit;
  });
}

function wordsOf(search: string) {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Every field is searched; each of its texts once, however many alerts have it.
 * @param word in lower case
 */
function leaveOutWithout(leftOut: Uint16Array, word: string) {
  const found = new Uint8Array(DATA.alerts);
  for (const { values, rows } of Object.values(DATA.columns)) {
    const hits = values.map((value) => value.toLowerCase().includes(word));
    if (!hits.includes(true)) continue;
    for (let row = 0; row < rows.length; row++) if (hits[rows[row] ?? -1]) found[row] = 1;
  }
  const bit = bitOf("search");
  for (let row = 0; row < found.length; row++) if (!found[row]) leftOut[row] = (leftOut[row] ?? 0) | bit;
}

/** The alerts that are shown, in the view's order. */
export function shownRows(leftOut: Uint16Array): number[] {
  const rows = [];
  for (let row = 0; row < leftOut.length; row++) if (leftOut[row] === 0) rows.push(row);
  if (view.order === "newest") rows.reverse();
  if (view.order === "severity") rows.sort((a, b) => (SEVERITY_RANKS[a] ?? 0) - (SEVERITY_RANKS[b] ?? 0) || a - b);
  return rows;
}

/** How many alerts each of a field's values has, were nothing chosen in that field. */
export function countsOf(leftOut: Uint16Array, choice: Choice) {
  const { values, rows } = DATA.columns[choice];
  const counts = new Uint32Array(values.length);
  const others = ~bitOf(choice);
  for (let row = 0; row < rows.length; row++) {
    const position = rows[row] ?? 0;
    if (((leftOut[row] ?? 0) & others) === 0) counts[position] = (counts[position] ?? 0) + 1;
  }
  return counts;
}
