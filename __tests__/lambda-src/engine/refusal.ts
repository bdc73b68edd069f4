import { compilePattern } from "../../../lambda-src/engine/compile";
import { PatternError } from "../../../lambda-src/engine/pattern";

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
