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

/** The conjunctions that can hold only if a field is a certain text. */
export interface FieldIndex {
  /** The field's number among the pinned fields. */
  readonly field: number;
  readonly byText: ReadonlyMap<string, readonly CompiledConjunction[]>;
}

/** A set of patterns ready to be matched, all at once. */
export interface CompiledPatterns {
  readonly size: number;
  readonly fields: FieldTree;
  /** The fields that conjunctions are indexed by. */
  readonly pinnedFields: FieldTree;
  readonly indexes: readonly FieldIndex[];
  /** What no index leads to: asked of every event. */
  readonly unindexed: readonly CompiledConjunction[];
}

/** One pattern ready to be matched. */
export type CompiledPattern = CompiledPatterns;

/** What an index is made of, the most telling first. */
const INDEXABLE = [
  "detail.eventName",
  "detail.errorCode",
  "detail.userIdentity.type",
  "detail.eventSource",
  "source",
  "detail-type",
];

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
  const pinnedNames: string[] = [];
  const byField = new Map<string, Map<string, CompiledConjunction[]>>();
  const unindexed: CompiledConjunction[] = [];
  for (const { pattern, tests } of parsed) {
    const questions = [...tests].map(([name, test]) => ({ field: numbers.get(name) as number, test }));
    const compiled = { pattern, questions };
    const name = INDEXABLE.find((candidate) => tests.get(candidate)?.pinned);
    if (name === undefined) {
      unindexed.push(compiled);
      continue;
    }
    let byText = byField.get(name);
    if (!byText) {
      byText = new Map();
      byField.set(name, byText);
      pinnedNames.push(name);
    }
    for (const text of tests.get(name)?.pinned ?? []) {
      const conjunctions = byText.get(text);
      if (conjunctions) conjunctions.push(compiled);
      else byText.set(text, [compiled]);
    }
  }
  return {
    size: patterns.length,
    fields: new FieldTree(names),
    pinnedFields: new FieldTree(pinnedNames),
    indexes: pinnedNames.map((name, field) => ({ field, byText: byField.get(name) ?? new Map() })),
    unindexed,
  };
}

function testsOf(conjunction: Conjunction): ReadonlyMap<string, FieldTest> {
  // By UTF-16 units, as EventBridge sorts them.
  const fields = [...conjunction.keys()].sort();
  return new Map(fields.map((field) => [field, testField(conjunction.get(field) ?? [])]));
}
