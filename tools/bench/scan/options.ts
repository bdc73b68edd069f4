import { parseArgs } from "node:util";

export const USAGE = "usage: npm run bench -- [--format text|json] [--check]";

export interface Options {
  readonly format: "text" | "json";
  /** Exit 1 when a target is missed. */
  readonly check: boolean;
}

/** @returns a message when the arguments are wrong */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { format: { type: "string", default: "text" }, check: { type: "boolean", default: false } },
    });
    const { format, check } = values;
    return format === "text" || format === "json" ? { format, check } : `--format ${format}: takes text or json`;
  } catch (error) {
    return (error as Error).message;
  }
}
