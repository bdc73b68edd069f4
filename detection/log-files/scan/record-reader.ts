// Over 250 lines: one state machine over bytes, whose steps share its position.
import { RecordProblem } from "../../events/cloudtrail-record";
import { kindOf, parseJson } from "../../events/json";
import { UnreadableLogFile } from "../log-file";
import { keyTree } from "./key-tree";
import type { RecordFilter } from "./record-filter";
import { HEAD, type SimdText } from "./simd-text";
import { afterSpace, endOfValue, INCOMPLETE, MALFORMED, Skimmer } from "./skimmer";
import { Skipper } from "./skipper";
import { Window } from "./window";
import { endOfString, QUOTE } from "./words";

/** What is expected next. */
type Expected =
  /** A value of the file's own, or its end. */
  | "value"
  /** A key of the object that holds the records, or, at first, its end. */
  | "key"
  /** A comma or the end of that object. */
  | "after member"
  /** A record, or, at first, the end of the array. */
  | "record"
  /** A comma or the end of the array. */
  | "after record";

/** Bytes of the largest record that is read: far more than CloudTrail writes, and few enough to be kept. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/** Lines that are no JSON, behind which others are looked for: each may cost a look through all that is kept. */
const MAX_BAD_LINES = 100;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LINE_FEED = 0x0a;
const NEWLINE = Uint8Array.of(LINE_FEED);
const NOTHING = new Uint8Array(0);
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const EVERYTHING: RecordFilter = { skimmer: new Skimmer(keyTree([])), passes: () => true };

/** Takes the text of a log file, piece by piece, and hands over the records that pass the filter. */
export class RecordReader {
  /** V8 forgets the code that it has made for a class when no instance is left. */
  static readonly kept = new RecordReader("any", () => {});

  records = 0;
  passed = 0;
  /** Bytes that have come. */
  bytes = 0;

  #expected: Expected = "value";
  #atStart = true;
  /** Whether the end may come before anything else: nothing has come yet. */
  #first = false;
  /** Whether the array of records lies in an object. */
  #inObject = false;
  #hasRecords = false;
  #hasValue = false;
  /** What is left out up to its end, being too large. */
  #skipper: Skipper | undefined;
  /** Bytes that must be there before it is worth looking again. */
  #enough = 0;
  /** No more bytes will come. */
  #ending = false;
  #badLines = 0;

  /** @param onRecord is given a RecordProblem in the place of a record that can't be read */
  constructor(
    private readonly form: "log-file" | "any",
    private readonly onRecord: (record: unknown) => void,
    private readonly filter: RecordFilter = EVERYTHING,
    readonly window = new Window(),
  ) {}

  /** @throws UnreadableLogFile */
  write(chunk: Uint8Array): void {
    const window = this.window;
    window.append(chunk);
    this.bytes += chunk.length;
    if (window.end - window.start < this.#enough) return;
    this.#enough = 0;
    if (this.#atStart && !this.#passByteOrderMark()) return;
    while (this.#advance());
  }

  /**
   * Reads what has come and was not worth looking at before there was more of it: more won't come.
   *
   * @throws UnreadableLogFile
   */
  readOn(): void {
    this.#ending = true;
    this.#enough = 0;
    // Restores the padding too, which what came last may have been made over.
    this.write(NOTHING);
  }

  /** @throws UnreadableLogFile when something is missing */
  end(): void {
    this.#ending = true;
    this.#enough = 0;
    // Ends a number.
    this.write(NEWLINE);
    const { start, end } = this.window;
    if (!this.#hasValue || this.#expected !== "value" || this.#skipper || start < end) {
      throw new UnreadableLogFile(ENDS_TOO_EARLY);
    }
  }

  #passByteOrderMark(): boolean {
    const { words, start, end } = this.window;
    const there = BYTE_ORDER_MARK.slice(0, end - start);
    if (there.every((byte, index) => words.bytes[start + index] === byte)) {
      if (there.length < BYTE_ORDER_MARK.length) return false;
      this.window.start += there.length;
    }
    this.#atStart = false;
    return true;
  }

  /** @returns false when more bytes are needed */
  #advance(): boolean {
    const window = this.window;
    if (this.#skipper) {
      window.start = this.#skipper.skip(window.words.bytes, window.start, window.end);
      if (!this.#skipper.done) return false;
      this.#skipper = undefined;
    }
    const at = afterSpace(window.words.bytes, window.start);
    window.start = at;
    if (at >= window.end) return false;
    switch (this.#expected) {
      case "record":
        return this.#record(at);
      case "after record":
        return this.#after(at, CLOSING_BRACKET, "record");
      case "value":
        return this.#value(at);
      case "key":
        return this.#key(at);
      case "after member":
        return this.#after(at, CLOSING_BRACE, "key");
    }
  }

  #value(at: number): boolean {
    const { words, end } = this.window;
    const first = words.bytes[at];
    if (this.form === "any") {
      if (first === OPENING_BRACKET) {
        this.#inObject = false;
        return this.#begin(at, "record");
      }
      // A text may be a record in JSON of its own.
      if (first === OPENING_BRACE || first === QUOTE) {
        const after = this.filter.skimmer.skim(words, at, end);
        const records = this.filter.skimmer.records;
        if (records >= 0 && words.bytes[records] === OPENING_BRACKET) return this.#begin(at, "key");
        this.#hasValue = true;
        return this.#skimmed(at, after, "value");
      }
    } else if (first === OPENING_BRACE && !this.#hasValue) {
      return this.#begin(at, "key");
    }
    if (this.#hasValue) return this.#passLine(at, this.#unexpected(at));
    throw this.#other(at, "it holds", this.form === "any" ? "records" : "an object");
  }

  /** An array of records, or an object that holds one. */
  #begin(at: number, expected: "record" | "key"): boolean {
    this.#hasValue = true;
    this.#inObject = expected === "key";
    this.#hasRecords = false;
    return this.#expect(expected, at + 1, true);
  }

  #expect(expected: Expected, from: number, first = false): true {
    this.#expected = expected;
    this.window.start = from;
    this.#first = first;
    return true;
  }

