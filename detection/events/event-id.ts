import { createHash } from "node:crypto";
import { ACCOUNT_ID } from "./account-id";
import type { EventEnvelope } from "./envelope";
import { textAt } from "./json";

/** What CloudTrail's ids look like, and a little more; anything else could not stand in a key. */
const SOUND_ID = /^[\w-]{1,100}$/;

/** How the id of a call begins that each of several accounts has a record of. */
const SHARED = "call/";
/** What has to be the same in all records of one call, besides the `sharedEventID`. */
const SAME_IN_COPIES = ["eventCategory", "eventSource", "eventName", "eventTime", "awsRegion", "errorCode"];

/**
 * The record, as people look it up, on whichever path it comes: its `eventID`; where that is missing or odd, a hash of the record. Never
 * the envelope's id, which differs per path.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function eventId({ detail }: EventEnvelope): string {
  const id = textAt(detail, "eventID");
  return id !== undefined && SOUND_ID.test(id) ? id : `sha256-${sha256(canonical(detail))}`;
}

/**
 * What tells this call from every other, on whichever path and in whichever account it is recorded: what alerts of it are deduplicated by.
 *
 * A call that touches resources of two accounts is recorded in both, with two `eventID`s and one `sharedEventID`: one call. Records
 * without one are told apart by account and `eventID`. Never by the envelope's account, which a record need not repeat.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/shared-event-ID.html
 */
export function callId(event: EventEnvelope): string {
  const { detail } = event;
  const shared = textAt(detail, "sharedEventID");
  // Insights events share one over a whole stretch of time.
  if (shared !== undefined && SOUND_ID.test(shared) && textAt(detail, "eventCategory") !== "Insight") {
    const same = SAME_IN_COPIES.map((field) => textAt(detail, field) ?? null);
    return `${SHARED}${sha256(canonical([shared, ...same])).slice(0, 32)}`;
  }
  const account = textAt(detail, "recipientAccountId") ?? "";
  return ACCOUNT_ID.test(account) ? `${account}/${eventId(event)}` : eventId(event);
}

/** Whether other accounts may have a record of the call. */
export function isSharedCall(id: string): boolean {
  return id.startsWith(SHARED);
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
