import { fence } from "../../config/markdown";

/** Bytes that GitHub takes as the body of a comment or an issue; it counts characters, of which there are never more. */
export const MAX_BODY_BYTES = 65_536;

/** Longer than in any honest plan: the fence around it would take the plan's room. */
const LONG_RUN = /`{50,}/g;

/** One line that says what the plan does: Terraform's own where it has one. */
export function summaryOf(plan: string, exitCode: string): string {
  if (exitCode === "1") return "No plan: Terraform ended with an error.";
  if (exitCode === "0") return "No changes.";
  const counts = /^Plan: (?:\d+ to \w+(?:, |\.$))+$/m.exec(plan);
  return counts?.[0] ?? "Changes to outputs only.";
}

/**
 * The plan as a collapsed code block, cut at the end of a line to fit.
 *
 * A plan holds untrusted text. It stands in a fence longer than any in it, so that nothing in it is Markdown, HTML
 * or a mention.
 *
 * @param bytes how long the block may be
 */
export function collapsedPlan(plan: string, bytes: number): string {
  const lines = plan.trimEnd().replace(LONG_RUN, "…").split("\n");
  const text = lines.join("\n");
  const ends = fence(text, 3);
  const block = (shown: string, note: string) =>
    `<details><summary>Show the plan</summary>\n\n${ends}text\n${shown}\n${ends}\n\n${note}</details>`;

  const whole = block(text, "");
  if (Buffer.byteLength(whole) <= bytes) return whole;
  const note = (left: number) =>
    `The last ${left} of ${lines.length} lines are cut. The run's log has all of them.\n\n`;
  let room = bytes - Buffer.byteLength(block("", note(lines.length)));
  const kept = lines.findIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  return block(lines.slice(0, kept).join("\n"), note(lines.length - kept));
}
