import type { CompiledPattern, Conjunction } from "./compile";
import type { FieldCondition } from "./conditions";
import type { Scalar } from "./pattern";

/** Which element of which array a value was found in, outermost first: array number, element index, … */
type Membership = readonly number[];

interface Found {
  readonly value: Scalar;
  readonly membership: Membership;
}

/**
 * Whether EventBridge would match the event.
 *
 * Arrays are flattened, but two fields below one array of objects must match in the same element; `exists: false`
 * holds only if no element has the field. Pure: neither argument is changed.
 *
 * @param event the whole event, envelope included, as parsed JSON
 */
export function matches(pattern: CompiledPattern, event: unknown): boolean {
  const found = collect(pattern, event);
  return pattern.conjunctions.some((conjunction) => satisfied(conjunction, found));
}

function collect(pattern: CompiledPattern, event: unknown): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  let arrays = 0;

  const visit = (value: unknown, path: string, membership: Membership): void => {
    if (Array.isArray(value)) {
      const array = arrays++;
      value.forEach((element, index) => {
        visit(element, path, [...membership, array, index]);
      });
    } else if (typeof value === "object" && value !== null) {
      if (path !== "" && !pattern.parents.has(path)) return;
      for (const [key, child] of Object.entries(value)) {
        const childPath = path === "" ? key : `${path}.${key}`;
        if (pattern.fields.has(childPath) || pattern.parents.has(childPath)) visit(child, childPath, membership);
      }
    } else if (pattern.fields.has(path)) {
      const values = found.get(path);
      const leaf = { value: value as Scalar, membership };
      if (values) values.push(leaf);
      else found.set(path, [leaf]);
    }
  };

  visit(event, "", []);
  return found;
}

function satisfied(conjunction: Conjunction, found: ReadonlyMap<string, readonly Found[]>): boolean {
  const open: (readonly Membership[])[] = [];
  for (const [field, condition] of conjunction) {
    const values = found.get(field) ?? [];
    if (condition.absent && values.length === 0) continue;
    const memberships = passing(condition, values);
    if (memberships.length === 0) return false;
    open.push(memberships);
  }
  return consistent(open, 0, new Map());
}

function passing(condition: FieldCondition, values: readonly Found[]): readonly Membership[] {
  return values.filter(({ value }) => condition.tests.some((test) => test(value))).map(({ membership }) => membership);
}

/** Whether one value can be chosen for every field so that no two of them sit in different elements of one array. */
function consistent(
  fields: readonly (readonly Membership[])[],
  next: number,
  chosen: ReadonlyMap<number, number>,
): boolean {
  const memberships = fields[next];
  if (!memberships) return true;
  return memberships.some((membership) => {
    const extended = extend(chosen, membership);
    return extended !== undefined && consistent(fields, next + 1, extended);
  });
}

function extend(chosen: ReadonlyMap<number, number>, membership: Membership): ReadonlyMap<number, number> | undefined {
  if (membership.length === 0) return chosen;
  const extended = new Map(chosen);
  for (let i = 0; i < membership.length; i += 2) {
    const array = membership[i] as number;
    const element = membership[i + 1] as number;
    if (extended.has(array) && extended.get(array) !== element) return undefined;
    extended.set(array, element);
  }
  return extended;
}
