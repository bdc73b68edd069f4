import { compilePattern } from "../../../detection/pattern/compile";
import { PatternError } from "../../../detection/pattern/pattern";

/** How the engine refuses the pattern. */
export function refusalOf(pattern: unknown): PatternError {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(pattern)} was not refused`);
}
