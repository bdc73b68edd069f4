import { cut } from "../../detection/events/text";

/** What is not seen or disguises what is: controls, direction overrides, zero-width signs, halves of a surrogate pair, private use. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;
const HIDDEN_OR_SPACE = new RegExp(`(?:${HIDDEN.source}|\\s)+`, "gu");
/** Invisible, and keeps what stands before and after it from being read together. */
export const WORD_JOINER = "\u2060";

/**
 * Text from a record on one line, without anything hidden. Lengths are in UTF-16 code units: no vendor counts more.
 *
 * @param maximum length beyond which the text is cut and ends in `…`
 */
export function plainLine(text: string, maximum: number): string {
  return cut(
    text
      .slice(0, 4 * maximum)
      .replace(HIDDEN_OR_SPACE, " ")
      .trim(),
    maximum,
  );
}

/** The same of several lines: their ends stay, and nothing else hidden. */
export function plainLines(text: string, maximum: number): string {
  const lines = text.slice(0, 4 * maximum).split(/\r\n|[\n\r\u2028\u2029]/);
  return cut(
    lines
      .map((line) => plainLine(line, maximum))
      .join("\n")
      .trim(),
    maximum,
  );
}

/** Whether the command can be shown as it is: shortened or cleaned, it would do something else. */
export function isPlainCommand(command: string, maximum: number): boolean {
  return command.length <= maximum && !HIDDEN.test(command.replace(/[\n\t]/g, ""));
}
