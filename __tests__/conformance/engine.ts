import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { PatternError } from "../../detection/pattern/pattern";

/** What the engine says of a pattern: refused, or what it says of an event. */
export type Answer = "refused" | "true" | "false" | "fails";

export interface Said {
  readonly answer: Answer;
  /** Why it refuses or fails. */
  readonly words?: string;
}

/** A pattern that the engine has seen. */
export type Seen = { readonly refused: Said } | { readonly judge: (event: string) => Said };

/** Asks the engine for a pattern, as JSON text. */
export type Engine = (pattern: string) => Seen;

/** The engine that the function and the demo use. */
export const ownEngine: Engine = (pattern) => {
  try {
    const compiled = compilePattern(JSON.parse(pattern));
    return {
      judge: (event) => {
        try {
          return { answer: matches(compiled, JSON.parse(event)) ? "true" : "false" };
        } catch (error) {
          return failed(error);
        }
      },
    };
  } catch (error) {
    return { refused: error instanceof PatternError ? { answer: "refused", words: error.message } : failed(error) };
  }
};

function failed(error: unknown): Said {
  return { answer: "fails", words: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
