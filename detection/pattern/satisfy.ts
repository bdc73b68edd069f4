import type { Found, FoundFields, Membership } from "./field-tree";
import type { FieldTest } from "./value-test";

/** A field of a conjunction, by its number, and what is asked of it. */
export interface FieldQuestion {
  readonly field: number;
  readonly test: FieldTest;
}

/** Element index by array number: which elements the values chosen so far lie in. */
type Chosen = ReadonlyMap<number, number>;

const NOTHING: readonly Found[] = [];
const NOT_CHOSEN: Chosen = new Map();

/**
 * Whether the values found satisfy every question, no two of them with values from different elements of one array.
 *
 * @param questions in the alphabetical order of their fields: EventBridge asks in this order, and `exists: false` holds
 *   when the elements that the fields before it have settled on lack the field
 */
export function satisfied(questions: readonly FieldQuestion[], found: FoundFields): boolean {
  let inArrays = false;
  for (const { field, test } of questions) {
    const values = found[field];
    if (!values) {
      if (!test.absent) return false;
      continue;
    }
    let passed = false;
    for (const { value, membership } of values) {
      if (membership.length > 0) inArrays = true;
      passed ||= test.accepts(value);
    }
    // Where the elements lack the field that the fields before settled on, it counts as absent.
    if (!passed && !(test.absent && values.some(({ membership }) => membership.length > 0))) return false;
  }
  return !inArrays || new Search(questions, found).reaches(0, NOT_CHOSEN);
}

/** The search through elements of arrays; what has led nowhere once is not tried again. */
class Search {
  /** For V8, see `Walk.kept`. */
  static readonly kept = new Search([], []);

  readonly #deadEnds = new Set<string>();
  readonly #indexes = new Map<number, ElementIndex>();
  /** Per question, the arrays that it or a later one has values in: all that the outcome depends on. */
  readonly #arraysAhead: readonly ReadonlySet<number>[];

  constructor(
    private readonly questions: readonly FieldQuestion[],
    private readonly found: FoundFields,
  ) {
    const ahead: Set<number>[] = [];
    let arrays = new Set<number>();
    for (const { field } of [...questions].reverse()) {
      arrays = new Set(arrays);
      for (const { membership } of found[field] ?? NOTHING) {
        for (let i = 0; i < membership.length; i += 2) arrays.add(membership[i] as number);
      }
      ahead.push(arrays);
    }
    this.#arraysAhead = ahead.reverse();
  }

  reaches(next: number, chosen: Chosen): boolean {
    const question = this.questions[next];
    if (!question) return true;
    const ahead = this.#arraysAhead[next] as ReadonlySet<number>;
    const relevant = new Map([...chosen].filter(([array]) => ahead.has(array)));
    const state = `${next}:${[...relevant].sort(([a], [b]) => a - b).join()}`;
    if (this.#deadEnds.has(state)) return false;
    const reached = this.#answers(question, next, relevant);
    if (!reached) this.#deadEnds.add(state);
    return reached;
  }

  #answers({ field, test }: FieldQuestion, next: number, chosen: Chosen): boolean {
    const index = this.#index(field);
    if (test.absent && !index.hasConsistent(chosen) && this.reaches(next + 1, chosen)) return true;
    return index.candidates(chosen).some(({ value, membership }) => {
      if (!test.accepts(value)) return false;
      const extended = extend(chosen, membership);
      return extended !== undefined && this.reaches(next + 1, extended);
    });
  }

  #index(field: number): ElementIndex {
    let index = this.#indexes.get(field);
    if (!index) {
      index = new ElementIndex(this.found[field] ?? NOTHING);
      this.#indexes.set(field, index);
    }
    return index;
  }
}

/** The values of one field by the element of an array that they lie in. */
class ElementIndex {
  readonly #elements = new Map<number, Map<number, Found[]>>();
  readonly #outside = new Map<number, readonly Found[]>();

  constructor(private readonly all: readonly Found[]) {
    for (const found of all) {
      const { membership } = found;
      for (let i = 0; i < membership.length; i += 2) {
        const array = membership[i] as number;
        const element = membership[i + 1] as number;
        const elements = this.#elements.get(array) ?? new Map<number, Found[]>();
        this.#elements.set(array, elements);
        const inside = elements.get(element);
        if (inside) inside.push(found);
        else elements.set(element, [found]);
      }
    }
  }

  /**
   * The values to try. As soon as one of the chosen arrays holds values of this field, EventBridge tries those in the
   * chosen element alone, not those that lie outside the array.
   */
  candidates(chosen: Chosen): readonly Found[] {
    for (const [array, element] of chosen) {
      const elements = this.#elements.get(array);
      if (elements) return elements.get(element) ?? NOTHING;
    }
    return this.all;
  }

  /** Whether any value lies in no other element than the chosen ones. */
  hasConsistent(chosen: Chosen): boolean {
    for (const [array, element] of chosen) {
      const elements = this.#elements.get(array);
      if (!elements) continue;
      const inside = elements.get(element) ?? NOTHING;
      return [...inside, ...this.#outsideOf(array)].some(({ membership }) => extend(chosen, membership) !== undefined);
    }
    return this.all.length > 0;
  }

  #outsideOf(array: number): readonly Found[] {
    let outside = this.#outside.get(array);
    if (!outside) {
      outside = this.all.filter(({ membership }) => !membership.some((entry, i) => i % 2 === 0 && entry === array));
      this.#outside.set(array, outside);
    }
    return outside;
  }
}

/** The choice with a value's elements added; undefined when it lies in another element of an array. */
function extend(chosen: Chosen, membership: Membership): Chosen | undefined {
  if (membership.length === 0) return chosen;
  const extended = new Map(chosen);
  for (let i = 0; i < membership.length; i += 2) {
    const array = membership[i] as number;
    const element = membership[i + 1] as number;
    if (extended.has(array) && extended.get(array) !== element) return undefined;
    extended.set(array, element);
  }
  return extended;
}
