import type {
  AlertState,
  Claim,
  ClosingWindow,
  Ending,
  Lease,
  Member,
  Particulars,
  Place,
  Standing,
  WindowIds,
} from "./alert-state";
import type { Window, WindowKind } from "./window";

interface StoredWindow {
  about: Window;
  opener: string;
  open: boolean;
  closesAt: number;
  reported: number;
  closing?: { readonly owner: string; readonly until: number };
}

interface StoredMember extends Omit<Member, "id"> {
  readonly owner: string;
  /** Of a claim that is not confirmed. */
  readonly leaseUntil?: number;
}

/** What has been seen, for as long as the process lives: for replays and tests. */
export class MemoryAlertState implements AlertState {
  readonly #windows = new Map<string, StoredWindow>();
  readonly #members = new Map<string, Map<string, StoredMember>>();
  readonly #sets = new Map<string, Set<string>>();
  readonly #calls = new Map<string, WindowIds>();

  async windowOfCall(call: string, own: WindowIds): Promise<WindowIds> {
    const first = this.#calls.get(call) ?? own;
    this.#calls.set(call, first);
    return first;
  }

  async openWindow(window: Window, opener: string, closesAt: number): Promise<string> {
    const stored = this.#windows.get(window.id);
    if (!stored) {
      this.#windows.set(window.id, { about: window, opener, open: true, closesAt, reported: 0 });
      return opener;
    }
    stored.open = true;
    stored.closesAt = closesAt;
    return stored.opener;
  }

  async claim(place: Place, particulars: Particulars, lease: Lease): Promise<Claim> {
    const { owner, until } = lease;
    if (this.#put(place, { ...particulars, owner, leaseUntil: until }, lease)) return { status: "claimed" };
    const standing = await this.look(place, lease);
    return standing.status === "free" ? { status: "claimed" } : standing;
  }

  async look(place: Place, { owner, now }: Lease): Promise<Standing> {
    const there = this.#member(place);
    if (!there) return { status: "free" };
    const { ending, eventId = place.member, leaseUntil = 0 } = there;
    if (ending !== undefined) return { status: "done", eventId, ending };
    return leaseUntil < now || there.owner === owner ? { status: "free" } : { status: "busy", eventId };
  }

  async confirm(place: Place, ending: Ending, incidentId?: string): Promise<void> {
    const stored = this.#member(place);
    if (!stored) return;
    const { leaseUntil: _, ...rest } = stored;
    this.#members
      .get(place.windowId)
      ?.set(place.member, { ...rest, ending, ...(incidentId && { incident: incidentId }) });
  }

  async record(place: Place, particulars: Particulars, ending: Ending, lease: Lease): Promise<boolean> {
    return this.#put(place, { ...particulars, owner: lease.owner, ending }, lease);
  }

  async addToSet(setId: string, member: string, limit: number): Promise<{ held: boolean; size: number }> {
    const set = this.#sets.get(setId) ?? new Set();
    this.#sets.set(setId, set);
    if (set.size < limit) set.add(member);
    return { held: set.has(member), size: set.size };
  }

  async *dueWindows(kind: WindowKind, now: number): AsyncIterable<string> {
    const due = [...this.#windows].filter(
      ([, { about, open, closesAt }]) => about.kind === kind && open && closesAt <= now,
    );
    for (const [id] of due.sort(([, a], [, b]) => a.closesAt - b.closesAt)) yield id;
  }

  async leaseClosing(windowId: string, { owner, now, until }: Lease): Promise<ClosingWindow | undefined> {
    const stored = this.#windows.get(windowId);
    if (!stored?.open || stored.closesAt > now) return undefined;
    if (stored.closing && stored.closing.until >= now && stored.closing.owner !== owner) return undefined;
    stored.closing = { owner, until };
    return { ...stored.about, closesAt: stored.closesAt, reported: stored.reported };
  }

  async *members(windowId: string): AsyncIterable<Member> {
    for (const [id, { owner, leaseUntil, ...member }] of [...(this.#members.get(windowId) ?? [])]) {
      yield { id, ...member };
    }
  }

  async close({ id, closesAt }: ClosingWindow, reported: number): Promise<void> {
    const stored = this.#windows.get(id);
    if (!stored) return;
    if (stored.closesAt === closesAt) stored.open = false;
    else if (stored.reported > reported) return;
    stored.reported = reported;
    delete stored.closing;
  }

  async postpone({ id, closesAt: seen }: ClosingWindow, closesAt: number): Promise<void> {
    const stored = this.#windows.get(id);
    if (!stored) return;
    if (stored.closesAt === seen) stored.closesAt = closesAt;
    delete stored.closing;
  }

  #member({ windowId, member }: Place): StoredMember | undefined {
    return this.#members.get(windowId)?.get(member);
  }

  /** @returns whether it was put, or its owner had put it there before */
  #put(place: Place, member: StoredMember, { owner, now }: Lease): boolean {
    const there = this.#member(place);
    if (there && !(there.leaseUntil !== undefined && there.leaseUntil < now)) {
      return there.owner === owner && there.ending === member.ending;
    }
    const members = this.#members.get(place.windowId) ?? new Map<string, StoredMember>();
    this.#members.set(place.windowId, members);
    members.set(place.member, member);
    return true;
  }
}
