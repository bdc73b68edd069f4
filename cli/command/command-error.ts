import { UserError } from "../../config/user-error";

/** A command can't do what was asked; the message says what was given and what to do. */
export class CommandError extends UserError {
  override readonly name: string = "CommandError";
}
