/** Characters of a line of mail. */
export const LINE_LENGTH = 78;

/**
 * A text in lines of at most 78 characters, broken at spaces. A longer word (an ARN, a link) has a line of its own; a text
 * with a command in it stays on one line, to be copied.
 *
 * @param first what the first line begins with
 * @param rest what the others begin with: of the same length, so that no text of a record begins a line
 */
export function wrap(text: string, first = "", rest = " ".repeat(first.length)): string {
  if (/\baws [a-z][a-z0-9-]* [a-z]/.test(text)) return `${first}${text}`;
  const lines: string[] = [];
  let line = "";
  const room = LINE_LENGTH - first.length;
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, i) => `${i === 0 ? first : rest}${part}`).join("\n");
}

/** A text's beginning of at most so many characters, cut between words and ending in `...`; empty where not one word fits. */
export function cutAtWord(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const end = text.lastIndexOf(" ", maximum - 3);
  return end <= 0 || maximum < 4 ? "" : `${text.slice(0, end).replace(/[\s,;:.(]+$/, "")}...`;
}
