import { type Arguments, parseArguments } from "../../../cli/command/arguments";
import type { Usage } from "../../../cli/command/usage";

/** A command's arguments; a test that asks for help by mistake fails. */
export function given<Name extends string>(usage: Usage<Name>, args: readonly string[]): Arguments<Name> {
  const request = parseArguments(usage, args);
  if (typeof request === "string") throw new Error(`it took that for --${request}`);
  return request;
}
