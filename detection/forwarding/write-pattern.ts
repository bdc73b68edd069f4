import { addressDigits } from "../pattern/address";
import type { Condition, NumberRange } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import type { EventPattern, PatternCondition } from "../pattern/pattern";

/** A node of a pattern while it is written. */
interface Draft {
  [key: string]: Draft | readonly PatternCondition[] | readonly Draft[];
}

const DETAIL = "detail.";

/** The pattern that matches what any of the conjunctions matches; what several have in common stands once. */
export function writePattern(conjunctions: readonly Conjunction[]): EventPattern {
  const written = writeAll(conjunctions);
  const [only] = written;
  return (written.length === 1 && only ? only : { $or: written }) as EventPattern;
}

function writeAll(conjunctions: readonly Conjunction[]): readonly Draft[] {
  const shared = mostShared(conjunctions);
  if (shared === undefined) return conjunctions.map(write);
  const [sharing, others] = [conjunctions.filter(shared), conjunctions.filter((each) => !shared(each))];
  return [writeGroup(sharing), ...writeAll(others)];
}

/** Who has what it saves most to write once; undefined where nothing is there twice. */
function mostShared(conjunctions: readonly Conjunction[]): ((conjunction: Conjunction) => boolean) | undefined {
  const counts = new Map<string, number>();
  for (const asked of conjunctions.flat()) {
    const key = JSON.stringify(asked);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let [most, saves] = ["", 0];
  for (const [key, count] of counts) {
    if ((count - 1) * key.length > saves) [most, saves] = [key, (count - 1) * key.length];
  }
  return saves === 0 ? undefined : (conjunction) => conjunction.some((asked) => JSON.stringify(asked) === most);
}

/** Of conjunctions that have something in common. */
function writeGroup(conjunctions: readonly Conjunction[]): Draft {
  const [first = [], ...others] = conjunctions.map(
    (each) => new Map(each.map((asked) => [JSON.stringify(asked), asked])),
  );
  const common = [...first].filter(([key]) => others.every((other) => other.has(key))).map(([, asked]) => asked);
  const names = new Set(common.map(({ field }) => field));
  const rests = conjunctions.map((conjunction) => conjunction.filter(({ field }) => !names.has(field)));
  const draft = write(common);
  // One that asks nothing else takes in the others.
  if (rests.some((rest) => rest.length === 0)) return draft;
  if (!rests.flat().every(({ field }) => field.startsWith(DETAIL))) return { ...draft, $or: writeAll(rests) };
  const within = rests.map((rest) =>
    rest.map(({ field, conditions }) => ({ field: field.slice(DETAIL.length), conditions })),
  );
  return { ...draft, detail: { ...((draft.detail ?? {}) as Draft), $or: writeAll(within) } };
}

function write(conjunction: Conjunction): Draft {
  const root: Draft = Object.create(null);
  const [sources, others] = [conjunction.filter(isSource), conjunction.filter((asked) => !isSource(asked))];
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
