/**
 * `wildcard` texts: `*` stands for any characters or none, `\*` and `\\` for themselves.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */

/** The texts between the stars, in order: one more than there are stars. */
export type WildcardParts = readonly string[];

/** @returns what is wrong with the text, when something is */
export function parseWildcard(text: string): WildcardParts | string {
  const parts = [""];
  for (let i = 0; i < text.length; i++) {
    let unit = text[i] as string;
    if (unit === "*") {
      if (text[i + 1] === "*") return "must not have two * in a row";
      parts.push("");
      continue;
    }
    if (unit === "\\") {
      unit = text[++i] ?? "";
      if (unit !== "*" && unit !== "\\") return "must have \\ only before * or another \\";
    }
    parts[parts.length - 1] += unit;
  }
  return parts;
}

export function matchesWildcard(parts: WildcardParts, value: string): boolean {
  const first = parts[0] as string;
  if (parts.length === 1) return value === first;
  const last = parts.at(-1) as string;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  const end = value.length - last.length;
  let position = first.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i] as string;
    const found = value.indexOf(part, position);
    if (found < 0 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}
