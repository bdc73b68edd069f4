import { CommandError } from "../command/command-error";

export interface Arguments<Format extends string> {
  readonly values: readonly string[];
  readonly format: Format;
}

/**
 * Separates `--format` from a command's other arguments.
 *
 * @param formats allowed values; the first is the default
 * @param wanted names of the other arguments, all required
 * @throws CommandError for unknown options, and for missing or unexpected arguments
 */
export function parseArguments<const Format extends string>(
  command: string,
  args: readonly string[],
  formats: readonly [Format, ...Format[]],
  wanted: readonly string[] = [],
): Arguments<Format> {
  const usage = ["detections", command, ...wanted, ...(formats.length > 1 ? [`[--format ${formats.join("|")}]`] : [])];
  const values: string[] = [];
  let format = formats[0];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const [, inline] = /^--format(?:=(.*))?$/.exec(arg) ?? [];
    if (formats.length > 1 && /^--format(=|$)/.test(arg)) {
      const given = inline ?? args[++index];
      const known = formats.find((name) => name === given);
      if (known === undefined) {
        throw new CommandError(
          `--format ${given === undefined ? "has no value" : `is ${JSON.stringify(given)}`}; allowed: ${formats.join(", ")}`,
        );
      }
      format = known;
    } else if (arg.startsWith("-")) {
      throw new CommandError(`unknown option ${JSON.stringify(arg)}; usage: ${usage.join(" ")}`);
    } else {
      values.push(arg);
    }
  }
  if (values.length !== wanted.length) {
    throw new CommandError(
      `${values.length === 0 ? `missing argument ${wanted[0]}` : `unexpected argument ${JSON.stringify(values[wanted.length] ?? values[0])}`}; usage: ${usage.join(" ")}`,
    );
  }
  return { values, format };
}
