/** Printable ASCII. */
const PLAIN = /^[ -~]*$/;

/**
 * Text from a record on one line: records hold what callers chose to write (user agents, names, error messages), which
 * must not be able to add lines to an alert or hide any.
 *
 * @param maximum length in characters, beyond which the text is cut and ends in `…`
 */
export function oneLine(text: string, maximum: number): string {
  // Most texts are, and the expressions below cost a cold start milliseconds.
  if (text.length <= maximum && PLAIN.test(text)) return text.replace(/ +/g, " ").trim();
  const line = text
    .slice(0, maximum * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length > maximum ? `${characters.slice(0, maximum - 1).join("")}…` : line;
}

/** Printable ASCII only: accents are dropped, signs with a likeness become it, whatever else is left becomes `?`. */
export function ascii(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/×/g, "x")
    .replace(/[‐-―]/g, "-")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[^\x20-\x7e]/g, "?");
}

/** A time as CloudTrail writes it, from milliseconds since 1970. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Milliseconds since 1970 of a time as CloudTrail writes it; undefined for any other text, which machines might read differently. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const time = Date.parse(text);
  return time >= 0 ? time : undefined;
}

/** A count and what is counted: `1 event`, `2 events`. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** The text's beginning, ending in `…` where it was cut. */
export function cut(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  // Not between the two halves of one character.
  return `${text.slice(0, maximum - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** An error in one line, for the log and for dead letters; whatever was thrown. */
export function reasonOf(error: unknown): string {
  try {
    return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 500);
  } catch {
    // An object without a prototype, a message that throws when it is read.
    return "an error that can't be read";
  }
}
