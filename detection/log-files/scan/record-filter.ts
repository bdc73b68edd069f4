import type { EnabledDetections } from "../../matching/enabled-detections";
import type { Conjunction } from "../../pattern/conjunctions";
import { CloserLook } from "./closer-look";
import { conjunctionsOf } from "./conjunctions-of";
import { type Asked, FieldClasses, hasBit, setBit, UNKNOWN } from "./field-classes";
import { keyTree } from "./key-tree";
import { HEAD, type SimdText } from "./simd-text";
import { Skimmer } from "./skimmer";
import type { Words } from "./words";

/** What of a record's bytes tells that nothing can match it. */
export interface RecordFilter {
  /** Finds the values that it asks for. */
  readonly skimmer: Skimmer;
  /**
   * Whether something could match a record that has been skimmed.
   *
   * @param words the bytes that it lies in
   * @param spans where the keys of the skimmer begin and end; with `simd`, its records
   * @param first the place of its first one
   * @param simd what found them, where it tells the classes of values behind the spans
   */
  passes(words: Words, spans: Int32Array, first: number, simd?: SimdText): boolean;
}

/** The fields without which a record can't be judged, so that it passes. */
const REQUIRED = ["eventName", "eventSource"];
/** Those that are asked about first: of few values, and most records are out after them. */
const FIRST = [
  ...[...REQUIRED, "errorCode", "errorMessage", "sessionCredentialFromConsole", "userIdentity.type", "eventType"],
  ...["userIdentity.invokedBy", "readOnly", "userAgent"],
];
/** What few records have costs little to look at: it is, whoever asks. */
const SELDOM_THERE = ["errorCode", "errorMessage", "userIdentity.invokedBy"];
/** Fields of the envelope that are made from one field of the record. */
const MADE_FROM: ReadonlyMap<string, string> = new Map([
  ["source", "eventSource"],
  ["detail-type", "eventType"],
]);
/** Fields that are looked at: each costs time with every record. */
const MAX_FIELDS = 16;
/** Keys on the way to a field that is looked at. */
const MAX_KEYS = 3;
/** Combinations that are remembered: far more than there are, unless somebody makes them up. */
const MAX_STATES = 20_000;

/**
 * The filter that lets every record through that any of the detections could match, and few others.
 *
 * It looks at the name and the source of the call and at what is asked of records whose name does not matter. Which
 * detections are left after each field is remembered, so that a record costs a step per field, however many there are.
 */
export function recordFilter(enabled: EnabledDetections): RecordFilter {
  const conjunctions = conjunctionsOf(enabled.patterns);
  const fields = new Set(REQUIRED);
  for (const conjunction of conjunctions) {
    const namesCall = conjunction.some(({ field }) => field === "detail.eventName");
    for (const field of namesCall ? seldomThere(conjunction) : telling(conjunction)) {
      if (fields.size < MAX_FIELDS) fields.add(field);
    }
  }
  const rank = (field: string) => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length);
  return new Filter(
    [...fields].sort((a, b) => rank(a) - rank(b)),
    conjunctions,
  );
}

/** The fields that few records have as the conjunction asks: those that are quick to find, or else all. */
function telling(conjunction: Conjunction): readonly string[] {
  const all = conjunction.flatMap(({ field, conditions }) => {
    const hardlyAsks = conditions.some(({ kind }) => kind === "absent" || kind === "exists" || kind === "anything-but");
    return (hardlyAsks ? undefined : fieldOfRecord(field)) ?? [];
  });
  const quick = all.filter((field) => !field.includes(".") || field.startsWith("userIdentity."));
  return quick.some((field) => field !== "eventSource") ? quick : all;
}

function seldomThere(conjunction: Conjunction): readonly string[] {
  return SELDOM_THERE.filter((seldom) => conjunction.some(({ field }) => field === `detail.${seldom}`));
}

/** The field of the record that decides about one of the event; undefined where it isn't looked at. */
function fieldOfRecord(field: string): string | undefined {
  const made = MADE_FROM.get(field);
  if (made !== undefined) return made;
  if (!field.startsWith("detail.")) return undefined;
  const own = field.slice("detail.".length);
  const keys = own.split(".");
  return keys.length <= MAX_KEYS && keys.every((key) => key !== "") ? own : undefined;
}

/** Which of the asked may still hold, and what is left of them with each class of values of the next field. */
interface State {
  readonly left: Int32Array;
  readonly isNone: boolean;
  /** The place of the next field that any of them asks about; behind the last one if none does. */
  readonly ahead: number;
  /** By class; undefined where nobody knows yet. */
  readonly next: (State | undefined)[];
}

