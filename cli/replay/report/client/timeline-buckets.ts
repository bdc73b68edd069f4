// How the timeline is cut: minutes, hours, days, weeks or more, whichever are the shortest that leave no more than so many.

import { SEVERITIES, SEVERITY_RANKS, TIMES } from "./alerts";
import { bitOf } from "./filter";
import { isoSeconds } from "./times";

const MOST_BUCKETS = 124;
/** Single minutes say something of half an hour; beyond it, they would hide what belongs together. */
const MOST_MINUTES = 30;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1970 began on a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export interface Buckets {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly step: number;
  readonly count: number;
  /** What one of them is called, such as `hour`. */
  readonly name: string;
}

/** @returns undefined where no alert has a time */
function bucketsOfAlerts(): Buckets | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of TIMES) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return undefined;
  const steps = [
    { step: MINUTE_MS, offset: 0, name: "minute", most: MOST_MINUTES },
    { step: 5 * MINUTE_MS, offset: 0, name: "5 minutes", most: MOST_BUCKETS },
    { step: HOUR_MS, offset: 0, name: "hour", most: MOST_BUCKETS },
    { step: DAY_MS, offset: 0, name: "day", most: MOST_BUCKETS },
    { step: 7 * DAY_MS, offset: FIRST_MONDAY_MS, name: "week", most: MOST_BUCKETS },
  ];
  for (const { step, offset, name, most } of steps) {
    const start = Math.floor((first - offset) / step) * step + offset;
    const count = Math.floor((last - start) / step) + 1;
    if (count <= most) return { start, step, count, name };
  }
  const start = Math.floor(first / DAY_MS) * DAY_MS;
  const step = Math.ceil((last - start + 1) / MOST_BUCKETS / DAY_MS) * DAY_MS;
  return { start, step, count: Math.floor((last - start) / step) + 1, name: `${step / DAY_MS} days` };
}

export const BUCKETS = bucketsOfAlerts();

export function bucketLabel({ start, step }: Buckets, bucket: number) {
  const begin = start + bucket * step;
  const day = isoSeconds(begin).slice(0, 10);
  if (step < DAY_MS) return `${day} ${isoSeconds(begin).slice(11, 16)}`;
  return step === DAY_MS ? day : `${day} to ${isoSeconds(begin + step - DAY_MS).slice(0, 10)}`;
}

/** Alerts by bucket and severity, were no time chosen. */
export function bucketCounts(leftOut: Uint16Array, { start, step, count }: Buckets) {
  const counts = Array.from({ length: count }, () => SEVERITIES.map(() => 0));
  const others = ~bitOf("time");
  TIMES.forEach((time, row) => {
    const bucket = counts[Math.floor((time - start) / step)];
    const rank = SEVERITY_RANKS[row] ?? 0;
    if (bucket !== undefined && ((leftOut[row] ?? 0) & others) === 0) bucket[rank] = (bucket[rank] ?? 0) + 1;
  });
  return counts;
}

/** The least of 1, 2, 4, 10, 20, 40 … that is not below: the timeline's upper end, whose half is a whole number too. */
export function roundUp(most: number) {
  for (let power = 1; ; power *= 10) {
    for (const factor of [2, 4, 10]) if (factor * power >= most) return factor * power;
  }
}
