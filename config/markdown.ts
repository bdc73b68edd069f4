import { oneLine } from "../detection/events/text";

/**
 * As many of a sign as begin and end code in which no run of them is as long.
 *
 * @param least how many there are at least: 1 for a code span, 3 for a block
 */
export function fence(text: string, least = 1): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), least - 1);
  return "`".repeat(longest + 1);
}

/**
 * Anybody's text as a code span: no markup, no HTML, no mention, and on one line.
 *
 * @param maximum characters; longer text is cut
 */
export function code(text: string, maximum = Number.POSITIVE_INFINITY): string {
  const line = oneLine(text, maximum);
  const ends = fence(line);
  const room =
    line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" ")) || line === "";
  return room ? `${ends} ${line} ${ends}` : `${ends}${line}${ends}`;
}

/**
 * Anybody's text, such as a reason, as it is but not as code: on one line too, and nothing in it is markup or a mention.
 *
 * @param maximum characters; longer text is cut
 */
export function prose(text: string, maximum: number): string {
  return (
    oneLine(text, maximum)
      .replace(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      // A mention or a link to an issue needs its sign right before the name; a comment between ends that.
      .replaceAll("@", "@<!-- -->")
      .replace(/:\/\//g, ":<!-- -->//")
      .replace(/\bwww\./gi, "www<!-- -->.")
  );
}

/** Text of ours, in which no sign is meant as markup. */
export function ownText(text: string): string {
  return text.replace(/[*`\\]/g, "\\$&").replaceAll("<", "&lt;");
}

/**
 * Markdown as a table's cell, which ends at `|`, even within a code span. Some renderers read `\\|` as an escaped backslash and
 * the end of the cell.
 */
export function cell(markdown: string): string {
  return markdown
    .replace(/\s+/g, " ")
    .replace(/\\(?=\|)/g, "\\ ")
    .replaceAll("|", "\\|");
}
