import { parseArgs } from "node:util";
import { surelyMeant } from "../../config/nearest";
import { optionsOf, type Usage } from "./usage";
import { UsageError } from "./usage-error";

/** An option as it was given. */
export interface GivenOption<Name extends string> {
  readonly name: Name;
  /** Empty for a switch. */
  readonly value: string;
}

/** A command's arguments. What is wrong with a value is known when it is asked for. */
export class Arguments<Name extends string> {
  constructor(
    readonly usage: Usage<Name>,
    readonly operands: readonly string[],
    /** In the order in which they were given. */
    readonly options: readonly GivenOption<Name>[],
  ) {}

  isGiven(name: Name): boolean {
    return this.options.some((option) => option.name === name);
  }

  /** Every value of an option that may be given more than once. */
  all(name: Name): readonly string[] {
    return this.options.filter((option) => option.name === name).map(({ value }) => value);
  }

  /** @throws UsageError when it is empty */
  text(name: Name): string | undefined {
    const [value] = this.all(name);
    if (value !== undefined && value.trim() === "") throw this.refusal(name, value, "a non-empty string");
    return value;
  }

  /** @throws UsageError when it is none of these */
  oneOf<const Value extends string>(name: Name, allowed: readonly Value[]): Value | undefined {
    const [given] = this.all(name);
    const value = allowed.find((each) => each === given);
    if (given !== undefined && value === undefined) {
      throw new UsageError(this.usage, `--${name} is ${JSON.stringify(given)}; allowed: ${allowed.join(", ")}`);
    }
    return value;
  }

  /** @throws UsageError when it is no whole number within the bounds, both of which are included */
  wholeNumber(name: Name, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const [given] = this.all(name);
    if (given === undefined) return undefined;
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw this.refusal(name, given, `a whole number from ${least} to ${most}`);
  }

  /** The error for a value that isn't allowed. */
  refusal(name: Name, value: string, allowed: string): UsageError {
    return new UsageError(this.usage, `--${name} is ${JSON.stringify(value)}: must be ${allowed}`);
  }
}

/** What a command's `--help` and `--version` ask for; else its arguments. */
export type Request<Name extends string> = "help" | "version" | Arguments<Name>;

/**
 * Reads a command's arguments. A value that begins with - must be written `--option=VALUE`.
 *
 * @throws UsageError for an unknown option, an option without a value or given twice, and for too few or too many operands
 */
export function parseArguments<Name extends string>(usage: Usage<Name>, args: readonly string[]): Request<Name> {
  const known = optionsOf(usage);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [
        name,
        { type: value === undefined ? "boolean" : "string", ...(name === "help" ? { short: "h" } : {}) } as const,
      ]),
    ),
    // The tokens say what is wrong; the errors of `strict` would have to be taken apart.
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const options: GivenOption<Name>[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) throw new UsageError(usage, unknownOption(rawName, Object.keys(known)));
    if (option.value === undefined && value !== undefined) {
      throw new UsageError(usage, `--${name} is ${JSON.stringify(`${rawName}=${value}`)}: must not have a value`);
    }
    if (option.value !== undefined && (value === undefined || (!inlineValue && /^-./.test(value)))) {
      const hint = value === undefined ? "" : `; a value that begins with - is written --${name}=${option.value}`;
      throw new UsageError(usage, `--${name} has no value: must be --${name} ${option.value}${hint}`);
    }
    const earlier = options.filter((other) => other.name === name).map((other) => other.value);
    if (option.value !== undefined && !option.multiple && earlier.length > 0) {
      throw new UsageError(usage, `--${name} is given more than once: ${[...earlier, value].join(", ")}`);
    }
    options.push({ name: name as Name, value: value ?? "" });
  }
  for (const request of ["help", "version"] as const) if (options.some(({ name }) => name === request)) return request;
  checkOperands(usage, operands);
  return new Arguments(usage, operands, options);
}

function unknownOption(given: string, known: readonly string[]): string {
  const meant = surelyMeant(given, known);
  const names = known.map((name) => `--${name}`).join(", ");
  return `unknown option ${given}${meant === undefined ? `; allowed options: ${names}` : `; did you mean --${meant}?`}`;
}

function checkOperands(usage: Usage, operands: readonly string[]): void {
  // Such as a variable of a script that isn't set.
  if (operands.includes("")) {
    throw new UsageError(usage, `an argument is "": must be a non-empty string (${usage.operands.join(" ")})`);
  }
  const required = usage.operands.filter((name) => !name.startsWith("["));
  const missing = required[operands.length];
  if (missing !== undefined) throw new UsageError(usage, `missing argument ${missing}`);
  if (usage.operands.some((name) => name.includes("..."))) return;
  const unexpected = operands[usage.operands.length];
  if (unexpected !== undefined) throw new UsageError(usage, `unexpected argument ${JSON.stringify(unexpected)}`);
}
