import { parseJson } from "../events/json";

/**
 * What the text says, if it can be read in one way only.
 *
 * Undefined where the text is no JSON, and also where writing out what was read gives another text, whitespace apart: an
 * object has a key twice, of which nobody knows which one AWS takes. Unusual escapes are given up on as well.
 */
export function parseExactly(text: string): { readonly value: unknown } | undefined {
  const parsed = parseJson(text);
  if ("problem" in parsed) return undefined;
  try {
    return JSON.stringify(parsed.value) === withoutWhitespace(text) ? parsed : undefined;
  } catch {
    // Nested too deeply to be written out.
    return undefined;
  }
}

function withoutWhitespace(json: string): string {
  return json.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, "$1");
}
