/** A variable of the function's environment: the construct writes it, the function reads it. */
export interface Variable<Written, Read = Written> {
  readonly name: string;
  /** The variable's text. Empty: the variable is left out. */
  readonly write: (value: Written) => string;
  /**
   * What the text says; undefined stands for a variable that isn't set.
   *
   * @throws EnvironmentError
   */
  readonly read: (text: string | undefined) => Read;
}

/** A variable whose value the configuration has under the same key. */
export type Configured<V> = V & { readonly configured: true };

export function configured<V extends Variable<never, unknown>>(variable: V): Configured<V> {
  return { ...variable, configured: true };
}

/** A variable is missing or unreadable that the function can't start without. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** The range of a whole number, and what it is where nothing is said. */
export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

/** Text that must be there. */
export function required(name: string, what: string, isSound = (_: string) => true, example = ""): Variable<string> {
  return {
    name,
    write: (value) => value,
    read: (text) => {
      if (!text) throw new EnvironmentError(`${name} is not set: it must hold ${what}`);
      if (!isSound(text)) throw new EnvironmentError(`${name} is ${quoted(text)}: it must hold ${example}`);
      return text;
    },
  };
}

/** A number of which a lower one does less: `lowered` says what it costs, for reviews of plans. */
export interface LimitVariable extends Variable<number> {
  readonly lowered: string;
}

/** @param lowered what a lower number costs */
export function limit(name: string, limits: Limits, lowered: string): LimitVariable {
  return { ...wholeNumber(name, limits), lowered };
}

export function wholeNumber(name: string, limits: Limits): Variable<number> {
  const { minimum, maximum } = limits;
  return {
    name,
    write: String,
    read: (text) => {
      if (!text) return limits.default;
      if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) < minimum || Number(text) > maximum) {
        throw new EnvironmentError(
          `${name} is ${quoted(text)}: it must hold a whole number from ${minimum} to ${maximum}`,
        );
      }
      return Number(text);
    },
  };
}

/**
 * JSON that the function can't start without understanding.
 *
 * @param what what the variable must hold, in an error's words
 * @param isSound whether the JSON is that
 */
export function json<Value>(
  name: string,
  what: string,
  isSound: (value: unknown) => value is Value,
  otherwise: string,
): Variable<Value> {
  return {
    name,
    write: (value) => JSON.stringify(value),
    read: (text = otherwise) => {
      const problem = `${name} is ${quoted(text)}: it must hold ${what}`;
      const value = parsed(text, problem);
      if (!isSound(value)) throw new EnvironmentError(problem);
      return value;
    },
  };
}

function parsed(text: string, problem: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EnvironmentError(problem, { cause: error });
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
