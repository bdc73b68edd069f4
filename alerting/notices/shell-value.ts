/** Characters that names, ids, paths and ARNs of AWS have, and no shell gives a meaning to. */
const NAME = /^[A-Za-z0-9/_][\w+=,.@:/-]*$/;
/** The same without what separates keys and values of the CLI's shorthand (`Key=Value,Key=Value`). */
const SHORTHAND = /^[A-Za-z0-9/_][\w+.@:/-]*$/;
/** Characters of a name, and of an ARN or a path. */
const NAME_LENGTH = 128;
const PATH_LENGTH = 512;
/** Values of one list that a command takes. */
const LIST_LENGTH = 20;

/**
 * A value of a record as a command for a shell may take it, else undefined: callers choose what records hold. Not a value
 * that CloudTrail has hidden, and nothing that the CLI would read from elsewhere (`file://…`).
 *
 * @param shorthand stands behind a `=` of the CLI's shorthand
 */
export function shellValue(value: unknown, shorthand = false): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = decoded(value);
  const longest = /^(arn:|\/)/.test(text) ? PATH_LENGTH : NAME_LENGTH;
  if (text.length > longest || text.includes("://") || /^[A-Z_]*HIDDEN_[A-Z_]+$|^ANONYMOUS_PRINCIPAL$/.test(text))
    return undefined;
  return (shorthand ? SHORTHAND : NAME).test(text) ? text : undefined;
}

/** Several values as one argument takes them; undefined if one of them is none that a shell may take. */
export function shellValues(values: readonly unknown[], before: string): string | undefined {
  const shorthand = before.endsWith("=");
  if (values.length === 0 || values.length > LIST_LENGTH) return undefined;
  if (values.length > 1 && shorthand && !before.endsWith("Values=")) return undefined;
  const texts = values.map((value) => shellValue(value, shorthand));
  return texts.includes(undefined) ? undefined : texts.join(shorthand ? "," : " ");
}

/** Some services record ARNs in percent encoding. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
