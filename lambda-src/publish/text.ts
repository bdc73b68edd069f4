/**
 * Text from a record on one line: records hold what callers chose to write (user agents, names, error messages), which
 * must not be able to add lines to an alert or hide any.
 *
 * @param maximum length in characters, beyond which the text is cut and ends in `…`
 */
export function oneLine(text: string, maximum: number): string {
  const line = text
    .slice(0, maximum * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length > maximum ? `${characters.slice(0, maximum - 1).join("")}…` : line;
}

/** Printable ASCII only: accents are dropped, whatever else is left becomes `?`. */
export function ascii(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/…/g, "...")
    .replace(/[^\x20-\x7e]/g, "?");
}

/** A time as CloudTrail writes it, from milliseconds since 1970. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

/** An error in one line, for the log and for dead letters. */
export function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 500);
}
