import type { Change, Step } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty } from "../plan/values";
import { about, indeterminate, pair } from "./attribute";
import type { Finding } from "./check";

/** A filter between a queue or stream and what reads it, which drops what it does not match. */
export function messageFilter(change: Change, path: readonly Step[]): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
  if (isEmpty(is) || canonical(was) === canonical(is)) return [];
  if (hasUnknown(is)) return [indeterminate(change, path)];
  const first = isEmpty(was);
  const what = first ? "Messages that a filter does not match are dropped" : "The new filter may match fewer messages";
  return [about(change, path, first, what)];
}
