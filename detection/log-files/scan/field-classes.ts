import { wrapRecord } from "../../events/envelope";
import type { AskedField } from "../../pattern/conjunctions";
import type { Scalar } from "../../pattern/pattern";
import { type FieldTest, pinnedTexts, testField } from "../../pattern/value-test";
import { ByteTable } from "./byte-table";
import type { Words } from "./words";

export type Asked = AskedField;

/** The value is nothing that can be told apart here: the record must be read. */
export const UNKNOWN = -1;

/** Sorts the values of one field of the record by what may still hold with them. */
export class FieldClasses {
  readonly #table = new ByteTable();
  readonly #questions: readonly Questions[];
  readonly #classes = new Map<string, number>();
  readonly #possible: Int32Array[] = [];
  #absent: number | undefined;

  /**
   * @param field its dotted path in the record
   * @param rows per conjunction, what it asks of the field, or of what the envelope makes of it
   * @param required whether the field must be a text with something in it
   */
  constructor(
    field: string,
    private readonly rows: readonly (readonly Asked[])[],
    private readonly required: boolean,
  ) {
    const asked = new Set(rows.flatMap((row) => row.map((one) => one.field)));
    this.#questions = [...asked].map(
      (name) =>
        new Questions(
          derived(name, field),
          rows.map((row) => row.find((one) => one.field === name)),
        ),
    );
  }

  /**
   * The class of the value between two places, or that of no value if `start` is -1.
   *
   * @returns UNKNOWN (below 0), or what `possible` takes
   */
  classOf(words: Words, start: number, end: number): number {
    if (start === -1) {
      this.#absent ??= this.required ? UNKNOWN : this.#class(undefined);
      return this.#absent;
    }
    const known = this.#table.find(words, start, end);
    if (known >= 0) return known - 1;
    const found = this.#read(words.text(start, end));
    this.#table.add(words, start, end, found + 1);
    return found;
  }

  /** A bit per conjunction: whether it may hold with values of the class. */
  possible(found: number): Int32Array {
    return this.#possible[found] as Int32Array;
  }

  #read(json: string): number {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return UNKNOWN;
    }
    if (this.required && (typeof value !== "string" || value === "")) return UNKNOWN;
    return this.#class(value as Scalar);
  }

  #class(value: Scalar | undefined): number {
    const possible = new Int32Array((this.rows.length + 31) >> 5).fill(-1);
    for (const question of this.#questions) question.narrow(possible, value);
    const key = possible.join();
    let known = this.#classes.get(key);
    if (known === undefined) {
      known = this.#possible.push(possible) - 1;
      this.#classes.set(key, known);
    }
    return known;
  }
}

/** What the event's field is, given the value of the record's. */
type Derived = (value: Scalar | undefined) => Scalar | undefined;

function derived(name: string, field: string): Derived {
  const record = { eventSource: ".", eventName: "." };
  if (name === "source") return (eventSource) => wrapRecord({ ...record, eventSource: eventSource as string }).source;
  if (name === "detail-type") return (eventType) => wrapRecord({ ...record, eventType })["detail-type"];
  if (name !== `detail.${field}`) throw new Error(`${name} is not made from ${field}`);
  return (value) => value;
}

/** What the conjunctions ask of one field of the event. */
class Questions {
  /** A bit per conjunction that does not ask. */
  readonly #free: Int32Array;
  /** The conjunctions that ask for a text, by the text. */
  readonly #byText = new Map<string, number[]>();
  readonly #others = new Map<string, { readonly test: FieldTest; readonly rows: number[] }>();

  constructor(
    private readonly derived: Derived,
    asked: readonly (Asked | undefined)[],
  ) {
    this.#free = new Int32Array((asked.length + 31) >> 5);
    for (let row = 0; row < asked.length; row++) {
      const conditions = asked[row]?.conditions;
      if (!conditions) {
        setBit(this.#free, row);
        continue;
      }
      const pinned = pinnedTexts(conditions);
      if (pinned?.prefixes.length === 0) {
        for (const text of pinned.texts) push(this.#byText, text, row);
        continue;
      }
      const key = JSON.stringify(conditions);
      const other = this.#others.get(key);
      if (other) other.rows.push(row);
      else this.#others.set(key, { test: testField(conditions), rows: [row] });
    }
  }

  /** Takes away the conjunctions that can't hold with the value. */
  narrow(possible: Int32Array, value: Scalar | undefined): void {
    const own = this.derived(value);
    const holding = this.#free.slice();
    for (const row of (typeof own === "string" && this.#byText.get(own)) || []) setBit(holding, row);
    for (const { test, rows } of this.#others.values()) {
      if (own === undefined ? test.absent : test.accepts(own)) for (const row of rows) setBit(holding, row);
    }
    for (let word = 0; word < possible.length; word++) (possible[word] as number) &= holding[word] as number;
  }
}

export function setBit(bits: Int32Array, bit: number): void {
  (bits[bit >> 5] as number) |= 1 << (bit & 31);
}

export function hasBit(bits: Int32Array, bit: number): boolean {
  return (((bits[bit >> 5] as number) >> (bit & 31)) & 1) === 1;
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
