import { type AskedField, type Conjunction, Path, parsePattern } from "./conjunctions";
import { FieldTree } from "./field-tree";
import type { FieldQuestion } from "./satisfy";
import { acceptsAbsence, type PinnedTexts, pinnedTexts, testField } from "./value-test";

/** One conjunction of one of the patterns, ready to be asked. */
export interface CompiledConjunction {
  /** The number of the pattern that it belongs to. */
  readonly pattern: number;
  readonly conjunction: Conjunction;
  /** In the alphabetical order of the fields; undefined until `questionsOf` is asked for them. */
  questions: readonly FieldQuestion[] | undefined;
}

/** The conjunctions that can hold only if a field is there. */
export interface FieldIndex {
  /** The field's number. */
  readonly field: number;
  /** What can hold only if the field is this text. */
  readonly byText: ReadonlyMap<string, readonly CompiledConjunction[]>;
  /** What can hold only if the field begins with this text, by the text's length. */
  readonly byPrefix: ReadonlyMap<number, ReadonlyMap<string, readonly CompiledConjunction[]>>;
  /** What can hold with more than a few texts, such as a suffix, but not without the field. */
  readonly present: readonly CompiledConjunction[];
  /** What texts that the field has had lead to, where looking for what they begin with takes time. */
  readonly known: Map<string, readonly CompiledConjunction[]>;
}

/** A set of patterns ready to be matched, all at once. */
export interface CompiledPatterns {
  readonly size: number;
  /** Those that conjunctions are indexed by come first. */
  readonly fields: FieldTree;
  /** The fields' numbers in the tree. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly made: Map<AskedField, FieldQuestion>;
  readonly indexes: readonly FieldIndex[];
  /** What no index leads to: asked of every event. */
  readonly unindexed: readonly CompiledConjunction[];
}

/** One pattern ready to be matched. */
export type CompiledPattern = CompiledPatterns;

/** How well a field tells events apart: the lower, the fewer events have it, or have the same text there. */
interface Ranks {
  /** Where it must be one of a few texts. */
  readonly pinned?: number;
  /** Where it must be one of a few texts or begin with one. */
  readonly begun?: number;
  /** Where it must be there. */
  readonly present?: number;
}

const RANKS: ReadonlyMap<string, Ranks> = new Map<string, Ranks>([
  ["detail.eventName", { pinned: 0, begun: 2 }],
  ["detail.errorCode", { pinned: 1, begun: 4, present: 4 }],
  ["detail.userIdentity.type", { pinned: 3 }],
  ["detail.errorMessage", { pinned: 5, begun: 5, present: 5 }],
  ["detail.eventSource", { pinned: 6 }],
  ["source", { pinned: 7 }],
  ["detail-type", { pinned: 8 }],
]);

/**
 * Compiles an EventBridge event pattern.
 *
 * @param pattern the pattern as parsed JSON
 * @throws PatternError naming the JSON path of what EventBridge would refuse
 */
export function compilePattern(pattern: unknown): CompiledPattern {
  return compilePatterns([pattern]);
}

/**
 * Compiles many patterns into one matcher whose cost hardly grows with their number, as long as they pin an event name,
 * an error code, an identity type or a source.
 *
 * @param patterns the patterns as parsed JSON; their places are their numbers
 * @throws PatternError for the first that EventBridge would refuse
 */
export function compilePatterns(patterns: readonly unknown[]): CompiledPatterns {
  const root = new Path();
  const numbers = new Map<string, number>();
  const drafts = new Map<string, IndexDraft>();
  const unindexed: CompiledConjunction[] = [];
  for (let pattern = 0; pattern < patterns.length; pattern++) {
    for (const conjunction of parsePattern(patterns[pattern], root)) {
      number(conjunction, numbers);
      file({ pattern, conjunction, questions: undefined }, drafts, unindexed);
    }
  }
  return {
    size: patterns.length,
    numbers,
    made: new Map(),
    fields: new FieldTree([...numbers.keys()], (field) => drafts.has(field)),
    indexes: [...drafts].map(([field, draft]) => ({ field: numbers.get(field) as number, known: new Map(), ...draft })),
    unindexed,
  };
}

