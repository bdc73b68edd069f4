import type { EventPattern } from "../lambda-src/engine/pattern";

/**
 * As many patterns as asked for: the given ones, then variations of them with other names and values, in turn. What
 * says which service an event comes from stays.
 */
export function varied(patterns: readonly EventPattern[], count: number): readonly EventPattern[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / patterns.length);
    const pattern = patterns[index % patterns.length] as EventPattern;
    return round === 0 ? pattern : (vary(pattern, round) as EventPattern);
  });
}

const KEPT: ReadonlySet<string> = new Set(["source", "detail-type"]);

function vary(node: unknown, round: number): unknown {
  if (typeof node === "string") return node === "" ? node : `${node}${round}`;
  if (Array.isArray(node)) return node.map((element) => vary(element, round));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, KEPT.has(key) ? value : vary(value, round)]),
  );
}
