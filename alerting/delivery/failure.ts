import { oneLine } from "../../detection/events/text";
import type { ChannelUnavailable } from "../channels/channel";
import { type ErrorFields, errorFields, isExpected } from "../processing-error";
import type { Scrubber } from "./scrubber";

/** Why a channel has not got a message. `defect`: nothing expects the error, and the next try would end the same. */
export interface Failure {
  readonly kind: "unavailable" | "refused" | "defect";
  /** One line, scrubbed. */
  readonly reason: string;
  readonly retryAfterSeconds?: number;
  readonly fields: ErrorFields;
}

/** Characters of a vendor's words. */
const REASON_LENGTH = 500;

/** Seconds: an answer that asks for more is tried after an hour all the same, lest one wrong header silences a channel. */
const MAX_RETRY_AFTER = 3_600;

/** What the SDK calls a request that will be answered later. */
const LATER = /Throttl|TooManyRequests|LimitExceeded|RequestTimeout|SlowDown|ServiceUnavailable|InternalFailure/i;

interface SdkError {
  readonly name?: unknown;
  readonly $fault?: unknown;
}

/** What a channel's sender has thrown. By name: each file of the zip has classes of its own. */
export function failureOf(thrown: unknown, scrubber: Scrubber): Failure {
  const error = scrubber.error(thrown);
  const reason = scrubber.text(oneLine(error.message, REASON_LENGTH)) || error.name;
  const fields = errorFields(error);
  if (error.name === "ChannelRefusal") return { kind: "refused", reason, fields: { reason } };
  if (error.name === "ChannelUnavailable") {
    const { retryAfterSeconds } = thrown as ChannelUnavailable;
    const isTime = retryAfterSeconds !== undefined && Number.isFinite(retryAfterSeconds);
    const seconds = isTime && { retryAfterSeconds: Math.min(Math.max(retryAfterSeconds, 0), MAX_RETRY_AFTER) };
    return { kind: "unavailable", reason, ...seconds, fields: { reason } };
  }
  if (!isExpected(error)) return { kind: "defect", reason: fields.reason, fields };
  // A service of AWS has answered, or none could be reached.
  const { name, $fault }: SdkError = error as SdkError;
  const kind = $fault === "client" && !LATER.test(String(name)) ? "refused" : "unavailable";
  return { kind, reason: fields.reason, fields };
}
