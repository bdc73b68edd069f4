/** HTML that is safe to put into a page as it is. Made by {@link html} and {@link trusted} alone. */
export class Markup {
  constructor(readonly text: string) {}
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls, unpaired surrogates, and what is not seen but changes what is: bidi controls, zero widths, tags. */
const UNSEEN =
  /(?![\uFE00-\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Most texts are, and the expression above takes its time. */
const PLAIN = /^[ -~]*$/;

/**
 * Text from a log as a reader can trust it: each character that would hide, or reorder its neighbours, is written out,
 * such as `⟨U+202E⟩`.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSEEN, (character) => `⟨U+${hex(character.codePointAt(0) ?? 0)}⟩`);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

/**
 * A template whose values are escaped, whether they stand between tags or within a quoted attribute; only other markup
 * goes in as it is.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Markup | readonly Markup[])[]
): Markup {
  return new Markup(strings.reduce((page, part, index) => page + written(values[index - 1] ?? "") + part));
}

function written(value: string | number | Markup | readonly Markup[]): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return String(value).replace(/[&<>"']/g, (character) => ESCAPED[character] ?? "");
}

/** Text that others wrote, apart from its surroundings: right-to-left letters in it don't reorder them. */
export function fromLog(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** A style, script or block of data, which HTML does not unescape. @throws Error if it could end its element */
export function trusted(text: string): Markup {
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error("this would close the element");
  return new Markup(text);
}

/** JSON for a block of data within HTML: no character that HTML's parser, or a reader of the source, could mistake. */
export function jsonBlock(value: unknown): Markup {
  const json = JSON.stringify(value).replace(/[<>&]|[^\x20-\x7e]/g, (unit) => {
    // Letters of other scripts stay readable.
    if (/[\p{L}\p{N}\p{M}\p{P}\p{S}]/u.test(unit) && !/[<>&]/.test(unit)) return unit;
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return trusted(json);
}
