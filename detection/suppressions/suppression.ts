import type { Detection } from "../definition/detection";
import type { AccountScope } from "../events/account-scope";
import type { EventPattern } from "../pattern/pattern";

const DAY_MS = 86_400_000;

/**
 * What is not told although detections match it: somebody has looked, and answers for it. Plain data, in the function's zip.
 */
export interface Suppression extends AccountScope {
  /** Kebab case; counted under it in the function's log. */
  readonly id: string;
  /** Ids, or all: that is every detection but the critical ones, which must be named. */
  readonly detections: readonly string[] | "*";
  /** Which events, in the pattern language of detections, placeholders included. */
  readonly pattern: EventPattern;
  readonly owner: string;
  readonly reason: string;
  /**
   * The last day (UTC, `2026-12-31`) whose events it suppresses.
   *
   * @default - none, which is for what is always on
   */
  readonly expires?: string;
}

/** Whether the suppression speaks of the detection; EventBridge publishes to the topic without asking the function. */
export function covers({ detections }: Suppression, { id, route, severity }: Detection): boolean {
  if (route === "topic") return false;
  return typeof detections === "string" ? severity !== "critical" : detections.includes(id);
}

/** Whether the text is a day of the calendar, written `2026-12-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** @param time milliseconds since 1970; an event that does not say its time (0) is no longer suppressed by what expires */
export function hasExpired({ expires }: Pick<Suppression, "expires">, time: number): boolean {
  return expires !== undefined && (time <= 0 || time >= Date.parse(`${expires}T00:00:00Z`) + DAY_MS);
}
