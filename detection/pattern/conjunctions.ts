import type { Condition } from "./condition";
import { parseCondition, parseText } from "./parse-condition";
import { PatternError } from "./pattern";

/** What a pattern asks of a field, by its dotted path: to satisfy one of the conditions. */
export interface AskedField {
  readonly field: string;
  readonly conditions: readonly Condition[];
}

/**
 * One conjunction: all of its fields, each there once, must hold.
 *
 * What stands outside of `$or` is the same object in each of the conjunctions that it multiplies to.
 */
export type Conjunction = readonly AskedField[];

/** How many conjunctions `$or` may multiply to; EventBridge refuses patterns beyond this. */
const MAX_CONJUNCTIONS = 1_000;
/** EventBridge refuses a rule with more fields than this. */
const MAX_FIELDS = 256;
/** Nor does it read JSON that is nested deeper. */
const MAX_DEPTH = 1_000;

/** Names that EventBridge keeps for itself: no field within `$or` may have one. */
export const RESERVED_WITHIN_OR: ReadonlySet<string> = new Set([
  ...["exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr"],
  ...["=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"],
  ...["date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"],
  ...["ip-address-in-range", "ip-address-not-in-range"],
]);

type Draft = AskedField[];

/** Dotted paths as patterns come to them: each is put together once, however many fields lie there. */
export class Path {
  readonly #below = new Map<string, Path>();

  /**
   * @param text undefined at the root: an empty text is the path of a key that is empty
   * @param field how the field that lies there is called
   */
  constructor(
    private readonly text?: string,
    readonly field = "",
  ) {}

  step(key: string): Path {
    let below = this.#below.get(key);
    if (!below) {
      const path = this.text === undefined ? key : `${this.text}.${key}`;
      below = new Path(path, this.text === "" ? key : path);
      this.#below.set(key, below);
    }
    return below;
  }
}

/** Where in the event a node of the pattern applies. */
interface Place {
  readonly path: Path;
  readonly inOr: boolean;
  readonly depth: number;
}

/**
 * Checks a pattern and multiplies its `$or`s out: it matches when one of the conjunctions does.
 *
 * A field that is asked for again overrides what was asked before, as EventBridge has it.
 *
 * @param root may be that of other patterns which ask for much the same fields
 * @throws PatternError naming the JSON path of what EventBridge would refuse
 */
export function parsePattern(pattern: unknown, root = new Path()): readonly Conjunction[] {
  try {
    return expand(pattern, { path: root, inOr: false, depth: 1 }, [[]]);
  } catch (error) {
    throw within("$", error);
  }
}

/** Where something is wrong is put together on the way out, since most often nothing is. */
function within(step: string, error: unknown): unknown {
  return error instanceof PatternError ? error.within(step) : error;
}

function expand(node: unknown, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new PatternError("", "must be an object of fields or an array of conditions");
  }
  if (place.depth > MAX_DEPTH) throw new PatternError("$", `is nested deeper than ${MAX_DEPTH} levels`);
  const keys = Object.keys(node);
  if (keys.length === 0) {
    throw new PatternError("", "an empty object matches nothing; EventBridge refuses it");
  }
  let expanded = drafts;
  const values: readonly unknown[] = Object.values(node);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    try {
      expanded = expandKey(key, values[index], place, expanded);
    } catch (error) {
      throw within(`.${key}`, error);
    }
  }
  return expanded;
}

function expandKey(key: string, value: unknown, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  const { path, inOr, depth } = place;
  if (inOr && RESERVED_WITHIN_OR.has(key)) {
    throw new PatternError("", "is a name that EventBridge keeps for itself within $or");
  }
  if (key === "$or") return expandOr(value, { path, inOr: true, depth: depth + 2 }, drafts);
  if (!Array.isArray(value)) return expand(value, { path: path.step(key), inOr, depth: depth + 1 }, drafts);
  const asked = { field: path.step(key).field, conditions: parseConditions(value) };
  for (let index = 0; index < drafts.length; index++) ask(drafts[index] as Draft, asked);
  return drafts;
}

function ask(draft: Draft, asked: AskedField): void {
  for (let index = 0; index < draft.length; index++) {
    if (draft[index]?.field === asked.field) {
      draft[index] = asked;
      return;
    }
  }
  if (draft.length === MAX_FIELDS) throw new PatternError("$", `asks for more than ${MAX_FIELDS} fields`);
  draft.push(asked);
}

function expandOr(alternatives: unknown, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternError("", "must be an array of at least two objects");
  }
  const expanded: Draft[] = [];
  for (let index = 0; index < alternatives.length; index++) {
    const copies = drafts.map((draft) => draft.slice());
    try {
      expanded.push(...expand(alternatives[index], place, copies));
    } catch (error) {
      throw within(`[${index}]`, error);
    }
    if (expanded.length > MAX_CONJUNCTIONS) {
      throw new PatternError("", `multiplies to more than ${MAX_CONJUNCTIONS} combinations`);
    }
  }
  return expanded;
}

function parseConditions(conditions: readonly unknown[]): readonly Condition[] {
  if (conditions.length === 0) {
    throw new PatternError("", "an empty array matches nothing; EventBridge refuses it");
  }
  return conditions.map((condition, index) => {
    if (typeof condition === "string") return parseText(condition);
    try {
      return parseCondition(condition, "");
    } catch (error) {
      throw within(`[${index}]`, error);
    }
  });
}
