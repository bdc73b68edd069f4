import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";

/** What the engine says of the event, or the refusal that it throws. */
export function judge(pattern: unknown, event: unknown): boolean {
  return matches(compilePattern(pattern), event);
}
