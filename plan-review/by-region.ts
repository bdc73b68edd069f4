/** A resource, and where it is if that is known. */
export interface Placed {
  readonly label: string;
  /** Such as `eu-west-1`. */
  readonly region?: string;
  /** What it is called in every region. */
  readonly name?: string;
}

/** Resources of the same names in several regions, of which the same is said. */
export interface Alike<T> {
  /** At least two. */
  readonly regions: readonly string[];
  readonly names: readonly string[];
  /** By name, then as they were given. */
  readonly members: Readonly<Some<T>>;
}

type Some<T> = [T, ...T[]];

/**
 * Puts together what is the same in several regions, in the order in which each is first met; all else stays by itself.
 *
 * @param said what is said of one: it counts as the same when it differs by the region alone
 */
export function byRegion<T extends Placed>(items: readonly T[], said: (item: T) => unknown): readonly (Alike<T> | T)[] {
  const named = grouped(items, (item) => {
    const { label, region, name } = item;
    if (region === undefined || name === undefined) return undefined;
    return JSON.stringify([label, name, said(item)]).replaceAll(region, "*");
  });
  const several = grouped(named, (members) => {
    const regions = regionsOf(members);
    if (regions.length < 2) return undefined;
    const [{ label, region = "" }] = members;
    return JSON.stringify([label, JSON.stringify(said(members[0])).replaceAll(region, "*"), regions]);
  });
  return several.flatMap((groups): readonly (Alike<T> | T)[] => {
    const members = groups.flat() as Some<T>;
    const regions = regionsOf(members);
    if (regions.length < 2) return members;
    return [{ regions, names: [...new Set(members.flatMap(({ name }) => name ?? []))].sort(), members }];
  });
}

export function isAlike<T extends Placed>(found: Alike<T> | T): found is Alike<T> {
  return "members" in found;
}

function regionsOf(members: readonly Placed[]): readonly string[] {
  return [...new Set(members.flatMap(({ region }) => region ?? []))].sort();
}

/** Those of one key together, those without a key by themselves. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string | undefined): readonly Some<T>[] {
  const groups: Some<T>[] = [];
  const byKey = new Map<string, Some<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const alike = key === undefined ? undefined : byKey.get(key);
    if (alike) {
      alike.push(item);
      continue;
    }
    const group: Some<T> = [item];
    groups.push(group);
    if (key !== undefined) byKey.set(key, group);
  }
  return groups;
}
