import type { Change, Step } from "../plan/plan";
import { at, canonical, hasUnknown, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import type { Finding } from "./check";

interface Pair {
  readonly before: Values;
  readonly after: Values;
}

/** Both sides of what is changed or replaced; undefined for what comes or goes. */
export function pair({ before, after }: Change): Pair | undefined {
  return before && after ? { before, after } : undefined;
}

/** A finding about an attribute, with what it was and becomes. */
export function about(change: Change, path: readonly Step[], weakens: boolean, what: string): Finding {
  return {
    weakens,
    what,
    attribute: path.join("."),
    before: change.shown("before", path),
    after: change.shown("after", path),
  };
}

/** For an attribute that isn't known until the plan is applied. */
export function indeterminate(change: Change, path: readonly Step[]): Finding {
  return about(change, path, false, "The new value is known only after apply");
}

/**
 * A switch that goes from its safe side to the other.
 *
 * @param safe the safe side
 * @param byDefault what it is where the plan has nothing
 */
export function switched(
  change: Change,
  path: readonly Step[],
  safe: boolean,
  byDefault: boolean,
  what: string,
): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const read = (values: Values) => at(values, ...path) ?? byDefault;
  const [was, is] = [read(sides.before), read(sides.after)];
  if (was !== safe || is === safe) return [];
  return [is === UNKNOWN ? indeterminate(change, path) : about(change, path, true, what)];
}

/** An attribute that had something, and has nothing any more. */
export function emptied(change: Change, path: readonly Step[], what: string): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
  if (isEmpty(was) || was === UNKNOWN) return [];
  if (is === UNKNOWN) return [indeterminate(change, path)];
  return isEmpty(is) ? [about(change, path, true, what)] : [];
}

/**
 * A number that goes down.
 *
 * @param read how much it is: undefined where the plan doesn't show it
 */
export function lowered(
  change: Change,
  path: readonly Step[],
  read: (value: Value | undefined) => number | undefined,
  what: string,
): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const value = at(sides.after, ...path);
  const was = read(at(sides.before, ...path));
  if (was === undefined) return [];
  if (value === UNKNOWN) return [indeterminate(change, path)];
  const is = read(value);
  return is !== undefined && is < was ? [about(change, path, true, what)] : [];
}

/** An attribute that becomes something else, where the plan doesn't show whether that weakens the monitoring. */
export function altered(change: Change, path: readonly Step[], what: string): readonly Finding[] {
  const sides = pair(change);
  if (!sides) return [];
  const [was, is] = [at(sides.before, ...path), at(sides.after, ...path)];
  if ((isEmpty(was) && isEmpty(is)) || canonical(was) === canonical(is)) return [];
  return [hasUnknown(is) ? indeterminate(change, path) : about(change, path, false, what)];
}

/** Reads a number, and what AWS takes where nothing is said; undefined for what is neither. */
export function numberOr(usual: number): (value: Value | undefined) => number | undefined {
  return (value) => {
    if (value === undefined || value === null) return usual;
    return typeof value === "number" ? value : undefined;
  };
}

/** The same, where -1 stands for no limit. */
export function limitOr(usual: number): (value: Value | undefined) => number | undefined {
  const read = numberOr(usual);
  return (value) => {
    const limit = read(value);
    return limit === -1 ? Number.POSITIVE_INFINITY : limit;
  };
}
