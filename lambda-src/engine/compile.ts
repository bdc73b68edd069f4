import { type Conjunction, parsePattern } from "./conjunctions";
import { FieldTree } from "./field-tree";
import type { FieldQuestion } from "./satisfy";
import { type FieldTest, testField } from "./value-test";

/** One conjunction of one of the patterns, ready to be asked. */
export interface CompiledConjunction {
  /** The number of the pattern that it belongs to. */
  readonly pattern: number;
  /** In the alphabetical order of the fields. */
  readonly questions: readonly FieldQuestion[];
}

/** The conjunctions that can hold only if a field is there. */
export interface FieldIndex {
  /** The field's number among the indexed fields. */
  readonly field: number;
  /** What can hold only if the field is this text. */
  readonly byText: ReadonlyMap<string, readonly CompiledConjunction[]>;
  /** What can hold with more than a few texts, such as a prefix, but not without the field. */
  readonly present: readonly CompiledConjunction[];
}

/** A set of patterns ready to be matched, all at once. */
export interface CompiledPatterns {
  readonly size: number;
  readonly fields: FieldTree;
  /** The fields that conjunctions are indexed by. */
  readonly indexedFields: FieldTree;
  readonly indexes: readonly FieldIndex[];
  /** What no index leads to: asked of every event. */
  readonly unindexed: readonly CompiledConjunction[];
}

/** One pattern ready to be matched. */
export type CompiledPattern = CompiledPatterns;

/** What an index by text is made of, the most telling first. */
const INDEXED_BY_TEXT = [
  "detail.eventName",
  "detail.errorCode",
  "detail.userIdentity.type",
  "detail.eventSource",
  "source",
  "detail-type",
];
/** What few events have. */
const INDEXED_BY_PRESENCE = ["detail.errorCode", "detail.errorMessage"];

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
  const parsed = patterns.flatMap((pattern, number) =>
    parsePattern(pattern).map((conjunction) => ({ pattern: number, tests: testsOf(conjunction) })),
  );
  const names = [...new Set(parsed.flatMap(({ tests }) => [...tests.keys()]))];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const drafts = new Map<string, IndexDraft>();
  const unindexed: CompiledConjunction[] = [];
  for (const { pattern, tests } of parsed) {
    const questions = [...tests].map(([name, test]) => ({ field: numbers.get(name) as number, test }));
    file({ pattern, questions }, tests, drafts, unindexed);
  }
  return {
    size: patterns.length,
    fields: new FieldTree(names),
    indexedFields: new FieldTree([...drafts.keys()]),
    indexes: [...drafts.values()].map((draft, field) => ({ field, ...draft })),
    unindexed,
  };
}

function testsOf(conjunction: Conjunction): ReadonlyMap<string, FieldTest> {
  // By UTF-16 units, as EventBridge sorts them.
  const fields = [...conjunction.keys()].sort();
  return new Map(fields.map((field) => [field, testField(conjunction.get(field) ?? [])]));
}

interface IndexDraft {
  readonly byText: Map<string, CompiledConjunction[]>;
  readonly present: CompiledConjunction[];
}

/** Puts a conjunction where the fewest events lead to it. */
function file(
  conjunction: CompiledConjunction,
  tests: ReadonlyMap<string, FieldTest>,
  drafts: Map<string, IndexDraft>,
  unindexed: CompiledConjunction[],
): void {
  const pinnedName = INDEXED_BY_TEXT.find((name) => tests.get(name)?.pinned);
  const rareName = INDEXED_BY_PRESENCE.find((name) => tests.get(name)?.absent === false);
  const specific = pinnedName !== undefined && INDEXED_BY_TEXT.indexOf(pinnedName) < 3;
  const name = specific ? pinnedName : (rareName ?? pinnedName);
  if (name === undefined) {
    unindexed.push(conjunction);
    return;
  }
  const draft = drafts.get(name) ?? { byText: new Map<string, CompiledConjunction[]>(), present: [] };
  drafts.set(name, draft);
  const pinned = tests.get(name)?.pinned;
  if (!pinned) draft.present.push(conjunction);
  for (const text of pinned ?? []) {
    const conjunctions = draft.byText.get(text);
    if (conjunctions) conjunctions.push(conjunction);
    else draft.byText.set(text, [conjunction]);
  }
}
