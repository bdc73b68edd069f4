import type { Detection } from "./detection";

const DAY_MINUTES = 24 * 60;
/** Event hashes in the one item that counts. Each has 16 characters, and every matching event reads and writes them all. */
const MAX_THRESHOLD = 1_000;

/** The detection's count or fold is invalid. */
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
        `count.threshold is ${quote(threshold)}, but must be a whole number from 2 to ${MAX_THRESHOLD}`,
      );
    }
    if (tier !== "alert") throw new WindowError(`count is for detections of tier "alert", not ${quote(tier)}`);
    if (route === "topic") {
      throw new WindowError(
        'count is not allowed with route "topic": EventBridge would publish every event; remove one of the two',
      );
    }
    fields("count.by", count.by);
  }
  if (fold?.minutes !== undefined) minutes("fold.minutes", fold.minutes);
  fields("fold.by", fold?.by);
}

function minutes(name: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1 || DAY_MINUTES % (value as number) !== 0) {
    throw new WindowError(
      `${name} is ${quote(value)}, but must be minutes that divide a day evenly, such as 5, 10, 15, 60 or 1440`,
    );
  }
}

function fields(name: string, value: unknown): void {
  const named = value === undefined || (Array.isArray(value) && value.length > 0 && value.every(isField));
  if (!named)
    throw new WindowError(
      `${name} is ${quote(value)}, but must be a list of the record's fields, such as ["sourceIPAddress"]`,
    );
}

function isField(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.startsWith("detail.");
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
