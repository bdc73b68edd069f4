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
