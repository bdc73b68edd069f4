import type { Ending, Lease, Particulars, Place } from "../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../alerting/windows/memory-alert-state";
import { shortId } from "./own-account";

/** Keeps which matches are confirmed as published, as `detection event`: by an alert of their own, or named in another of the event. */
export class WatchedAlertState extends MemoryAlertState {
  readonly alerted: string[] = [];
  readonly #events = new Map<string, string>();

  override async claim(place: Place, particulars: Particulars, lease: Lease) {
    const claim = await super.claim(place, particulars, lease);
    if (claim.status === "claimed") {
      this.#events.set(`${place.windowId} ${place.member}`, shortId(particulars.eventId ?? place.member));
    }
    return claim;
  }

  override async confirm(place: Place, ending: Ending, incidentId?: string): Promise<void> {
    const [, detection] = place.windowId.split("#");
    if (ending === "published") {
      this.alerted.push(`${detection} ${this.#events.get(`${place.windowId} ${place.member}`)}`);
    }
    await super.confirm(place, ending, incidentId);
  }
}
