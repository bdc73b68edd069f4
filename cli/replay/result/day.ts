import { parseTime } from "../../../detection/events/text";

/**
 * The day (UTC, `2026-11-20`) of an event.
 *
 * @param eventTime milliseconds since 1970, 0 where it is not known; or as an alert has it
 */
export function dayOf(eventTime: number | string): string {
  const time = typeof eventTime === "number" ? eventTime : (parseTime(eventTime) ?? 0);
  return time === 0 ? "unknown" : new Date(time).toISOString().slice(0, 10);
}
