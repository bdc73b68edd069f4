/** A pattern for lines of text: words that must be there, that mustn't, and of which one must. */
interface Terms {
  readonly needed: readonly string[];
  readonly excluded: readonly string[];
  readonly oneOf: readonly string[];
}

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)+)"|([A-Za-z0-9_]+))(?=\s|$)/y;

/**
 * Reads a filter pattern of CloudWatch Logs for unstructured text, such as `ERROR -Exiting` or `?ERROR ?WARN`.
 *
 * @returns undefined for other kinds, and where optional terms are mixed with others
 */
export function parseTerms(pattern: string): Terms | undefined {
  const found: Record<"" | "-" | "?", string[]> = { "": [], "-": [], "?": [] };
  TERM.lastIndex = 0;
  for (let end = 0; pattern.slice(end).trim() !== ""; end = TERM.lastIndex) {
    const [, sign, quoted, plain] = TERM.exec(pattern) ?? [];
    const text = quoted?.replace(/\\(.)/gs, "$1") ?? plain;
    if (text === undefined) return undefined;
    found[sign as "" | "-" | "?"].push(text);
  }
  if (found["?"].length > 0 && found[""].length + found["-"].length > 0) return undefined;
  return { needed: found[""], excluded: found["-"], oneOf: found["?"] };
}

/** A line that a pattern matched, and that another one doesn't match; undefined where none was found. */
export function lostLine(before: Terms, after: Terms): string | undefined {
  const bases = before.oneOf.length > 0 ? before.oneOf : [before.needed.join(" ")];
  const lines = bases.flatMap((base) => [base, ...after.excluded.map((word) => `${base} ${word}`)]);
  return lines.find((line) => matches(before, line) && !matches(after, line));
}

/** Whether a pattern surely matches every line that another one matched. */
export function coversTerms(after: Terms, before: Terms): boolean {
  const implied = (word: string) => before.needed.some((needed) => needed.includes(word));
  const shut = (word: string) => before.excluded.some((excluded) => word.includes(excluded));
  const oneOf =
    after.oneOf.length === 0 ||
    after.oneOf.some(implied) ||
    (before.oneOf.length > 0 && before.oneOf.every((word) => after.oneOf.some((each) => word.includes(each))));
  return after.needed.every(implied) && after.excluded.every(shut) && oneOf;
}

function matches({ needed, excluded, oneOf }: Terms, line: string): boolean {
  return (
    needed.every((word) => line.includes(word)) &&
    !excluded.some((word) => line.includes(word)) &&
    (oneOf.length === 0 || oneOf.some((word) => line.includes(word)))
  );
}
