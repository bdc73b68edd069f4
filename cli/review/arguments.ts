import { CommandError } from "../command/command-error";

export interface ReviewArguments {
  /** Path of the plan's JSON; `-` is standard input. */
  readonly file: string;
  readonly format: "markdown" | "json";
  /** Reasons, by the ids that they let through. */
  readonly accepting: ReadonlyMap<string, string>;
}

const USAGE = 'review PLAN.json|- [--format markdown|json] [--accept ID --reason "…"]...';

/** @throws CommandError for arguments that it doesn't take */
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
        throw new CommandError(`there is no option ${JSON.stringify(file)}: ${USAGE}`);
      files.push(file);
      continue;
    }
    const value = inline ?? args[++index];
    if (value === undefined || value.trim() === "") throw new CommandError(`${option} has no value: ${USAGE}`);
    if (option === "--reason") {
      if (accepted === undefined) throw new CommandError(`--reason stands after the --accept that it is for: ${USAGE}`);
      accepting.set(accepted, value.trim());
      accepted = undefined;
      continue;
    }
    if (accepted !== undefined) break;
    if (option === "--accept") {
      if (accepting.has(value)) throw new CommandError(`${JSON.stringify(value)} is accepted twice: once will do`);
      accepted = value;
    } else if (value === "markdown" || value === "json") {
      format = value;
    } else {
      throw new CommandError(`--format is ${JSON.stringify(value)}: takes markdown or json`);
    }
  }
  if (accepted !== undefined) {
    throw new CommandError(`--accept ${JSON.stringify(accepted)} has no --reason after it: say why it may pass`);
  }
  const [file, second] = files;
  if (file === undefined) throw new CommandError(`the plan is missing: ${USAGE}`);
  if (second !== undefined) throw new CommandError(`${JSON.stringify(second)} is too much: ${USAGE}`);
  return { file, format, accepting };
}
