import { median } from "../figures";
import { isGunzip } from "./contenders";
import { type Turns, timeOf } from "./tasks";

/**
 * Of the ways of decompressing alone, the one that takes least.
 *
 * @throws Error when none was measured
 */
export function fastestGunzip(turns: readonly Turns[]): Turns {
  const [fastest] = turns.filter(({ name }) => isGunzip(name)).sort((a, b) => medianTime(a) - medianTime(b));
  if (!fastest) throw new Error("gunzip alone was not measured");
  return fastest;
}

function medianTime({ turns }: Turns): number {
  return median(turns.map(timeOf));
}
