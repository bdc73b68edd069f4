import type { Detection } from "../../detection/definition/detection";
import { describeActor } from "../../detection/events/actor";
import type { EventEnvelope } from "../../detection/events/envelope";
import { canonical, sha256 } from "../../detection/events/event-id";
import { eventTimeMs } from "../../detection/events/event-time";
import { oneLine } from "../../detection/events/text";
import { accountKey, callerKey, groupKey } from "./group-key";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Minutes in which alerts of one detection and caller are grouped into one, unless the detection says otherwise. */
const GROUP_MINUTES = 15;
/** Minutes after a window's end until it is closed: most log files have come by then; later ones reopen it. */
const GRACE_MINUTES = 10;
/** Milliseconds that a window stays open after something is put into it: longer than an invocation lasts. */
const STAYS_OPEN_MS = 3 * MINUTE_MS;

/**
 * `group`: alerts once, then a summary; `digest`: reported once a day; `count`: alerts when enough have come together; `incident`: a
 * principal's alerts, over all detections; `unacknowledged`: a critical alert that is listed in digests.
 */
export type WindowKind = "group" | "digest" | "count" | "incident" | "unacknowledged";

/** A stretch of event time in which the matches of one detection and actor, in one account, belong together. */
export interface Window {
  /** The same on each path and in each invocation: kind, detection, a hash of account and whose calls belong together, start. */
  readonly id: string;
  /** Of a critical detection that counts: id of the count of one session's calls of one outcome, see `callerKey`. */
  readonly callerId?: string;
  readonly kind: WindowKind;
  readonly detection: string;
  readonly title: string;
  readonly severity: Detection["severity"];
  /** Who, in words: of whichever event opened the window. */
  readonly actor: string;
  /** Milliseconds since 1970, of event time. */
  readonly start: number;
  readonly end: number;
}

/**
 * The window that an event falls into. Windows are aligned (a quarter of an hour begins at :00, :15, :30 or :45), so that every
 * invocation, and a replay, works out the same one from the event alone.
 *
 * What is critical is grouped with calls of the same session and outcome alone, by whatever else the detection groups: no
 * critical success stands behind another's, or behind an attempt that came to nothing.
 *
 * Records of two accounts never share a window, whatever the detection groups or counts by: one account's summary or count would hide
 * the other's alert.
 *
 * An event without a readable `eventTime` falls into the window that begins in 1970.
 */
export function windowOf(detection: Detection, event: EventEnvelope): Window {
  const { kind, minutes, by } = shapeOf(detection);
  const length = minutes * MINUTE_MS;
  const start = Math.floor(eventTimeMs(event) / length) * length;
  const idOf = (key: string) => `${kind}#${detection.id}#${sha256(key).slice(0, 24)}#${new Date(start).toISOString()}`;
  const key = canonical([accountKey(event.detail), groupKey(event.detail, by)]);
  const callerId =
    detection.severity === "critical" && kind !== "digest"
      ? idOf(canonical([key, callerKey(event.detail)]))
      : undefined;
  return {
    id: kind === "group" && callerId !== undefined ? callerId : idOf(key),
    ...(kind === "count" && callerId !== undefined && { callerId }),
    kind,
    detection: detection.id,
    title: detection.title,
    severity: detection.severity,
    actor: oneLine(describeActor(event.detail), 300),
    start,
    end: start + length,
  };
}

function shapeOf({ tier, count, group }: Detection): {
  readonly kind: WindowKind;
  readonly minutes: number;
  readonly by: readonly string[] | undefined;
} {
  if (tier === "digest") return { kind: "digest", minutes: DAY_MINUTES, by: group?.by };
  if (count) return { kind: "count", minutes: count.minutes, by: count.by };
  return { kind: "group", minutes: group?.minutes ?? GROUP_MINUTES, by: group?.by };
}

/** When a window that something is put into now may be closed, in milliseconds since 1970. */
export function closingTime({ start, end }: Pick<Window, "start" | "end">, now: number): number {
  const grace = GRACE_MINUTES * MINUTE_MS;
  // An event time in the future must not keep a window open for ever.
  const due = Math.min(end, now + (end - start)) + grace;
  return Math.max(due, now + STAYS_OPEN_MS);
}
