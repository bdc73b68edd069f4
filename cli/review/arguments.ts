import { CommandError } from "../command/command-error";

export interface ReviewArguments {
  /** Path of the plan's JSON; `-` is standard input. */
  readonly file: string;
  readonly format: "markdown" | "json";
  /** Reasons, by the ids of accepted violations. */
  readonly accepting: ReadonlyMap<string, string>;
}

const USAGE = 'review PLAN.json|- [--format markdown|json] [--accept ID --reason "…"]...';

/** @throws CommandError for unknown, missing or contradictory arguments */
export function parseArguments(args: readonly string[]): ReviewArguments {
  const files: string[] = [];
  const accepting = new Map<string, string>();
  let format: ReviewArguments["format"] = "markdown";
  let accepted: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [, option, inline] = /^(--(?:format|accept|reason))(?:=(.*))?$/s.exec(args[index] as string) ?? [];
    if (option === undefined) {
      const file = args[index] as string;
      if (file.startsWith("-") && file !== "-")
        throw new CommandError(
          `unknown option ${JSON.stringify(file)}; allowed: --format, --accept, --reason. Usage: ${USAGE}`,
        );
      files.push(file);
      continue;
    }
    const value = inline ?? args[++index];
    if (value === undefined || value.trim() === "")
      throw new CommandError(`${option} must have a value. Usage: ${USAGE}`);
    if (option === "--reason") {
      if (accepted === undefined) throw new CommandError(`--reason must follow its --accept. Usage: ${USAGE}`);
      accepting.set(accepted, value.trim());
      accepted = undefined;
      continue;
    }
    if (accepted !== undefined) break;
    if (option === "--accept") {
      if (accepting.has(value)) throw new CommandError(`duplicate --accept ${JSON.stringify(value)}: remove one`);
      accepted = value;
    } else if (value === "markdown" || value === "json") {
      format = value;
    } else {
      throw new CommandError(`--format is ${JSON.stringify(value)}; allowed: markdown, json`);
    }
  }
  if (accepted !== undefined) {
    throw new CommandError(
      `--accept ${JSON.stringify(accepted)} must be followed by --reason "…", which says why you accept it`,
    );
  }
  const [file, second] = files;
  if (file === undefined) throw new CommandError(`missing PLAN.json, or - for standard input. Usage: ${USAGE}`);
  if (second !== undefined) throw new CommandError(`unexpected argument ${JSON.stringify(second)}. Usage: ${USAGE}`);
  return { file, format, accepting };
}
