import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../events/json";
import { type Conjunction, parsePattern } from "../conjunctions";
import { PatternError } from "../pattern";
import { covers } from "./covers";
import { lostEvent } from "./lost-event";

/** What a change of an event pattern does to what it matches. */
export type Narrowing =
  /** Whatever it matched it still matches. */
  | { readonly narrows: "no" }
  /** It no longer matches this event. */
  | { readonly narrows: "yes"; readonly lost: JsonObject }
  /** Neither could be shown, or one of the two is no pattern that EventBridge would take. */
  | { readonly narrows: "indeterminate"; readonly why: string };

/**
 * Whether a pattern matches less after a change.
 *
 * "no" is shown condition by condition, "yes" by an event that the engine has judged; neither is ever said in error.
 *
 * @param before the pattern as parsed JSON, likewise `after`
 */
export function narrowing(before: unknown, after: unknown): Narrowing {
  if (isDeepStrictEqual(before, after)) return { narrows: "no" };
  const [was, is] = [conjunctionsOf("before", before), conjunctionsOf("after", after)];
  if (typeof was === "string") return { narrows: "indeterminate", why: was };
  if (typeof is === "string") return { narrows: "indeterminate", why: is };
  if (covers(is, was)) return { narrows: "no" };
  const lost = lostEvent(before, after);
  if (lost) return { narrows: "yes", lost };
  return { narrows: "indeterminate", why: "neither a proof was found nor an event that would be missed" };
}

function conjunctionsOf(when: string, pattern: unknown): readonly Conjunction[] | string {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError)
      return `EventBridge would refuse the pattern ${when} the change: ${error.message}`;
    throw error;
  }
}
