import type { Condition } from "./condition";
import { parseCondition } from "./parse-condition";
import { PatternError } from "./pattern";

/** One conjunction: every field (by dotted path) must satisfy one of its conditions. */
export type Conjunction = ReadonlyMap<string, readonly Condition[]>;

/** How many conjunctions `$or` may multiply to; EventBridge refuses patterns beyond this. */
const MAX_CONJUNCTIONS = 1_000;
/** EventBridge refuses a rule with more fields than this. */
const MAX_FIELDS = 256;
/** Nor does it read JSON that is nested deeper. */
const MAX_DEPTH = 1_000;

/** Names that EventBridge keeps for itself: no field within `$or` may have one. */
const RESERVED_WITHIN_OR: ReadonlySet<string> = new Set([
  ...["exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr"],
  ...["=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"],
  ...["date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"],
  ...["ip-address-in-range", "ip-address-not-in-range"],
]);

type Draft = Map<string, readonly Condition[]>;

/** Where in the event a node of the pattern applies. */
interface Place {
  readonly path: readonly string[];
  readonly inOr: boolean;
  readonly depth: number;
}

/**
 * Checks a pattern and multiplies its `$or`s out: it matches when one of the conjunctions does.
 *
 * A field that is asked for again overrides what was asked before, as EventBridge has it.
 *
 * @throws PatternError naming the JSON path of what EventBridge would refuse
 */
export function parsePattern(pattern: unknown): readonly Conjunction[] {
  const drafts: Draft[] = [new Map()];
  const conjunctions = expand(pattern, { path: [], inOr: false, depth: 1 }, "$", drafts);
  for (const conjunction of conjunctions) {
    if (conjunction.size > MAX_FIELDS) throw new PatternError("$", `asks for more than ${MAX_FIELDS} fields`);
  }
  return conjunctions;
}

function expand(node: unknown, place: Place, where: string, drafts: readonly Draft[]): readonly Draft[] {
  const { path, inOr, depth } = place;
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new PatternError(where, "takes an object of fields, or an array of conditions");
  }
  if (depth > MAX_DEPTH) throw new PatternError("$", `is nested deeper than ${MAX_DEPTH} levels`);
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
    const base = path.join(".");
    const field = base === "" ? key : `${base}.${key}`;
    if (key === "$or") {
      expanded = expandOr(value, { path, inOr: true, depth: depth + 2 }, here, expanded);
    } else if (Array.isArray(value)) {
      const conditions = parseConditions(value, here);
      for (const draft of expanded) draft.set(field, conditions);
    } else {
      expanded = expand(value, { path: [...path, key], inOr, depth: depth + 1 }, here, expanded);
    }
  }
  return expanded;
}

function expandOr(alternatives: unknown, place: Place, where: string, drafts: readonly Draft[]): readonly Draft[] {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternError(where, "takes an array of at least two objects");
  }
  const expanded: Draft[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    const copies = drafts.map((draft) => new Map(draft));
    expanded.push(...expand(alternative, place, `${where}[${index}]`, copies));
    if (expanded.length > MAX_CONJUNCTIONS) {
      throw new PatternError(where, `multiplies to more than ${MAX_CONJUNCTIONS} combinations`);
    }
  }
  return expanded;
}

function parseConditions(conditions: readonly unknown[], where: string): readonly Condition[] {
  if (conditions.length === 0) {
    throw new PatternError(where, "an empty array matches nothing; EventBridge refuses it");
  }
  return conditions.map((condition, index) => parseCondition(condition, `${where}[${index}]`));
}
