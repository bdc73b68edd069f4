// How the timeline is cut: hours, days, weeks or four weeks, whichever are the shortest that leave no more than so many.

const MOST_BUCKETS = 124;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970 began on a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** @typedef {{ start: number, step: number, count: number, name: string }} Buckets */

/** @returns {Buckets | undefined} undefined where no alert bears a time */
function bucketsOfAlerts() {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of TIMES) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return undefined;
  const steps = [
    { step: HOUR_MS, offset: 0, name: "hour" },
    { step: DAY_MS, offset: 0, name: "day" },
    { step: 7 * DAY_MS, offset: FIRST_MONDAY_MS, name: "week" },
  ];
  for (const { step, offset, name } of steps) {
    const start = Math.floor((first - offset) / step) * step + offset;
    const count = Math.floor((last - start) / step) + 1;
    if (count <= MOST_BUCKETS) return { start, step, count, name };
  }
  const start = Math.floor(first / DAY_MS) * DAY_MS;
  const step = Math.ceil((last - start + 1) / MOST_BUCKETS / DAY_MS) * DAY_MS;
  return { start, step, count: Math.floor((last - start) / step) + 1, name: `${step / DAY_MS} days` };
}

const BUCKETS = bucketsOfAlerts();

/**
 * @param {Buckets} buckets
 * @param {number} bucket
 */
function bucketLabel({ start, step }, bucket) {
  const begin = start + bucket * step;
  const day = isoSeconds(begin).slice(0, 10);
  if (step < DAY_MS) return `${day} ${isoSeconds(begin).slice(11, 16)}`;
  return step === DAY_MS ? day : `${day} to ${isoSeconds(begin + step - DAY_MS).slice(0, 10)}`;
}

/**
 * Alerts by bucket and severity, were no time chosen.
 * @param {Uint8Array} leftOut
 * @param {Buckets} buckets
 */
function bucketCounts(leftOut, { start, step, count }) {
  const counts = Array.from({ length: count }, () => SEVERITIES.map(() => 0));
  const others = ~bitOf("time");
  TIMES.forEach((time, row) => {
    const bucket = counts[Math.floor((time - start) / step)];
    const gravity = GRAVITIES[row] ?? 0;
    if (bucket !== undefined && ((leftOut[row] ?? 0) & others) === 0) bucket[gravity] = (bucket[gravity] ?? 0) + 1;
  });
  return counts;
}

/**
 * The least of 1, 2, 4, 10, 20, 40 … that is not below: the timeline's upper end, whose half is a whole number too.
 * @param {number} most
 */
function roundUp(most) {
  for (let power = 1; ; power *= 10) {
    for (const factor of [2, 4, 10]) if (factor * power >= most) return factor * power;
  }
}
