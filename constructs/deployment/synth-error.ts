import { UserError } from "../../config/user-error";

/** What is asked for can't be deployed. Each problem says what was given, what is allowed and how to fix it. */
export class SynthError extends UserError {
  override readonly name = "SynthError";
}