  #key(at: number): boolean {
    const { words, end } = this.window;
    const { bytes } = words;
    if (bytes[at] === CLOSING_BRACE && this.#first) return this.#endObject(at);
    if (bytes[at] !== QUOTE) throw this.#unexpected(at);
    const keyEnd = endOfString(words, at + 1) + 1;
    const colon = afterSpace(bytes, keyEnd);
    const value = afterSpace(bytes, colon + 1);
    if (colon < end && bytes[colon] !== COLON) throw this.#unexpected(colon);
    if (value >= end) return this.#wait(at);
    const key = parseJson(words.text(at, keyEnd));
    if ("problem" in key) throw new UnreadableLogFile(`it is not JSON: ${key.problem}`);
    if (key.value === "Records") {
      if (bytes[value] !== OPENING_BRACKET) throw this.#other(value, "Records is", "an array");
      this.#hasRecords = true;
      return this.#expect("record", value + 1, true);
    }
    const after = endOfValue(words, value, end);
    if (after === MALFORMED) throw this.#unexpected(value);
    if (after !== INCOMPLETE) return this.#expect("after member", after);
    if (end - value <= MAX_RECORD_BYTES) return this.#wait(at);
    this.#skipper = new Skipper();
    return this.#expect("after member", value);
  }

  #record(at: number): boolean {
    const { words, end } = this.window;
    if (this.#first && words.bytes[at] === CLOSING_BRACKET) return this.#endArray(at);
    if (this.#several(at)) return true;
    return this.#skimmed(at, this.filter.skimmer.skim(words, at, end), "after record");
  }

  /** @returns false when the one that begins here must be skimmed for itself */
  #several(at: number): boolean {
    const { simd, end } = this.window;
    if (!simd) return false;
    const count = simd.skim(this.filter.skimmer.simdKeys, at, end);
    if (count === 0) return false;
    const { records, stride } = simd;
    const passing = this.#sift(simd, count);
    for (const record of passing) this.#parse(records[record] as number, records[record + 1] as number);
    this.records += count - passing.length;
    return this.#expect("after record", records[(count - 1) * stride + 1] as number);
  }

