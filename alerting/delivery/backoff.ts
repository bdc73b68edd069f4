/** Seconds, doubled with each try. */
const FIRST_SECONDS = 10;
const MAX_SECONDS = 900;

/**
 * Seconds until a message is tried again: twice as many with each time that it has been received, from 10 seconds to 15 minutes, with
 * jitter, and never before the vendor allows it.
 *
 * @param receives how often it has been received, this time included
 * @param retryAfterSeconds at most an hour: SQS hides a message for twelve at most (API_ChangeMessageVisibility)
 * @param random from 0 to below 1
 */
export function backoffSeconds(receives: number, retryAfterSeconds: number | undefined, random: number): number {
  const longest = Math.min(MAX_SECONDS, FIRST_SECONDS * 2 ** Math.min(receives - 1, 10));
  const seconds = Math.max(FIRST_SECONDS, longest * (0.5 + random / 2));
  // What waits for the same moment need not come at the same moment.
  const allowed = retryAfterSeconds === undefined ? 0 : retryAfterSeconds + random * FIRST_SECONDS;
  return Math.ceil(Math.max(seconds, allowed));
}
