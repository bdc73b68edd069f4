import type { CompiledRefinement } from "../refinements/compiled-refinement";
import { compileRefinement } from "../refinements/refinement";
import { RefinementError } from "../refinements/refinement-error";
import type { Detection } from "./detection";

/**
 * The compiled refinements of a detection.
 *
 * @throws RefinementError for an invalid one
 */
export function refinementsOf({ refine }: Detection): readonly CompiledRefinement[] {
  if (refine === undefined) return [];
  if (!Array.isArray(refine)) throw new RefinementError("$.refine", "must be a list of refinements");
  return refine.map((refinement, index) => compileRefinement(refinement, `$.refine[${index}]`));
}
