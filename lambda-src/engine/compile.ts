import { compileConditions, type FieldCondition } from "./conditions";
import { PatternError } from "./pattern";

/** One conjunction: every field (by dotted path) must satisfy its condition. */
export type Conjunction = ReadonlyMap<string, FieldCondition>;

/** A pattern ready to be matched: it matches when one of its conjunctions does. */
export interface CompiledPattern {
  readonly conjunctions: readonly Conjunction[];
  /** Every field that a conjunction asks for. */
  readonly fields: ReadonlySet<string>;
  /** Every path that leads to such a field: nothing else of an event needs to be looked at. */
  readonly parents: ReadonlySet<string>;
}

/** How many conjunctions `$or` may multiply to; EventBridge refuses patterns beyond this. */
const MAX_CONJUNCTIONS = 1_000;

/**
 * Compiles an EventBridge event pattern.
 *
 * @param pattern the pattern as parsed JSON
 * @throws PatternError naming the JSON path of what EventBridge would refuse or this engine does not know
 */
export function compilePattern(pattern: unknown): CompiledPattern {
  const conjunctions = expand(pattern, { path: [], inOr: false }, "$", [new Map()]);
  const fields = new Set(conjunctions.flatMap((conjunction) => [...conjunction.keys()]));
  const parents = new Set<string>();
  for (const field of fields) {
    for (let dot = field.indexOf("."); dot >= 0; dot = field.indexOf(".", dot + 1)) {
      parents.add(field.slice(0, dot));
    }
  }
  return { conjunctions, fields, parents };
}

/** Names that EventBridge keeps for itself: no field within `$or` may have one. */
const RESERVED_WITHIN_OR = new Set([
  "exact",
  "prefix",
  "suffix",
  "wildcard",
  "equals-ignore-case",
  "anything-but",
  "numeric",
  "cidr",
  "exists",
]);

type Draft = Map<string, FieldCondition>;

/** Where in the event a node of the pattern applies. */
interface Place {
  readonly path: readonly string[];
  readonly inOr: boolean;
}

function expand(node: unknown, { path, inOr }: Place, where: string, drafts: readonly Draft[]): readonly Draft[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new PatternError(where, `expected an object of fields, not ${JSON.stringify(node)}`);
  }
  const entries = Object.entries(node);
  if (entries.length === 0) {
    throw new PatternError(where, "an empty object matches nothing; EventBridge refuses it");
  }
  let expanded = drafts;
  for (const [key, value] of entries) {
    const here = `${where}.${key}`;
    if (inOr && RESERVED_WITHIN_OR.has(key)) {
      throw new PatternError(here, "is a name that EventBridge keeps for itself within $or");
    }
    if (key === "$or") {
      expanded = expandOr(value, path, here, expanded);
    } else if (Array.isArray(value)) {
      const field = [...path, key].join(".");
      const condition = compileConditions(value, here);
      for (const draft of expanded) {
        if (draft.has(field)) {
          throw new PatternError(here, "this field is asked for twice; EventBridge would silently drop one of the two");
        }
        draft.set(field, condition);
      }
    } else {
      expanded = expand(value, { path: [...path, key], inOr }, here, expanded);
    }
  }
  return expanded;
}

function expandOr(
  alternatives: unknown,
  path: readonly string[],
  where: string,
  drafts: readonly Draft[],
): readonly Draft[] {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternError(where, "takes an array of at least two objects");
  }
  const expanded: Draft[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    const copies = drafts.map((draft) => new Map(draft));
    expanded.push(...expand(alternative, { path, inOr: true }, `${where}[${index}]`, copies));
    if (expanded.length > MAX_CONJUNCTIONS) {
      throw new PatternError(where, `multiplies to more than ${MAX_CONJUNCTIONS} combinations`);
    }
  }
  return expanded;
}
