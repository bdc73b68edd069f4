/** Longer values are cut: a whole policy is no help in a comment. */
const LONGEST = 300;

/** Text from a plan that Markdown shows as it is: no markup, no HTML, no mention, and on one line. */
export function code(text: string, maximum = LONGEST): string {
  const line = oneLine(text, maximum);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room =
    line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" ")) || line === "";
  return room ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Text that people wrote, such as a reason: shown as it is, but not as code. */
export function prose(text: string): string {
  return (
    oneLine(text, LONGEST)
      .replace(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      // A mention or a link to an issue needs its sign right before the name; a comment between ends that.
      .replaceAll("@", "@<!-- -->")
      .replace(/:\/\//g, ":<!-- -->//")
      .replace(/\bwww\./gi, "www<!-- -->.")
  );
}

/** On one line, without signs that can't be seen or that turn the direction of writing. */
function oneLine(text: string, maximum: number): string {
  const line = text
    .slice(0, maximum * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const signs = Array.from(line);
  return signs.length > maximum ? `${signs.slice(0, maximum - 1).join("")}…` : line;
}
