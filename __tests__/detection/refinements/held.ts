import type { JsonObject } from "../../../detection/events/json";
import { compileRefinement, type Refinement } from "../../../detection/refinements/refinement";

/** Whether a record stays a match. */
export function holds(refinement: Refinement, record: JsonObject): boolean {
  return compileRefinement(refinement).holds(record);
}

/** An object of so many levels; JSON.parse can read it, recursion can't. */
export function nested(levels: number, open = '{"a":', close = "}"): JsonObject {
  return JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`);
}
