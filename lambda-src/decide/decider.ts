import { createHash } from "node:crypto";
import type { Detection } from "../detections/detection";
import type { EventEnvelope } from "../read/envelope";
import { textAt } from "../read/json";

/** Which way an event came: picked by an EventBridge rule, or read from a log file. */
export type Path = "event" | "log";

/**
 * What becomes of a match:
 *
 * - `publish`
 * - `duplicate`: this invocation has decided on it already
 * - `urgent`: EventBridge has told the urgent topic itself
 * - `counted`: the detection's tier does not alert
 */
export type Decision = "publish" | "duplicate" | "urgent" | "counted";

/** Decides on the matches of one invocation. */
export class Decider {
  readonly #decided = new Set<string>();

  decide(detection: Detection, event: EventEnvelope, path: Path): Decision {
    const key = `${detection.id} ${identify(event)}`;
    if (this.#decided.has(key)) return "duplicate";
    this.#decided.add(key);
    if (detection.tier !== "alert") return "counted";
    return detection.route === "topic" && path === "event" ? "urgent" : "publish";
  }
}

/** The record's `eventID`; where it is missing, a hash of the record. Never the envelope's id, which differs per path. */
function identify({ detail }: EventEnvelope): string {
  return textAt(detail, "eventID") ?? createHash("sha256").update(JSON.stringify(detail)).digest("hex");
}
