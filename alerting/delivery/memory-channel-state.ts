import type { Acknowledgement } from "../incidents/incident";
import type { Lease, Place } from "../windows/alert-state";
import { type ChannelState, type OpenState, type StoredThread, type Unacknowledged, windowIdOf } from "./channel-state";

interface Claim {
  owner: string;
  leaseUntil: number;
  confirmed: boolean;
}

interface ThreadItem {
  stored?: StoredThread;
  owner: string;
  leaseUntil: number;
}

/** What the channels have got, for as long as the process lives: for tests. */
export class MemoryChannelState implements ChannelState {
  readonly #claims = new Map<string, Claim>();
  readonly #threads = new Map<string, ThreadItem>();
  readonly #alerts = new Map<string, { alert: Unacknowledged; open: OpenState | undefined }>();
  readonly #acknowledgements = new Map<string, Acknowledgement>();

  async claim(place: Place, { owner, now, until }: Lease): Promise<"claimed" | "done" | "busy"> {
    const there = this.#claims.get(keyOf(place));
    if (there?.confirmed) return "done";
    if (there && there.leaseUntil >= now && there.owner !== owner) return "busy";
    this.#claims.set(keyOf(place), { owner, leaseUntil: until, confirmed: false });
    return "claimed";
  }

  async confirm(place: Place): Promise<void> {
    this.#claims.set(keyOf(place), { owner: "", leaseUntil: 0, confirmed: true });
  }

  async release(place: Place, { owner }: Lease): Promise<void> {
    const there = this.#claims.get(keyOf(place));
    if (there?.owner === owner && !there.confirmed) this.#claims.delete(keyOf(place));
  }

  async isConfirmed(place: Place): Promise<boolean> {
    return this.#claims.get(keyOf(place))?.confirmed ?? false;
  }

  async thread(windowId: string): Promise<StoredThread | undefined> {
    return this.#threads.get(windowId)?.stored;
  }

  async leaseThread(windowId: string, { owner, now, until }: Lease): Promise<StoredThread | "leased" | "busy"> {
    const there = this.#threads.get(windowId);
    if (there?.stored) return there.stored;
    if (there && there.leaseUntil >= now && there.owner !== owner) return "busy";
    this.#threads.set(windowId, { owner, leaseUntil: until });
    return "leased";
  }

  async storeThread(windowId: string, stored: StoredThread): Promise<void> {
    this.#threads.set(windowId, { stored, owner: "", leaseUntil: 0 });
  }

  async releaseThread(windowId: string, { owner }: Lease): Promise<void> {
    const there = this.#threads.get(windowId);
    if (there?.owner === owner && !there.stored) this.#threads.delete(windowId);
  }

  async openUnacknowledged(alert: Unacknowledged): Promise<void> {
    if (this.#alerts.has(alert.incidentId)) return;
    this.#alerts.set(alert.incidentId, { alert, open: "unacknowledged" });
  }

  async *openIncidents(state: OpenState): AsyncIterable<string> {
    const all = [...this.#alerts.values()].filter(({ open }) => open === state);
    for (const { alert } of all.sort((a, b) => a.alert.sentAt - b.alert.sentAt)) yield alert.incidentId;
  }

  async unacknowledged(incidentId: string): Promise<Unacknowledged | undefined> {
    return this.#alerts.get(incidentId)?.alert;
  }

  async acknowledge(incidentId: string, acknowledgement: Acknowledgement, since = 0): Promise<Acknowledgement> {
    const before = this.#acknowledgements.get(incidentId);
    const first = before && before.at >= since ? before : acknowledgement;
    this.#acknowledgements.set(incidentId, first);
    const there = this.#alerts.get(incidentId);
    if (there?.open === "unacknowledged") there.open = "acknowledged";
    return first;
  }

  async acknowledgement(incidentId: string): Promise<Acknowledgement | undefined> {
    return this.#acknowledgements.get(incidentId);
  }

  async closeIncident(incidentId: string): Promise<void> {
    const there = this.#alerts.get(incidentId);
    if (there) there.open = undefined;
  }

  async knowsIncident(incidentId: string, channelIds: readonly string[]): Promise<boolean> {
    if (this.#alerts.has(incidentId)) return true;
    const keys = [...this.#claims.keys(), ...this.#threads.keys()];
    return channelIds.some((channel) => {
      const windowId = windowIdOf(channel, incidentId);
      return keys.some((key) => key === windowId || key.startsWith(`${windowId} `));
    });
  }
}

function keyOf({ windowId, member }: Place): string {
  return `${windowId} ${member}`;
}
