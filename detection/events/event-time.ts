import type { EventEnvelope } from "./envelope";
import { textAt } from "./json";
import { parseTime } from "./text";

/** Milliseconds since 1970; 0 when the event does not say, or not as a time in ISO 8601 with its zone. */
export function eventTimeMs({ detail }: EventEnvelope): number {
  return parseTime(textAt(detail, "eventTime") ?? "") ?? 0;
}
