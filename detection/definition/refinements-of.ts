import type { CompiledRefinement } from "../refinements/compiled-refinement";
import { compileRefinement } from "../refinements/refinement";
import { RefinementError } from "../refinements/refinement-error";
import type { Detection } from "./detection";

/**
 * The refinements of a detection, ready to be asked.
 *
 * @throws RefinementError for one that can't be asked, and for any where the topic is told without the function
 */
export function refinementsOf({ route, refine }: Detection): readonly CompiledRefinement[] {
  if (refine === undefined) return [];
  if (!Array.isArray(refine)) throw new RefinementError("$.refine", "takes a list of refinements");
  if (route === "topic") {
    throw new RefinementError(
      "$.refine",
      'takes nothing where route is "topic": EventBridge would tell the topic without asking; leave one of the two away',
    );
  }
  return refine.map((refinement, index) => compileRefinement(refinement, `$.refine[${index}]`));
}
