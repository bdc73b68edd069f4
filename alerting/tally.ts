/**
 * What one invocation did, for its closing log line. Nothing goes missing between the numbers:
 *
 * - `messages.received` = handled + unrecognized + failed
 * - `objects.named` = read + skipped + unreadable + postponed
 * - `records.read` = evaluated + processingErrors
 * - `matches.made` = suppressed + published + merged + duplicate + grouped + counted + digested + rateLimited + failed
 * - `matches.suppressed` = the sum of `suppressions.by`
 *
 * `published` counts alerts, one for an event; `merged` the other matches of their events, whose detections the alerts name. `notices`
 * are sent besides.
 */
export class Tally {
  readonly messages = { received: 0, handled: 0, unrecognized: 0, failed: 0 };
  readonly objects = { named: 0, read: 0, skipped: 0, unreadable: 0, postponed: 0 };
  readonly records = { read: 0, evaluated: 0, processingErrors: 0 };
  readonly matches = {
    made: 0,
    suppressed: 0,
    published: 0,
    merged: 0,
    duplicate: 0,
    grouped: 0,
    counted: 0,
    digested: 0,
    rateLimited: 0,
    failed: 0,
  };
  /** Matches suppressed, by the suppression's id; and those alerted because their suppression had expired. */
  readonly suppressions = { by: {} as Record<string, number>, expired: 0 };
  /** Events that the event path missed, by whether their calls only read; and accounts that have fallen silent. */
  readonly reach = { missed: 0, missedReadOnly: 0, silent: 0 };
  readonly notices = { summaries: 0, timelines: 0, digests: 0, postponed: 0, failed: 0 };
  /** Alerts published, by the account whose record they are about; `unknown` where the record doesn't say. */
  readonly alertsByAccount: Record<string, number> = {};
}

/** How a match can end. */
export type Outcome = Exclude<keyof Tally["matches"], "made">;
