import { addressDigits } from "../pattern/address";
import type { Condition, NumberRange } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import type { EventPattern, PatternCondition } from "../pattern/pattern";
import { keyOf } from "./fields";

/** A node of a pattern while it is written. */
interface Draft {
  [key: string]: Draft | readonly PatternCondition[] | readonly Draft[];
}

const DETAIL = "detail.";

/** The pattern that matches what any of the conjunctions matches; what several have in common stands once. */
export function writePattern(conjunctions: readonly Conjunction[]): EventPattern {
  return anyOf(writeParts(conjunctions));
}

export function anyOf(parts: readonly EventPattern[]): EventPattern {
  const [only] = parts;
  return parts.length === 1 && only ? only : { $or: parts };
}

/** Patterns of which one or another matches. */
export function writeParts(conjunctions: readonly Conjunction[]): readonly EventPattern[] {
  return writeAll(conjunctions.map((each) => each.map((asked) => ({ asked, key: keyOf(asked) })))) as EventPattern[];
}

/** What is asked of a field, and the same as a text. */
interface Keyed {
  readonly asked: AskedField;
  readonly key: string;
}

function writeAll(conjunctions: readonly (readonly Keyed[])[]): readonly Draft[] {
  const shared = mostShared(conjunctions);
  if (shared === undefined) return conjunctions.map(write);
  const hasIt = (conjunction: readonly Keyed[]) => conjunction.some(({ key }) => key === shared);
  const others = conjunctions.filter((each) => !hasIt(each));
  return [writeGroup(conjunctions.filter(hasIt)), ...writeAll(others)];
}

/** What it saves most to write once; undefined where nothing is there twice. */
function mostShared(conjunctions: readonly (readonly Keyed[])[]): string | undefined {
  if (conjunctions.length < 2) return undefined;
  const counts = new Map<string, number>();
  for (const conjunction of conjunctions)
    for (const { key } of conjunction) counts.set(key, (counts.get(key) ?? 0) + 1);
  let most: string | undefined;
  let saves = 0;
  for (const [key, count] of counts) {
    if ((count - 1) * key.length <= saves) continue;
    most = key;
    saves = (count - 1) * key.length;
  }
  return most;
}

/** Of conjunctions that have something in common. */
function writeGroup(conjunctions: readonly (readonly Keyed[])[]): Draft {
  const [first = [], ...others] = conjunctions;
  const common = first.filter(({ key }) => others.every((other) => other.some((each) => each.key === key)));
  const keysInCommon = new Set(common.map(({ key }) => key));
  const rests = conjunctions.map((conjunction) => conjunction.filter(({ key }) => !keysInCommon.has(key)));
  const draft = write(common);
  // One that asks nothing else takes in the others.
  if (rests.some((rest) => rest.length === 0)) return draft;
  if (!rests.flat().every(({ asked }) => asked.field.startsWith(DETAIL))) return { ...draft, $or: writeAll(rests) };
  const within = rests.map((rest) =>
    rest.map(({ asked, key }) => ({ asked: { ...asked, field: asked.field.slice(DETAIL.length) }, key })),
  );
  return { ...draft, detail: { ...((draft.detail ?? {}) as Draft), $or: writeAll(within) } };
}

function write(conjunction: readonly Keyed[]): Draft {
  const root: Draft = Object.create(null);
  const asked = conjunction.map((each) => each.asked);
  const [sources, others] = [asked.filter(isSource), asked.filter((each) => !isSource(each))];
  for (const { field, conditions } of [...sources, ...others]) put(root, field, conditions.map(writeCondition));
  return root;
}

function isSource({ field }: AskedField): boolean {
  return field === "source";
}

/** Where a field lies within another's, the rest of its path is one key, which means the same. */
function put(root: Draft, field: string, conditions: readonly PatternCondition[]): void {
  const steps = field.split(".");
  let node = root;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as string;
    const rest = steps.slice(index).join(".");
    const next = node[step];
    if (index === steps.length - 1 || Array.isArray(next)) {
      node[rest] = conditions;
      return;
    }
    const below = (next ?? Object.create(null)) as Draft;
    node[step] = below;
    node = below;
  }
}

/** A condition as it stands in a pattern. */
export function writeCondition(condition: Condition): PatternCondition {
  switch (condition.kind) {
    case "equals":
      return typeof condition.value === "string" && addressDigits(condition.value) !== undefined
        ? { exactly: condition.value }
        : condition.value;
    case "address":
      return condition.text.includes("/") ? { cidr: condition.text } : condition.text;
    case "prefix":
    case "suffix": {
      const affix = condition.ignoreCase ? { "equals-ignore-case": condition.text } : condition.text;
      return condition.kind === "prefix" ? { prefix: affix } : { suffix: affix };
    }
    case "equals-ignore-case":
      return { "equals-ignore-case": condition.text };
    case "wildcard":
      return { wildcard: condition.text };
    case "exists":
      return { exists: true };
    case "absent":
      return { exists: false };
    case "numeric":
      return { numeric: writeRange(condition.range) };
    case "anything-but":
      return {
        "anything-but":
          "by" in condition
            ? ({ [condition.by]: shortest(condition.texts) } as { prefix: string | readonly string[] })
            : (shortest(condition.values) as string | readonly string[]),
      };
  }
}

function shortest<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 ? (values[0] as T) : values;
}

type Range = Extract<PatternCondition, { readonly numeric: unknown }>["numeric"];

function writeRange({ bottom, openBottom, top, openTop }: NumberRange): Range {
  const lower = openBottom ? ">" : ">=";
  const upper = openTop ? "<" : "<=";
  if (bottom !== undefined && top !== undefined) {
    return bottom === top ? ["=", bottom] : [lower, bottom, upper, top];
  }
  return bottom === undefined ? [upper, top as number] : [lower, bottom];
}
