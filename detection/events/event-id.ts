import { createHash } from "node:crypto";
import type { EventEnvelope } from "./envelope";
import { textAt } from "./json";

/** What CloudTrail's ids look like, and a little more; anything else could not stand in a key. */
const SOUND_ID = /^[\w-]{1,128}$/;

/**
 * What tells this event from every other, on whichever path it comes: the record's `eventID`; where that is missing or
 * odd, a hash of the record. Never the envelope's id, which differs per path.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function eventId({ detail }: EventEnvelope): string {
  const id = textAt(detail, "eventID");
  return id !== undefined && SOUND_ID.test(id) ? id : `sha256-${sha256(canonical(detail))}`;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** JSON with the keys in order: the two paths need not write a record's fields in the same one. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
