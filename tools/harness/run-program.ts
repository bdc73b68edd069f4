/**
 * Runs a program with what its arguments say, and ends it with the exit code that it answers. Wrong arguments are told with
 * the usage, and end it with 2; what it throws ends it with 1.
 *
 * @param options what is wrong with the arguments, where they are wrong
 */
export function runWithOptions<Options extends object>(
  program: (options: Options) => Promise<number>,
  options: Options | string,
  usage: string,
): void {
  if (typeof options === "string") {
    console.error(`error: ${options}\n${usage}`);
    process.exitCode = 2;
  } else {
    exitWith(program(options));
  }
}

/** Ends the program with this exit code, or with 1 and what went wrong. */
export function exitWith(code: Promise<number>): void {
  code.then(
    (value) => {
      process.exitCode = value;
    },
    (error: unknown) => {
      console.error(`error: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    },
  );
}
