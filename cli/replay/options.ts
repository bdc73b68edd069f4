import type { Severity } from "../../lambda-src/detections/detection";
import type { Scope } from "./input/scope";

/** What `replay` was asked for. */
export interface ReplayOptions {
  /** Files, folders, `s3://bucket/prefix`, `-`; at least one. */
  readonly paths: readonly string[];
  readonly scope: Scope;
  /** Ids; none: all that are switched on. */
  readonly detections: readonly string[];
  readonly minSeverity?: Severity;
  /** File in the shape of `cdktf.json`; without it, the one of the folder the command was given in. */
  readonly config?: string;
  /** The same, to compare with. */
  readonly compare?: string;
  readonly format: "text" | "json" | "html" | "markdown";
  /** Something told at or above it makes the exit code 3. */
  readonly failOn?: Severity;
  /** How many threads match; without it, as many as there are processors. */
  readonly workers?: number;
}

/**
 * The command's arguments.
 *
 * @returns `help` when that is all that was asked for
 * @throws CommandError for whatever it does not take, naming it and saying what it takes
 */
export function readOptions(_args: readonly string[]): ReplayOptions | "help" {
  throw new Error("not yet");
}
