import { ownText } from "../../config/markdown";

/** Quoted values as code, the rest as it is. */
export function withCode(text: string): string {
  return text
    .split(/("(?:[^"\\`]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? ownText(part) : `\`${part.slice(1, -1)}\``))
    .join("");
}
