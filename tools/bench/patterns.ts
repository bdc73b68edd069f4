import type { EventPattern } from "../../detection/pattern/pattern";

/** Keys under which nothing varies: what says which service an event comes from, and comparisons of numbers. */
const KEPT: ReadonlySet<string> = new Set(["source", "detail-type", "numeric"]);

/**
 * As many patterns as asked for: the given ones, then variations of them with other names and values, in turn. What
 * says which service an event comes from stays.
 *
 * @param kept keys under which nothing varies either
 */
export function varied(
  patterns: readonly EventPattern[],
  count: number,
  kept: readonly string[] = [],
): readonly EventPattern[] {
  const allKept = new Set([...KEPT, ...kept]);
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / patterns.length);
    const pattern = patterns[index % patterns.length] as EventPattern;
    return round === 0 ? pattern : (vary(pattern, round, allKept) as EventPattern);
  });
}

function vary(node: unknown, round: number, kept: ReadonlySet<string>): unknown {
  if (typeof node === "string") return node === "" ? node : `${node}${round}`;
  if (Array.isArray(node)) return node.map((element) => vary(element, round, kept));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, kept.has(key) ? value : vary(value, round, kept)]),
  );
}
