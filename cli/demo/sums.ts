import { isObject } from "../../detection/events/json";

/** `processingErrors` as `processing errors`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/**
 * Adds up one group of several closing lines, such as `read 3`; of numbers by name, such as those of suppressions,
 * each with its name.
 *
 * @param names of the group's numbers, each with what it is before anything has been counted
 */
export function sums(
  names: readonly (readonly [name: string, start: unknown])[],
  groups: readonly object[],
): readonly string[] {
  const all = (name: string) => groups.map((group) => (group as Record<string, unknown>)[name]);
  return names.flatMap(([name, start]) => {
    if (!isObject(start)) return `${inWords(name)} ${total(all(name))}`;
    const within = all(name).filter(isObject);
    const keys = [...new Set(within.flatMap((counts) => Object.keys(counts)))];
    return keys.map((key) => `${name} ${key} ${total(within.map((counts) => counts[key]))}`);
  });
}

function total(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === "number" ? value : 0), 0);
}
