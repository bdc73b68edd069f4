import { join } from "node:path";

/** The project's folder. */
export const REPOSITORY = join(__dirname, "..");
