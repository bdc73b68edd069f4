import { oneLine } from "../../detection/events/text";
import { type ChannelAnswer, ChannelRefusal, ChannelUnavailable } from "./channel";

/** Characters of a vendor's answer that an error repeats. */
const WORDS = 300;
/** Longest wait that a vendor may ask for, in seconds: the queue keeps a message for longer than that. */
const LONGEST_WAIT = 3_600;
const TRY_AGAIN = [408, 425, 429];

/** What an answer is checked with. */
export interface AnswerContext {
  /** As people call it: `PagerDuty`. */
  readonly vendor: string;
  /** Values that must not be in an error, although the vendor may repeat them. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What to do, by status, after the vendor's words. */
  readonly remedies: Readonly<Record<number, string>>;
  /** Seconds to wait after a 429 that doesn't say how long. */
  readonly rateLimitSeconds: number;
}

/**
 * Checks that the vendor has accepted a request.
 *
 * @throws ChannelUnavailable for 408, 425, 429 and 5xx, else ChannelRefusal for what isn't 2xx
 */
export function assertAccepted(answer: ChannelAnswer, context: AnswerContext): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const words = withoutSecrets(answer.body, context.secrets);
  const said = `${context.vendor} answered ${status}${words === "" ? "" : `: ${words}`}`;
  if (TRY_AGAIN.includes(status) || status >= 500) {
    throw new ChannelUnavailable(said, waitFor(answer, context));
  }
  const remedy = context.remedies[status] ?? context.remedies[Math.floor(status / 100) * 100];
  throw new ChannelRefusal(remedy === undefined ? said : `${said}. ${remedy}`);
}

/** Seconds that the vendor wants to be left alone for. */
function waitFor(answer: ChannelAnswer, { now, rateLimitSeconds }: AnswerContext): number | undefined {
  return retryAfterSeconds(answer, now) ?? (answer.status === 429 ? rateLimitSeconds : undefined);
}

/** A vendor's words on one line, without the secrets in any form in which a vendor might repeat them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.replace(/\p{Cs}/gu, "")),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
    ])
    .sort((one, other) => other.length - one.length);
  return oneLine(
    forms.filter((form) => form !== "").reduce((words, form) => words.split(form).join("[secret]"), text),
    WORDS,
  );
}

/**
 * Seconds that the answer's `Retry-After` asks to wait, at most an hour: a number or a date (RFC 9110, 10.2.3); undefined without one.
 *
 * @param now milliseconds since 1970
 */
export function retryAfterSeconds({ headers }: ChannelAnswer, now: number): number | undefined {
  const value = Object.entries(headers)
    .find(([name]) => name.toLowerCase() === "retry-after")?.[1]
    .trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Math.min(LONGEST_WAIT, Number(value));
  // Anything else that a machine might read as a date, such as `1.5`, is none.
  const date = /^[A-Z][a-z]+, .+ GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, Math.ceil((date - now) / 1_000)));
}
