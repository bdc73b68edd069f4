import type { Detection } from "./detection";

const DAY_MINUTES = 24 * 60;
/** Event hashes in the one item that counts; each is 16 characters, and every matching event reads and writes them all. */
const MAX_THRESHOLD = 1_000;

/** The detection counts or folds in a way that can't work. */
export class WindowError extends Error {
  override readonly name = "WindowError";
}

/**
 * Windows begin at midnight UTC and must fill the day, or the last of a day would be cut short.
 *
 * @throws WindowError
 */
export function checkWindows({ count, fold, tier, route }: Detection): void {
  if (count !== undefined) {
    minutes("count.minutes", count.minutes);
    const { threshold } = count;
    if (!Number.isInteger(threshold) || threshold < 2 || threshold > MAX_THRESHOLD) {
      throw new WindowError(
        `count.threshold is ${quote(threshold)}: it takes a whole number from 2 to ${MAX_THRESHOLD}`,
      );
    }
    if (tier !== "alert") throw new WindowError(`count is for detections of tier "alert", not ${quote(tier)}`);
    if (route === "topic") {
      throw new WindowError('count can\'t go with route "topic": EventBridge would tell the topic of each event');
    }
    fields("count.by", count.by);
  }
  if (fold?.minutes !== undefined) minutes("fold.minutes", fold.minutes);
  fields("fold.by", fold?.by);
}

function minutes(name: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1 || DAY_MINUTES % (value as number) !== 0) {
    throw new WindowError(
      `${name} is ${quote(value)}: it takes minutes that divide a day evenly, such as 5, 10, 15, 60 or 1440`,
    );
  }
}

function fields(name: string, value: unknown): void {
  const named = value === undefined || (Array.isArray(value) && value.length > 0 && value.every(isField));
  if (!named)
    throw new WindowError(
      `${name} is ${quote(value)}: it takes a list of the record's fields, such as ["sourceIPAddress"]`,
    );
}

function isField(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.startsWith("detail.");
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
