import type { Selector } from "./parse";
import { NOTHING, OBJECT, type Sample } from "./sample";

interface Place {
  readonly selector: Selector;
  readonly value: Sample;
}

/** A log event that has the values at their selectors; undefined when none can have all of them. */
export function eventWith(places: readonly Place[]): unknown {
  const event: Record<string, unknown> = {};
  const shallow = [...places].sort((a, b) => a.selector.steps.length - b.selector.steps.length);
  for (const { selector, value } of shallow) {
    if (value !== NOTHING) put(event, selector.steps, value === OBJECT ? {} : value);
  }
  return shallow.every(({ selector, value }) => same(at(event, selector.steps), value)) ? event : undefined;
}

function put(event: object, steps: readonly (string | number)[], value: unknown): void {
  let inside = event as Record<string | number, unknown>;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (next === undefined) {
      // A list or object that is there already is one.
      if (typeof value !== "object" || value === null || !Object.hasOwn(inside, step)) define(inside, step, value);
      return;
    }
    const isList = typeof next === "number";
    const empty = Object.hasOwn(inside, step) && isEmptyObject(inside[step]);
    if (!Object.hasOwn(inside, step) || (empty && isList)) define(inside, step, isList ? [] : {});
    const deeper = inside[step];
    if (typeof deeper !== "object" || deeper === null || Array.isArray(deeper) !== isList) return;
    inside = deeper as Record<string | number, unknown>;
  }
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** `__proto__` is a name like any other. */
function define(inside: object, step: string | number, value: unknown): void {
  Object.defineProperty(inside, step, { value, writable: true, enumerable: true, configurable: true });
}

function at(event: unknown, steps: readonly (string | number)[]): unknown {
  let value = event;
  for (const step of steps) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return NOTHING;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function same(found: unknown, meant: Sample): boolean {
  return meant === OBJECT ? typeof found === "object" && found !== null : found === meant;
}
