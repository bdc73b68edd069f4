import type { Severity } from "../../detection/definition/detection";
import { sha256 } from "../../detection/events/event-id";
import { isoTime } from "../../detection/events/text";
import type { Log } from "../log";
import type { Notice } from "../notices/notice";
import type { RenderRateLimit } from "../notices/rate-limit-notice";
import { errorFields } from "../processing-error";
import { type AlertState, type Lease, type Place, WINDOW_ALERT } from "../windows/alert-state";
import { retryWrite } from "../windows/retry-write";

const HOUR_MS = 3_600_000;
const NOTICE_PARTICULARS = { eventName: "rate-limit", region: "", time: "" };

export interface RateLimitPorts {
  readonly store: AlertState;
  readonly publish: (notice: Notice) => Promise<void>;
  readonly renderRateLimit: RenderRateLimit;
  readonly lease: () => Lease;
  readonly log: Log;
  /** Where the function runs: what the notice of the rate limit is about. */
  readonly account: string;
  readonly region: string;
  /** Notices an hour; critical ones don't count. */
  readonly maxAlertsPerHour: number;
}

/** How many notices the topic may carry an hour. Hours are those of the clock, not of the events: it is people that are spared. */
export class HourlyRateLimit {
  /** The notice of the rate limit that is on its way: what is refused meanwhile waits for it, rather than send another. */
  #notifying: Promise<void> | undefined;
  /** The hour of the notice that this one has sent last. */
  #notified: string | undefined;

  constructor(private readonly ports: RateLimitPorts) {}

  /**
   * Whether the notice may go out. Asked again for the same place in the same hour, the answer is the same. The first refusal of an hour
   * sends a notice.
   *
   * @throws when that could not be sent, or the store throws
   */
  async admits({ windowId, member }: Place, severity: Severity): Promise<boolean> {
    if (severity === "critical") return true;
    const { store, maxAlertsPerHour } = this.ports;
    const hour = this.#hour();
    const id = `rate-limit#${isoTime(hour)}`;
    const { held } = await store.addToSet(id, sha256(`${windowId} ${member}`).slice(0, 16), maxAlertsPerHour);
    if (held) return true;
    this.#notifying ??= this.#notify({ windowId: id, member: WINDOW_ALERT }, hour + HOUR_MS).finally(() => {
      this.#notifying = undefined;
    });
    await this.#notifying;
    return false;
  }

  /** When the hour is over, in milliseconds since 1970. */
  get nextHour(): number {
    return this.#hour() + HOUR_MS;
  }

  /** Once an hour, unless the invocation that took it on dies over it. */
  async #notify(place: Place, until: number): Promise<void> {
    const { publish, renderRateLimit, store, lease, log, maxAlertsPerHour, account, region } = this.ports;
    if (this.#notified === place.windowId) return;
    const { status } = await store.claim(place, NOTICE_PARTICULARS, lease());
    if (status !== "claimed") return;
    await publish(await renderRateLimit(maxAlertsPerHour, until, account, region));
    this.#notified = place.windowId;
    try {
      await retryWrite(() => store.confirm(place, "published"));
    } catch (error) {
      // It is out: coming again for it, the match would have it sent twice.
      log.processingError("notice of the rate limit can't be confirmed", { ...errorFields(error) });
    }
  }

  #hour(): number {
    return Math.floor(this.ports.lease().now / HOUR_MS) * HOUR_MS;
  }
}
