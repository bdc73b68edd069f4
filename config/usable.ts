import type { ProblemPath } from "./problem";
import { type Rule, ruleOf } from "./rule";
import { CONFIG_KEYS, KEY_SCHEMAS } from "./schema";

/** Keys of which a part may be faulty and the rest still looked at. */
const IN_PARTS: ReadonlySet<string> = new Set(CONFIG_KEYS.filter((key) => hasParts(ruleOf(KEY_SCHEMAS[key]))));

/** An object can be looked at without a part of it only where that part may be missing. */
function hasParts(rule: Rule | undefined): boolean {
  if (rule?.kind === "object") return Object.values(rule.fields).every(({ optional }) => optional);
  return rule?.kind === "list" || rule?.kind === "map";
}

/** What stands in for a suppression's faulty fields, which nothing else depends on: its detections and pattern are still looked at. */
const STAND_INS: ReadonlyMap<unknown, string> = new Map([
  ["owner", "its owner"],
  ["reason", "unknown"],
  ["expires", "9999-12-31"],
]);

/** What of an input can be used although other parts of it are faulty. */
export interface Usable {
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether a key, a part of it such as `resources.trail`, or any part of it (`channels.*`) was left out for being faulty. */
  isFaulty(path: string): boolean;
  /** Where an element of a list of the usable input stood in what was given. */
  placeOf(key: string, index: number): number;
}

/**
 * Leaves out what is faulty, and no more: of lists the element, of tags and resources the entry, else the key. What stands
 * beside it can then be looked at in the same round.
 *
 * @param faults the paths of all that is faulty
 */
export function usablePart(given: Readonly<Record<string, unknown>>, faults: readonly ProblemPath[]): Usable {
  const replaced = faults.filter((path) => isReplaceable(path, given));
  const input = withStandIns(given, replaced);
  const faulty = new Set(faults.filter((path) => !replaced.includes(path)).map((path) => partOf(path, input)));
  const places = new Map<string, readonly number[]>();
  const left = Object.entries(input).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    if (faulty.has(key)) return [];
    if (Array.isArray(value)) {
      const kept = value.flatMap((_, index) => (faulty.has(`${key}.${index}`) ? [] : [index]));
      places.set(key, kept);
      return [[key, kept.map((index) => value[index])]];
    }
    if (!IN_PARTS.has(key) || typeof value !== "object" || value === null) return [[key, value]];
    return [[key, Object.fromEntries(Object.entries(value).filter(([part]) => !faulty.has(`${key}.${part}`)))]];
  });
  return {
    input: Object.fromEntries(left),
    isFaulty: (path) =>
      path.endsWith(".*")
        ? [...faulty].some((part) => `${part}.`.startsWith(path.slice(0, -1)))
        : faulty.has(path) || faulty.has(path.split(".")[0] as string),
    placeOf: (key, index) => places.get(key)?.[index] ?? index,
  };
}

function isReplaceable(
  [key, index, field, ...rest]: ProblemPath,
  { suppressions }: Readonly<Record<string, unknown>>,
): boolean {
  return (
    key === "suppressions" &&
    Array.isArray(suppressions) &&
    typeof index === "number" &&
    STAND_INS.has(field) &&
    rest.length === 0
  );
}

function withStandIns(
  input: Readonly<Record<string, unknown>>,
  faults: readonly ProblemPath[],
): Readonly<Record<string, unknown>> {
  if (faults.length === 0) return input;
  const suppressions = [...(input.suppressions as readonly object[])];
  for (const [, index, field] of faults) {
    suppressions[Number(index)] = { ...suppressions[Number(index)], [String(field)]: STAND_INS.get(field) };
  }
  return { ...input, suppressions };
}

/** The least that has to be left out for what is wrong at the path. */
function partOf([key, part]: ProblemPath, input: Readonly<Record<string, unknown>>): string {
  const whole = String(key);
  const value = input[whole];
  if (part === undefined || !IN_PARTS.has(whole) || typeof value !== "object") return whole;
  return Array.isArray(value) === (typeof part === "number") ? `${whole}.${part}` : whole;
}