/**
 * What a conjunction asks, made when an event first leads to it: most wait for an event that never comes. What several
 * conjunctions ask is one question.
 */
export function questionsOf(patterns: CompiledPatterns, compiled: CompiledConjunction): readonly FieldQuestion[] {
  compiled.questions ??= [...compiled.conjunction].sort(byField).map((asked) => question(patterns, asked));
  return compiled.questions;
}

function question({ numbers, made }: CompiledPatterns, asked: AskedField): FieldQuestion {
  let question = made.get(asked);
  if (!question) {
    question = { field: numbers.get(asked.field) as number, test: testField(asked.conditions) };
    made.set(asked, question);
  }
  return question;
}

/** By UTF-16 units, as EventBridge sorts them. */
function byField({ field: a }: AskedField, { field: b }: AskedField): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A field by which events lead to a conjunction. */
interface Lead {
  readonly field: string;
  readonly rank: number;
  /** What the field must be or begin with; undefined where it must only be there. */
  readonly pinned: PinnedTexts | undefined;
}

function leadOf({ field, conditions }: AskedField): Lead | undefined {
  const ranks = RANKS.get(field);
  if (!ranks) return undefined;
  const pinned = pinnedTexts(conditions);
  const rank = pinned && (pinned.prefixes.length === 0 ? ranks.pinned : ranks.begun);
  if (rank !== undefined) return { field, rank, pinned };
  if (ranks.present === undefined || acceptsAbsence(conditions)) return undefined;
  return { field, rank: ranks.present, pinned: undefined };
}

type ByText = Map<string, CompiledConjunction[]>;

interface IndexDraft {
  readonly byText: ByText;
  readonly byPrefix: Map<number, ByText>;
  readonly present: CompiledConjunction[];
}

// Written with indexes: `for … of` costs several times as much where the code is new.
function number(conjunction: Conjunction, numbers: Map<string, number>): void {
  for (let index = 0; index < conjunction.length; index++) {
    const { field } = conjunction[index] as AskedField;
    if (!numbers.has(field)) numbers.set(field, numbers.size);
  }
}

/** Puts a conjunction where the fewest events lead to it. */
function file(compiled: CompiledConjunction, drafts: Map<string, IndexDraft>, unindexed: CompiledConjunction[]): void {
  const { conjunction } = compiled;
  let best: Lead | undefined;
  // From the end: the name of the call most often comes last, and nothing leads better.
  for (let index = conjunction.length - 1; index >= 0 && best?.rank !== 0; index--) {
    const lead = leadOf(conjunction[index] as AskedField);
    if (lead && (!best || lead.rank < best.rank)) best = lead;
  }
  if (!best) {
    unindexed.push(compiled);
    return;
  }
  let draft = drafts.get(best.field);
  if (!draft) {
    draft = { byText: new Map(), byPrefix: new Map(), present: [] };
    drafts.set(best.field, draft);
  }
  if (!best.pinned) {
    draft.present.push(compiled);
    return;
  }
  const { texts, prefixes } = best.pinned;
  for (let index = 0; index < texts.length; index++) put(draft.byText, texts[index] as string, compiled);
  for (let index = 0; index < prefixes.length; index++) {
    const prefix = prefixes[index] as string;
    let ofLength = draft.byPrefix.get(prefix.length);
    if (!ofLength) {
      ofLength = new Map();
      draft.byPrefix.set(prefix.length, ofLength);
    }
    put(ofLength, prefix, compiled);
  }
}

function put(byText: ByText, text: string, compiled: CompiledConjunction): void {
  const compileds = byText.get(text);
  if (!compileds) byText.set(text, [compiled]);
  // A text may be asked for twice.
  else if (compileds.at(-1) !== compiled) compileds.push(compiled);
}
