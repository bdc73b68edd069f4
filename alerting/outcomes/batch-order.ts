import type { AlertCandidate } from "./match";

/** Candidates of one window, at least one. */
export type Members<C> = readonly [C, ...C[]];

/** Whether a candidate may become an alert; others are only put down or counted. */
export function canAlert({ detection }: AlertCandidate): boolean {
  return detection.tier === "alert";
}

/** Of windows of one severity: what EventBridge has sent a short alert of leads, then the detections by their ids. */
export function leadFirst(
  [{ detection: a }]: Members<AlertCandidate>,
  [{ detection: b }]: Members<AlertCandidate>,
): number {
  const route = Number(b.route === "topic") - Number(a.route === "topic");
  return route || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Windows that share an event, directly or by others, together: whether one alerts of it depends on what the others have done. */
export function connected<C extends AlertCandidate>(windows: readonly Members<C>[]): readonly Members<C>[][] {
  // Each window's number, or that of an earlier one that it belongs to.
  const parents = windows.map((_, number) => number);
  const rootOf = (number: number): number => {
    let root = number;
    while (parents[root] !== root) root = parents[root] as number;
    parents[number] = root;
    return root;
  };
  const holders = new Map<string, number>();
  for (const [number, members] of windows.entries()) {
    for (const { id } of members.filter(canAlert)) {
      const [root, other] = [rootOf(number), rootOf(holders.get(id) ?? number)];
      parents[Math.max(root, other)] = Math.min(root, other);
      holders.set(id, number);
    }
  }
  const groups = new Map<number, Members<C>[]>();
  for (const [number, members] of windows.entries()) {
    const root = rootOf(number);
    const group = groups.get(root);
    if (group) group.push(members);
    else groups.set(root, [members]);
  }
  return [...groups.values()];
}

export function byEvent<C extends AlertCandidate>(candidates: readonly C[]): ReadonlyMap<string, readonly C[]> {
  const events = new Map<string, C[]>();
  for (const candidate of candidates) {
    const ofEvent = events.get(candidate.id);
    if (ofEvent) ofEvent.push(candidate);
    else events.set(candidate.id, [candidate]);
  }
  return events;
}

/** In the order of their first members, which come in order too. */
export function byWindow<C extends AlertCandidate>(candidates: readonly C[]): readonly Members<C>[] {
  const windows = new Map<string, [C, ...C[]]>();
  for (const candidate of candidates) {
    const members = windows.get(candidate.window.id);
    if (members) members.push(candidate);
    else windows.set(candidate.window.id, [candidate]);
  }
  return [...windows.values()];
}

/** Of one call's records, those that name the caller come first. */
export function inOrder(a: AlertCandidate, b: AlertCandidate): number {
  const byCall = a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return byCall || Number(b.namesCaller) - Number(a.namesCaller);
}
