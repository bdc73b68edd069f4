import type { Detection } from "../detections/detection";
import { matching } from "../engine/match";
import type { CompiledRefinement } from "../engine/refinements/compiled-refinement";
import type { EventEnvelope } from "../read/envelope";
import type { EnabledDetections } from "./enabled-detections";

/** The detections whose pattern the event matches and whose refinements, if any, all let it through; in their order. */
export function matchedDetections(
  { detections, patterns, refinements }: EnabledDetections,
  event: EventEnvelope,
): readonly Detection[] {
  return matching(patterns, event)
    .filter((number) =>
      (refinements[number] as readonly CompiledRefinement[]).every(({ holds }) => holds(event.detail)),
    )
    .map((number) => detections[number] as Detection);
}
