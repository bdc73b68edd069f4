/** A command or value in code font. */
export function code(command: string): string {
  return command.includes("`") ? `\`\` ${command} \`\`` : `\`${command}\``;
}

/** Text that Markdown shows as it is. */
export function prose(text: string): string {
  return text.replace(/[*`\\]/g, "\\$&").replaceAll("<", "&lt;");
}

/** Quoted values as code, the rest as it is. */
export function withCode(text: string): string {
  return text
    .split(/("(?:[^"\\`]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? prose(part) : `\`${part.slice(1, -1)}\``))
    .join("");
}
