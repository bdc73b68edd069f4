import type { CompiledRefinement } from "../refinements/compiled-refinement";
import { compileRefinement } from "../refinements/refinement";
import { RefinementError } from "../refinements/refinement-error";
import type { Detection } from "./detection";

/**
 * The compiled refinements of a detection.
 *
 * @throws RefinementError for an invalid one, and for any with route `topic`
 */
export function refinementsOf({ route, refine }: Detection): readonly CompiledRefinement[] {
  if (refine === undefined) return [];
  if (!Array.isArray(refine)) throw new RefinementError("$.refine", "must be a list of refinements");
  if (route === "topic") {
    throw new RefinementError(
      "$.refine",
      'is not allowed with route "topic": EventBridge publishes without the function; remove one of the two',
    );
  }
  return refine.map((refinement, index) => compileRefinement(refinement, `$.refine[${index}]`));
}
