import type { JsonObject } from "../events/json";

/** A refinement ready to be asked. */
export interface CompiledRefinement {
  /** Whether the record stays a match. Pure, never throws, and true wherever it can't be judged. */
  readonly holds: (record: JsonObject) => boolean;
  /** What it asks, as a clause: `requestParameters.userName is given and is not the caller's`. */
  readonly describe: () => string;
}

/** Checks a refinement of one kind and makes it ready; `kind` itself has been looked at. */
export type RefinementKind = (given: JsonObject, path: string) => CompiledRefinement;
