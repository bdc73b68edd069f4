import type { Random } from "../../../tools/random";
import { anyString, plainString } from "./strings";

/** A wildcard pattern: literal parts with a `*` between them. */
export interface Wildcard {
  readonly pattern: string;
  readonly parts: readonly string[];
}

export function wildcard(random: Random): Wildcard {
  const stars = random.pick([0, 1, 1, 1, 2, 2, 3, 4]);
  const parts = random.times(stars + 1, () => (random.chance(0.3) ? "" : plainString(random)));
  // Two stars side by side are refused: not here.
  const kept = parts.map((part, index) => (part === "" && index > 0 && index < stars ? "a" : part));
  return { pattern: kept.map(escaped).join("*"), parts: kept };
}

/** A string that the wildcard matches. */
export function fill(random: Random, pattern: Wildcard | string): string {
  const parts = typeof pattern === "string" ? partsOf(pattern) : pattern.parts;
  return parts.reduce((filled, part) => filled + between(random, parts) + part);
}

/** What stands for a star; parts of the pattern itself try a matcher that doesn't go back. */
function between(random: Random, parts: readonly string[]): string {
  return random.weighted<() => string>([
    [2, () => ""],
    [3, () => anyString(random)],
    [2, () => random.pick(parts)],
  ])();
}

function escaped(part: string): string {
  return part.replace(/[*\\]/g, "\\$&");
}

function partsOf(pattern: string): readonly string[] {
  const parts = [""];
  for (const [token] of pattern.matchAll(/\\[*\\]|./gs)) {
    if (token === "*") parts.push("");
    else parts.push(parts.pop() + (token.length > 1 ? token.slice(1) : token));
  }
  return parts;
}
