import type { Condition } from "../condition";
import { type Conjunction, parsePattern } from "../conjunctions";

/**
 * What is legal in a pattern, but surely not meant.
 *
 * @returns a sentence for each problem, none for a sound pattern
 * @throws PatternError for what EventBridge would refuse
 */
export function lintPattern(pattern: unknown): readonly string[] {
  const conjunctions = parsePattern(pattern);
  const overridden = new Set<string>();
  fieldsOf(pattern as object, undefined, new Set(), overridden);
  const asked = new Map(conjunctions.flat().map(({ field, conditions }) => [conditions, field]));
  const mixed = new Set([...asked].filter(([conditions]) => mixesWildcards(conditions)).map(([, field]) => field));
  return [
    ...[...overridden].map((field) => `asks for ${field} twice: EventBridge keeps only the last`),
    ...[...mixed].map(
      (field) =>
        `asks for ${field} by wildcard and by suffix or equals-ignore-case: EventBridge may match what neither asks for; put them into alternatives of $or`,
    ),
    ...(conjunctionsOverlap(conjunctions)
      ? ["has alternatives of $or with the same fields and a condition in common in each: EventBridge may lose matches"]
      : []),
    ...(conjunctions.every(pinsSource)
      ? []
      : ["does not pin source to aws.…: anyone may send an event of another source"]),
  ];
}

/** Whether two conjunctions ask the same fields and have a condition in common in each. */
function conjunctionsOverlap(conjunctions: readonly Conjunction[]): boolean {
  const written = conjunctions.map(
    (conjunction) =>
      new Map(conjunction.map(({ field, conditions }) => [field, conditions.map((one) => JSON.stringify(one))])),
  );
  return written.some((one, index) =>
    written
      .slice(index + 1)
      .some(
        (other) =>
          one.size === other.size &&
          [...one].every(([field, conditions]) =>
            other.get(field)?.some((condition) => conditions.includes(condition)),
          ),
      ),
  );
}

/**
 * Walks along the fields that a conjunction has been asked for, and notes those that it is asked for again.
 *
 * @returns the fields asked for so far; of alternatives, what any of them asks
 */
function fieldsOf(
  node: object,
  path: string | undefined,
  before: ReadonlySet<string>,
  overridden: Set<string>,
): ReadonlySet<string> {
  let asked = new Set(before);
  for (const [key, value] of Object.entries(node)) {
    const field = path ? `${path}.${key}` : key;
    if (key === "$or") {
      asked = new Set((value as readonly object[]).flatMap((each) => [...fieldsOf(each, path, asked, overridden)]));
    } else if (!Array.isArray(value)) {
      asked = new Set(fieldsOf(value as object, path === undefined ? key : `${path}.${key}`, asked, overridden));
    } else {
      if (asked.has(field)) overridden.add(field);
      asked.add(field);
    }
  }
  return asked;
}

function mixesWildcards(conditions: readonly Condition[]): boolean {
  const kinds = conditions.flatMap((condition) => [
    condition.kind,
    ...("by" in condition ? [condition.by] : []),
    ...("ignoreCase" in condition && condition.ignoreCase ? ["equals-ignore-case"] : []),
  ]);
  return kinds.includes("wildcard") && (kinds.includes("suffix") || kinds.includes("equals-ignore-case"));
}

function pinsSource(conjunction: Conjunction): boolean {
  return conjunction.some(({ field, conditions }) => field === "source" && conditions.every(namesAws));
}

/** Whether it lets in AWS's own events alone: nobody else may send one whose source begins with `aws.`. */
function namesAws(condition: Condition): boolean {
  switch (condition.kind) {
    case "equals":
      return typeof condition.value === "string" && condition.value.startsWith("aws.");
    case "prefix":
    case "wildcard":
      return condition.text.startsWith("aws.");
    case "equals-ignore-case":
      return condition.text.toLowerCase().startsWith("aws.");
    default:
      return false;
  }
}
