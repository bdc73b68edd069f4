import * as markdown from "../../config/markdown";

/** Longer values are cut: a whole policy is too long for a comment. */
const LONGEST = 300;

/** Text from a plan that Markdown shows as it is. */
export function code(text: string, maximum = LONGEST): string {
  return markdown.code(text, maximum);
}

/** Text that people wrote, such as a reason: shown as it is, but not as code. */
export function prose(text: string): string {
  return markdown.prose(text, LONGEST);
}
