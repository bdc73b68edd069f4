import type { Severity } from "../../detection/definition/detection";
import { sha256 } from "../../detection/events/event-id";
import { isoTime } from "../../detection/events/text";
import type { Log } from "../log";
import { floodNotice } from "../notices/flood";
import type { Labels } from "../notices/labels";
import type { Notice } from "../notices/notice";
import { errorFields } from "../processing-error";
import { type AlertState, type Lease, type Place, WINDOW_ALERT } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";

const HOUR_MS = 3_600_000;
const FLOOD_PARTICULARS = { eventName: "alert-cap", region: "", time: "" };

export interface CapPorts {
  readonly store: AlertState;
  readonly publish: (notice: Notice) => Promise<void>;
  readonly lease: () => Lease;
  readonly log: Log;
  /** Where the function runs: what the flood notice is about. */
  readonly account: string;
  readonly region: string;
  /** Notices an hour; critical ones don't count. */
  readonly maxAlertsPerHour: number;
  readonly labels: Labels;
}

/** How many notices the topic may carry an hour. Hours are those of the clock, not of the events: it is people that are spared. */
export class HourlyCap {
  /** The flood notice that is on its way: whoever is refused meanwhile waits for it, rather than send another. */
  #telling: Promise<void> | undefined;
  /** The hour of the flood notice that this one has sent last. */
  #told: string | undefined;

  constructor(private readonly ports: CapPorts) {}

  /**
   * Whether the notice may go out. Asked again for the same place in the same hour, the answer is the same. The first refusal of an hour
   * tells people of it.
   *
   * @throws when that could not be told, or the store throws
   */
  async admits({ windowId, member }: Place, severity: Severity): Promise<boolean> {
    if (severity === "critical") return true;
    const { store, maxAlertsPerHour } = this.ports;
    const hour = this.#hour();
    const id = `cap#${isoTime(hour)}`;
    const { held } = await store.addToSet(id, sha256(`${windowId} ${member}`).slice(0, 16), maxAlertsPerHour);
    if (held) return true;
    this.#telling ??= this.#tell({ windowId: id, member: WINDOW_ALERT }, hour + HOUR_MS).finally(() => {
      this.#telling = undefined;
    });
    await this.#telling;
    return false;
  }

  /** When the hour is over, in milliseconds since 1970. */
  get nextHour(): number {
    return this.#hour() + HOUR_MS;
  }

  /** Once an hour, unless whoever took it on dies over it. */
  async #tell(place: Place, until: number): Promise<void> {
    const { publish, store, lease, log, maxAlertsPerHour, account, region, labels } = this.ports;
    if (this.#told === place.windowId) return;
    if ((await store.claim(place, FLOOD_PARTICULARS, lease())) !== "claimed") return;
    await publish(floodNotice(maxAlertsPerHour, until, account, region, labels));
    this.#told = place.windowId;
    try {
      await retryWrite(() => store.confirm(place, "published"));
    } catch (error) {
      // It is out: coming again for it, the match would have it told twice.
      log.processingError("flood notice can't be confirmed", { ...errorFields(error) });
    }
  }

  #hour(): number {
    return Math.floor(this.ports.lease().now / HOUR_MS) * HOUR_MS;
  }
}