  /** Nothing but this is done for every record; on its own, so that V8 keeps its code whatever becomes of the others'. */
  #sift({ records, stride }: SimdText, count: number): readonly number[] {
    const { words, simd } = this.window;
    const passing: number[] = [];
    for (let record = 0; record < count * stride; record += stride) {
      const isUnsure = records[record + 2] === 1;
      if (isUnsure || this.filter.passes(words, records, record + HEAD, simd)) passing.push(record);
    }
    return passing;
  }

  #skimmed(at: number, after: number, next: Expected): boolean {
    const { words, end } = this.window;
    if (after === MALFORMED) return this.#passLine(at, this.#unexpected(at));
    if (after === INCOMPLETE) {
      if (next === "value" && this.#ending) return this.#passLine(at, new UnreadableLogFile(ENDS_TOO_EARLY));
      if (end - at <= MAX_RECORD_BYTES) return this.#wait(at);
      if (this.#nextLine(at) >= 0) return this.#passLine(at, new UnreadableLogFile(ENDS_TOO_EARLY));
      this.#handOver(new RecordProblem(`the record is larger than ${MAX_RECORD_BYTES} bytes`));
      this.#skipper = new Skipper();
      return this.#expect(next, at);
    }
    const { skimmer } = this.filter;
    if (!skimmer.unsure && !this.filter.passes(words, skimmer.spans, 0)) {
      this.records++;
    } else if (!this.#parse(at, after)) {
      return this.#passLine(at, new UnreadableLogFile(ENDS_TOO_EARLY));
    }
    return this.#expect(next, after);
  }

  /**
   * JSON lines go on behind one that is none.
   *
   * @throws the error where no other line follows
   */
  #passLine(at: number, error: UnreadableLogFile): boolean {
    const next = this.#nextLine(at);
    if (next >= 0) {
      this.#badLines++;
      this.#handOver(new RecordProblem(error.message.replace(/^it /, "a line ")));
      return this.#expect("value", next);
    }
    const mayFollow = this.#takesLines() && !this.#ending && this.window.end - at <= MAX_RECORD_BYTES;
    if (mayFollow) return this.#wait(at);
    throw error;
  }

  #takesLines(): boolean {
    return this.form === "any" && this.#expected === "value" && this.#badLines < MAX_BAD_LINES;
  }

  /** Where the next line begins that may be an object's; -1 where none has come, or lines aren't expected. */
  #nextLine(at: number): number {
    if (!this.#takesLines()) return -1;
    const { words, end } = this.window;
    for (let line = at; ; ) {
      line = words.bytes.indexOf(LINE_FEED, line) + 1;
      if (line === 0 || line >= end) return -1;
      if (words.bytes[line] === OPENING_BRACE) return line;
    }
  }

  /** @returns false where it is no JSON, and a line begins in it that may be */
  #parse(at: number, after: number): boolean {
    const content = parseJson(this.window.words.text(at, after));
    if ("problem" in content) {
      const line = this.#nextLine(at);
      if (line >= 0 && line < after) return false;
    }
    this.#handOver(
      "value" in content ? content.value : new RecordProblem(`the record is not JSON: ${content.problem}`),
    );
    return true;
  }

  #handOver(record: unknown): void {
    this.records++;
    this.passed++;
    this.onRecord(record);
  }

  #after(at: number, closing: number, next: "record" | "key"): boolean {
    const byte = this.window.words.bytes[at];
    if (byte === COMMA) return this.#expect(next, at + 1);
    if (byte !== closing) throw this.#unexpected(at);
    return closing === CLOSING_BRACKET ? this.#endArray(at) : this.#endObject(at);
  }

  #endArray(at: number): boolean {
    return this.#expect(this.#inObject ? "after member" : "value", at + 1);
  }

  #endObject(at: number): boolean {
    if (!this.#hasRecords) throw new UnreadableLogFile("Records is absent, not an array");
    return this.#expect("value", at + 1);
  }

  /** What begins here needs more bytes: twice as many, or a large one would be looked through over and over. */
  #wait(at: number): false {
    this.#enough = Math.min(2 * (this.window.end - at), MAX_RECORD_BYTES + 1);
    return false;
  }

  #unexpected(at: number): UnreadableLogFile {
    const { words, offset } = this.window;
    const byte = words.bytes[at] as number;
    const what =
      byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `byte 0x${byte.toString(16).padStart(2, "0")}`;
    return new UnreadableLogFile(`it is not JSON: unexpected ${what} at position ${offset + at}`);
  }

  /** A value of another kind than it should be. */
  #other(at: number, what: string, expected: string): UnreadableLogFile {
    const { words, end } = this.window;
    const first = words.bytes[at];
    if (first === OPENING_BRACKET) return new UnreadableLogFile(`${what} an array, not ${expected}`);
    if (first === OPENING_BRACE) return new UnreadableLogFile(`${what} an object, not ${expected}`);
    if (first === QUOTE) return new UnreadableLogFile(`${what} a string, not ${expected}`);
    const after = endOfValue(words, at, end);
    const scalar = parseJson(words.text(at, after < 0 ? end : after));
    return "value" in scalar
      ? new UnreadableLogFile(`${what} ${kindOf(scalar.value)}, not ${expected}`)
      : this.#unexpected(at);
  }
}

const ENDS_TOO_EARLY = "it is not JSON: it ends too early";
