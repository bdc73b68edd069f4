/** What the text is made of. */

export const QUOTE: u8 = 0x22;
export const COMMA: u8 = 0x2c;
export const COLON: u8 = 0x3a;
export const BACKSLASH: u8 = 0x5c;
export const OPENING_BRACKET: u8 = 0x5b;
export const OPENING_BRACE: u8 = 0x7b;
export const CLOSING_BRACE: u8 = 0x7d;

/** The end is left to ../skimmer.ts. */
export const NOT_SEEN: usize = 0;

// @ts-ignore: decorator
@inline
export function afterSpace(at: usize): usize {
  while (isSpace(load<u8>(at))) at++;
  return at;
}

// @ts-ignore: decorator
@inline
function isSpace(byte: u8): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}
