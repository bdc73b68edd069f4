import { UserError } from "./user-error";

/** Everything that is wrong with a configuration, one line a problem. */
export class ConfigurationError extends UserError {
  override readonly name = "ConfigurationError";

  constructor(override readonly problems: readonly string[]) {
    super(problems);
  }
}
