import { compilePattern } from "../../../lambda-src/engine/compile";
import { matches } from "../../../lambda-src/engine/match";

/** What the engine says of the event, or the refusal that it throws. */
export function judge(pattern: unknown, event: unknown): boolean {
  return matches(compilePattern(pattern), event);
}
