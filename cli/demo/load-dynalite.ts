import { CommandError } from "../command/command-error";

/** An optional peer of the package, since the demo alone needs it; a test holds it against package.json. */
export const DYNALITE = "dynalite@4.0.0";

/**
 * Loads DynamoDB for this machine.
 *
 * @throws CommandError where the package was installed without it
 */
export function loadDynalite(): typeof import("dynalite").default {
  try {
    return require("dynalite") as typeof import("dynalite").default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new CommandError(
      `the demo needs ${DYNALITE}, a local DynamoDB, which the package does not install: run npm install --save-dev ${DYNALITE}, then start the demo again`,
    );
  }
}
