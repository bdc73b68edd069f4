import { addressDigits } from "../pattern/address";
import type { Condition, NumberRange } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import type { EventPattern, PatternCondition } from "../pattern/pattern";

/** A node of a pattern while it is written. */
interface Draft {
  [key: string]: Draft | readonly PatternCondition[] | readonly Draft[];
}

/** The pattern that matches what any of the conjunctions matches, as short as their common parts let it be. */
export function writePattern(conjunctions: readonly Conjunction[]): EventPattern {
  const bySource = new Map<string, Conjunction[]>();
  for (const conjunction of conjunctions) {
    const source = keyOf(conjunction, "source");
    bySource.set(source, [...(bySource.get(source) ?? []), conjunction]);
  }
  const groups = [...bySource.values()].map(writeGroup);
  const [only] = groups;
  return (groups.length === 1 && only ? only : { $or: groups }) as EventPattern;
}

function keyOf(conjunction: Conjunction, field: string): string {
  return JSON.stringify(conjunction.find((asked) => asked.field === field)?.conditions);
}

/** Conjunctions of one source: what they have in common stands once. */
function writeGroup(conjunctions: readonly Conjunction[]): Draft {
  const [first = [], ...others] = conjunctions;
  if (others.length === 0) return write(first);
  const isCommon = ({ field, conditions }: AskedField) => {
    const written = JSON.stringify(conditions);
    return others.every((other) => keyOf(other, field) === written);
  };
  const common = first.filter(isCommon);
  const names = new Set(common.map(({ field }) => field));
  const rests = conjunctions.map((conjunction) => conjunction.filter(({ field }) => !names.has(field)));
  // One that asks nothing else takes in the others.
  if (rests.some((rest) => rest.length === 0)) return write(common);
  const draft = write(common);
  if (!rests.flat().every(({ field }) => field.startsWith("detail."))) return { ...draft, $or: rests.map(write) };
  const detail = (draft.detail ?? {}) as Draft;
  const within = rests.map((rest) =>
    write(rest.map(({ field, conditions }) => ({ field: field.slice("detail.".length), conditions }))),
  );
  return { ...draft, detail: { ...detail, $or: within } };
}

function write(conjunction: Conjunction): Draft {
  const root: Draft = Object.create(null);
  for (const { field, conditions } of conjunction) put(root, field, conditions.map(writeCondition));
  return root;
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
