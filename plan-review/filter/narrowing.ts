import { eventWith } from "./event";
import { type Condition, conditionsIn, EVERYTHING, type Formula, parseFilter, type Selector } from "./parse";
import { holds, type Sample, samplesFor } from "./sample";
import { coversTerms, lostLine, parseTerms } from "./terms";

/** What a change of a filter pattern does to what it matches. */
export type FilterNarrowing =
  /** Whatever it matched it still matches. */
  | { readonly narrows: "no" }
  /** It no longer matches this log event. */
  | { readonly narrows: "yes"; readonly lost: string }
  /** Neither could be shown, or one of the two isn't read here. */
  | { readonly narrows: "indeterminate" };

const NO: FilterNarrowing = { narrows: "no" };
const INDETERMINATE: FilterNarrowing = { narrows: "indeterminate" };
/** Beyond so many tests of a condition it takes too long; within it, some tenths of a second. */
const MAX_TESTS = 300_000;
const MAX_UNDOCUMENTED = 8;

/**
 * Whether a filter pattern of CloudWatch Logs matches less after a change.
 *
 * "no" is shown for every event, "yes" by an event; where it depends on what AWS doesn't document, such as whether `!=`
 * matches where there is nothing, it is neither.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterNarrowing(before: string, after: string): FilterNarrowing {
  const [was, is] = [before.trim(), after.trim()];
  if (was === is || is === "") return NO;
  const [from, to] = [was === "" ? EVERYTHING : parseFilter(was), parseFilter(is)];
  if (from && to) return new Comparison(from, to).result();
  const [words, others] = [parseTerms(was), parseTerms(is)];
  if (!words || !others) return INDETERMINATE;
  const lost = lostLine(words, others);
  if (lost !== undefined) return { narrows: "yes", lost };
  return coversTerms(others, words) ? NO : INDETERMINATE;
}

interface Place {
  readonly selector: Selector;
  readonly samples: readonly Sample[];
}

/** Goes through what events may have at the selectors of two formulas. */
class Comparison {
  readonly #before: Formula;
  readonly #after: Formula;
  readonly #values = new Map<string, Sample>();
  #tests = 0;
  #trying = false;
  #doubt = false;
  #lost: string | undefined;

  constructor(before: Formula, after: Formula) {
    this.#before = before;
    this.#after = after;
  }

  result(): FilterNarrowing {
    const places = this.#places();
    if (!places) return INDETERMINATE;
    for (const trying of [false, true]) {
      this.#trying = trying;
      this.#tests = 0;
      this.#go(places, 0);
      if (this.#lost !== undefined) return { narrows: "yes", lost: this.#lost };
      if (!this.#doubt) return NO;
    }
    return INDETERMINATE;
  }

  #places(): readonly Place[] | undefined {
    const conditions = [this.#before, this.#after].flatMap(conditionsIn).filter(({ selector }) => !selector.wild);
    const selectors = new Map(conditions.map(({ selector }) => [selector.text, selector]));
    const places = [...selectors.values()].map((selector) => ({
      selector,
      samples: samplesFor(conditions.filter((condition) => condition.selector.text === selector.text)),
    }));
    return places.every((place): place is Place => place.samples !== undefined) ? places : undefined;
  }

  #go(places: readonly Place[], depth: number): void {
    if (this.#lost !== undefined) return;
    if (this.#tests > MAX_TESTS) {
      this.#doubt = true;
      return;
    }
    const [was, is] = [this.#evaluate(this.#before), this.#evaluate(this.#after)];
    if (was === false || is === true) return;
    const place = places[depth];
    if (!place) {
      this.#end(places, was === true && is === false);
      return;
    }
    for (const sample of place.samples) {
      this.#values.set(place.selector.text, sample);
      this.#go(places, depth + 1);
    }
    this.#values.delete(place.selector.text);
  }

  #end(places: readonly Place[], surely: boolean): void {
    const event = eventWith(
      places.flatMap(({ selector }) => {
        const value = this.#values.get(selector.text);
        return value === undefined ? [] : [{ selector, value }];
      }),
    );
    if (event === undefined) return;
    if (surely) this.#lost = JSON.stringify(event);
    else if (this.#mayBeLost()) this.#doubt = true;
  }

  /** Whether the event is lost, if what isn't documented is one way or another. */
  #mayBeLost(): boolean {
    const open = new Set<string>();
    for (const formula of [this.#before, this.#after]) this.#evaluate(formula, undefined, open);
    const keys = [...open];
    if (keys.length > MAX_UNDOCUMENTED) return true;
    return Array.from({ length: 2 ** keys.length }, (_, number) => number).some((number) => {
      const given = new Map(keys.map((key, index) => [key, ((number >> index) & 1) === 1]));
      return this.#evaluate(this.#before, given) === true && this.#evaluate(this.#after, given) === false;
    });
  }

  /** Undefined where it depends on what isn't given. */
  #evaluate(formula: Formula, given?: ReadonlyMap<string, boolean>, open?: Set<string>): boolean | undefined {
    if ("condition" in formula) return this.#test(formula.condition, given, open);
    const [parts, decisive] = "all" in formula ? [formula.all, false] : [formula.any, true];
    let result: boolean | undefined = !decisive;
    for (const part of parts) {
      const each = this.#evaluate(part, given, open);
      if (each === decisive && !open) return decisive;
      if (each !== !decisive) result = each === decisive || result === decisive ? decisive : undefined;
    }
    return result;
  }

  #test(condition: Condition, given?: ReadonlyMap<string, boolean>, open?: Set<string>): boolean | undefined {
    this.#tests++;
    const { selector, test, term } = condition;
    const value = this.#values.get(selector.text);
    if (!selector.wild && value === undefined) return undefined;
    const truth =
      value === undefined
        ? { key: `${selector.text} ${test} ${term?.form} ${term?.text}`, not: false }
        : holds(condition, value, this.#trying);
    if (typeof truth === "boolean") return truth;
    open?.add(truth.key);
    const known = given?.get(truth.key);
    return known === undefined ? undefined : known !== truth.not;
  }
}