class Filter implements RecordFilter {
  readonly skimmer: Skimmer;
  readonly #fields: readonly FieldClasses[];
  /** By their numbers in the tree. */
  readonly #numbers: readonly number[];
  /** Per field, a bit for each of the conjunctions that asks about it. */
  readonly #asking: readonly Int32Array[];
  /** Per row, what the conjunctions that it stands for ask beyond the fields. */
  readonly #rests: readonly (readonly Conjunction[])[];
  readonly #closer = new Map<State, CloserLook | undefined>();
  readonly #start: State;
  /** One map per field, of the states after it. */
  #states: readonly Map<string, State>[];
  #count = 0;

  constructor(fields: readonly string[], conjunctions: readonly (readonly Asked[])[]) {
    const keys = keyTree(fields.map((field) => field.split(".")));
    this.skimmer = new Skimmer(keys);
    this.#numbers = keys.numbers;
    const looked = new Set(fields);
    const isLookedAt = ({ field }: Asked) => looked.has(fieldOfRecord(field) ?? "");
    const distinct = new Map<string, { readonly row: readonly Asked[]; readonly rests: Conjunction[] }>();
    for (const conjunction of conjunctions) {
      const row = conjunction.filter(isLookedAt);
      const key = row.map(keyOf).sort().join("\n");
      const rests = distinct.get(key)?.rests ?? [];
      rests.push(conjunction.filter((asked) => !isLookedAt(asked)));
      distinct.set(key, { row, rests });
    }
    const rows = [...distinct.values()].map(({ row }) => row);
    this.#rests = [...distinct.values()].map(({ rests }) => rests);
    const asking = fields.map((field) =>
      rows.map((row) => row.filter((asked) => fieldOfRecord(asked.field) === field)),
    );
    this.#fields = fields.map(
      (field, index) => new FieldClasses(field, asking[index] as Asked[][], REQUIRED.includes(field)),
    );
    this.#asking = asking.map((ofField) => bitsOf(ofField.map((asked) => asked.length > 0)));
    this.#start = this.#state(bitsOf(rows.map(() => true)), 0);
    this.#states = fields.map(() => new Map());
  }

  passes(words: Words, spans: Int32Array, first: number, simd?: SimdText): boolean {
    const classes = first + this.skimmer.spans.length;
    let state = this.#start;
    let passes = true;
    for (let index = 0; index < this.#fields.length; ) {
      const field = this.#fields[index] as FieldClasses;
      const number = this.#numbers[index] as number;
      const known = simd ? (spans[classes + number] as number) : UNKNOWN;
      let found = known;
      if (known < 0) {
        const start = spans[first + 2 * number] as number;
        const end = spans[first + 2 * number + 1] as number;
        found = field.classOf(words, start, end);
        if (found >= 0) simd?.remember(known, number, start, end, found);
      }
      if (found < 0) return true;
      if (passes) {
        state = state.next[found] ?? this.#step(state, index, found);
        passes = !state.isNone;
      }
      // The required fields come first, and each must be seen.
      if (index < REQUIRED.length - 1) index++;
      else if (passes) index = state.ahead;
      else return false;
    }
    if (!simd) return true;
    const look = this.#closerLook(state);
    return !look || look.passes(words, simd, spans[first - HEAD] as number, spans[first - HEAD + 1] as number);
  }

  #closerLook(state: State): CloserLook | undefined {
    if (!this.#closer.has(state)) {
      this.#closer.set(state, CloserLook.at(this.#rests.filter((_, row) => hasBit(state.left, row)).flat()));
    }
    return this.#closer.get(state);
  }

  #step(state: State, index: number, found: number): State {
    const possible = (this.#fields[index] as FieldClasses).possible(found);
    const left = state.left.map((bits, word) => bits & (possible[word] as number));
    const states = this.#states[index] as Map<string, State>;
    const key = left.join();
    let next = states.get(key);
    if (!next) {
      next = this.#state(left, index + 1);
      states.set(key, next);
      this.#count++;
    }
    state.next[found] = next;
    if (this.#count > MAX_STATES) this.#forget();
    return next;
  }

  #state(left: Int32Array, from: number): State {
    const asks = (asking: Int32Array) => asking.some((bits, word) => (bits & (left[word] as number)) !== 0);
    const ahead = this.#asking.findIndex((asking, index) => index >= from && asks(asking));
    const isNone = left.every((bits) => bits === 0);
    return { left, isNone, ahead: ahead === -1 ? this.#asking.length : ahead, next: [] };
  }

  #forget(): void {
    this.#start.next.length = 0;
    this.#closer.clear();
    this.#states = this.#fields.map(() => new Map());
    this.#count = 0;
  }
}

function bitsOf(set: readonly boolean[]): Int32Array {
  const bits = new Int32Array((set.length + 31) >> 5);
  set.forEach((isSet, bit) => {
    if (isSet) setBit(bits, bit);
  });
  return bits;
}

const keys = new WeakMap<readonly unknown[], string>();

function keyOf({ field, conditions }: Asked): string {
  let text = keys.get(conditions);
  if (text === undefined) {
    text = JSON.stringify(conditions);
    keys.set(conditions, text);
  }
  return `${field}${text}`;
}
