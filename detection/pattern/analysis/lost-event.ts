import type { JsonObject } from "../../events/json";
import { compilePattern } from "../compile";
import type { Condition } from "../condition";
import { type Conjunction, parsePattern } from "../conjunctions";
import { matches } from "../match";
import type { Scalar } from "../pattern";
import { acceptsAbsence, testField } from "../value-test";
import { samples } from "./samples";

/** Events that are tried before giving up. */
const MAX_TRIES = 4_000;

/** A value to try in a field; undefined leaves the field out. */
type Choice = Scalar | undefined;

interface FieldChoices {
  readonly field: string;
  /** Each lets the event pass as far as the field goes; the first is one that the event can do with. */
  readonly choices: readonly Choice[];
}

/**
 * An event that the first pattern matches and the second doesn't, as small as can be; undefined where none was found,
 * which doesn't say that there is none.
 *
 * @throws PatternError for what EventBridge would refuse
 */
export function lostEvent(before: unknown, after: unknown): JsonObject | undefined {
  const was = compilePattern(before);
  const is = compilePattern(after);
  const asked = parsePattern(after).flat();
  let tries = 0;
  for (const conjunction of parsePattern(before)) {
    for (const event of eventsFor(choicesFor(conjunction, asked))) {
      if (++tries > MAX_TRIES) return undefined;
      if (matches(was, event) && !matches(is, event)) return event;
    }
  }
  return undefined;
}

/** What to try: values that the conjunction takes, drawn from its own conditions and from those of the other pattern. */
function choicesFor(conjunction: Conjunction, asked: Conjunction): readonly FieldChoices[] {
  const others = new Map<string, Condition[]>();
  for (const { field, conditions } of asked) others.set(field, [...(others.get(field) ?? []), ...conditions]);
  const own = conjunction.map(({ field, conditions }): FieldChoices => {
    const { accepts } = testField(conditions);
    const values = [...conditions, ...(others.get(field) ?? [])].flatMap(samples).filter(accepts);
    return { field, choices: [...(acceptsAbsence(conditions) ? [undefined] : []), ...new Set(values)] };
  });
  const free = [...others]
    .filter(([field]) => !conjunction.some((each) => each.field === field))
    .map(
      ([field, conditions]): FieldChoices => ({ field, choices: [undefined, ...new Set(conditions.flatMap(samples))] }),
    );
  return [...own, ...free];
}

/** One event with the first choice everywhere, then those that differ from it in one field, then in two. */
function* eventsFor(fields: readonly FieldChoices[]): Generator<JsonObject> {
  const first = new Map(fields.map(({ field, choices }): [string, Choice] => [field, choices[0]]));
  const made = function* (choices: ReadonlyMap<string, Choice>): Generator<JsonObject> {
    const event = eventOf(choices);
    if (event) yield event;
  };
  yield* made(first);
  for (const { field, choices } of fields) {
    for (const choice of choices.slice(1)) yield* made(new Map(first).set(field, choice));
  }
  for (const [index, one] of fields.entries()) {
    for (const other of fields.slice(index + 1)) {
      for (const a of one.choices.slice(1)) {
        for (const b of other.choices.slice(1)) yield* made(new Map(first).set(one.field, a).set(other.field, b));
      }
    }
  }
}

/** @returns undefined where one field lies within another's value */
function eventOf(choices: ReadonlyMap<string, Choice>): JsonObject | undefined {
  const event: Record<string, unknown> = {};
  for (const [field, value] of choices) {
    if (value === undefined) continue;
    const steps = field.split(".");
    const last = steps.pop() as string;
    let node = event;
    for (const step of steps) {
      const next = Object.hasOwn(node, step) ? node[step] : {};
      if (typeof next !== "object" || next === null) return undefined;
      put(node, step, next);
      node = next as Record<string, unknown>;
    }
    if (Object.hasOwn(node, last)) return undefined;
    put(node, last, value);
  }
  return event;
}

/** Also under `__proto__`. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
