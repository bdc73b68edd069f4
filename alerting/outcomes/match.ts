import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import type { EventEnvelope } from "../../detection/events/envelope";
import { categoryOutsideHistory } from "../../detection/events/event-history";
import { callId, eventId } from "../../detection/events/event-id";
import { eventTimeMs } from "../../detection/events/event-time";
import { namesCaller } from "../../detection/events/identity";
import { textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { oneLine } from "../../detection/events/text";
import { ACTOR_LENGTH, type Particulars } from "../windows/alert-state";
import { type Window, windowOf } from "../windows/window";

/** Which way an event came: picked by an EventBridge rule, or read from a log file. */
export type Path = "event" | "log";

/** An event that a detection matches, as far as deciding on an alert goes. */
export interface AlertCandidate {
  readonly detection: Detection;
  readonly path: Path;
  /** Identifies the call, see `callId`: of the records that several accounts have of it, one alerts. */
  readonly id: string;
  /** Whether the record names who made the call. Of several records of one call, one that does leads. */
  readonly namesCaller: boolean;
  /** Milliseconds since 1970, of event time; 0 where the record does not say. */
  readonly time: number;
  readonly window: Window;
  /** What a summary says of the event. */
  readonly particulars: Particulars;
}

/** Where a record lay, as log lines say it. */
export type Position =
  | {
      readonly bucket: string;
      readonly key: string;
      /** Number of the record among those of the log file that a detection could match, from 1. */
      readonly record?: number;
    }
  /** Undefined where the invoker gives messages no id. */
  | { readonly messageId: string | undefined };

/** A candidate with its event, of which an alert can be rendered. */
export interface Match extends AlertCandidate {
  readonly event: EventEnvelope;
  readonly position: Position;
  /** The other detections of tier `alert` that match the event and are not suppressed, most severe first. */
  readonly also: readonly Detection[];
}

/**
 * The matches of one event.
 *
 * @param detections that match it and are not suppressed
 * @throws when the record is too odd for it to be known where a match belongs: the record can't be processed
 */
export function matchesOf(
  detections: readonly Detection[],
  event: EventEnvelope,
  path: Path,
  position: Position,
): readonly Match[] {
  const alerting = SEVERITIES.flatMap((severity) =>
    detections.filter((detection) => detection.tier === "alert" && detection.severity === severity),
  );
  return detections.map((detection) => ({
    ...matchOf(detection, event, path, position),
    also: alerting.filter((other) => other !== detection),
  }));
}

function matchOf(detection: Detection, event: EventEnvelope, path: Path, position: Position): Omit<Match, "also"> {
  const window = windowOf(detection, event);
  return {
    detection,
    event,
    path,
    position,
    id: callId(event),
    namesCaller: namesCaller(event.detail.userIdentity),
    time: eventTimeMs(event),
    window,
    particulars: particularsOf(event, window),
  };
}

/** @param window of the event, which names its caller */
function particularsOf(event: EventEnvelope, { actor }: Window): Particulars {
  const { detail, account, region } = event;
  const short = (text: string | undefined) => oneLine(text ?? "", 128) || "unknown";
  const category = categoryOutsideHistory(detail);
  return {
    recordId: eventId(event),
    eventName: short(detail.eventName),
    account: short(textAt(detail, "recipientAccountId") ?? account),
    region: short(textAt(detail, "awsRegion") ?? region),
    time: short(textAt(detail, "eventTime")),
    actor: oneLine(actor, ACTOR_LENGTH) || "unknown",
    outcome: outcomeOf(detail).kind,
    ...(category !== undefined && { category: short(category) }),
  };
}
