import type { ChannelAnswer } from "./channel";

/**
 * Seconds that the answer's `Retry-After` asks to wait: a number or a date (RFC 9110, 10.2.3); undefined without one.
 *
 * @param now milliseconds since 1970
 */
export function retryAfterSeconds({ headers }: ChannelAnswer, now: number): number | undefined {
  const value = Object.entries(headers)
    .find(([name]) => name.toLowerCase() === "retry-after")?.[1]
    .trim();
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}
