import { hasRule } from "../../detection/definition/detection";
import { accountOf } from "../../detection/events/account-scope";
import { eventId } from "../../detection/events/event-id";
import { textAt } from "../../detection/events/json";
import type { Match } from "../outcomes/match";
import type { Ports } from "../ports";
import { errorFields } from "../processing-error";
import type { Tally } from "../tally";

const MINUTE_MS = 60_000;
/** How long rules and forwarders may take to be in force, from when the function has first seen them. */
const DEPLOYING_MS = 15 * MINUTE_MS;
/** Older events are of log files that come late: after an outage, or moved back from the dead letters. */
const LATE_MS = 60 * MINUTE_MS;
/** Lines that an invocation writes; the tally counts them all. */
const WRITTEN = 20;

/**
 * Counts the events that the log path was first to alert on, although a rule and, elsewhere, a forwarder should have brought them
 * within seconds: something of the event path is missing, disabled or denied.
 */
export class MissedEvents {
  /** Ids of the events counted: several detections may match one. */
  readonly #counted = new Set<string>();
  #since: Promise<number> | undefined;

  constructor(
    private readonly ports: Pick<Ports, "reach" | "lease" | "log">,
    private readonly tally: Tally,
  ) {}

  /**
   * Never rejects: the alert is out, whatever becomes of its count.
   *
   * @param match that ended for the first time, on whichever path: had the other brought it, it would be a duplicate
   */
  async note(match: Match): Promise<void> {
    try {
      if (this.#isExpected(match) && match.time >= (await this.#watchedSince()) + DEPLOYING_MS) this.#count(match);
    } catch (error) {
      const about = { detection: match.detection.id, eventID: eventId(match.event), ...match.position };
      this.ports.log.processingError("missed event can't be counted", { ...about, ...errorFields(error) });
    }
  }

  /** Whether EventBridge should have brought the event long ago. */
  #isExpected({ detection, path, time, event: { detail } }: Match): boolean {
    if (path !== "log" || !hasRule(detection)) return false;
    const { reach, lease } = this.ports;
    if (!reach) return false;
    // Of an event that is only counted, nothing says whether the event path has counted it.
    if (detection.count) return false;
    // Data and network activity events reach EventBridge only where a trail of that account and region records them.
    if ((textAt(detail, "eventCategory") ?? "Management") !== "Management") return false;
    return reach.regions.has(textAt(detail, "awsRegion") ?? "") && time >= lease().now - LATE_MS;
  }

  #watchedSince(): Promise<number> {
    this.#since ??= this.ports.reach?.state.watchedSince(this.ports.lease().now);
    return this.#since ?? Promise.resolve(Number.POSITIVE_INFINITY);
  }

  #count({ detection, id, event }: Match): void {
    if (this.#counted.has(id)) return;
    this.#counted.add(id);
    const { reach } = this.tally;
    const readOnly = event.detail.readOnly === true;
    if (readOnly) reach.missedReadOnly++;
    else reach.missed++;
    if (this.#counted.size > WRITTEN) return;
    this.ports.log.info("event path missed an event", {
      region: textAt(event.detail, "awsRegion"),
      account: accountOf(event),
      detection: detection.id,
      eventID: eventId(event),
      eventName: textAt(event.detail, "eventName"),
      readOnly,
    });
  }
}
