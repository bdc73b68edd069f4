import type { Detection } from "../definition/detection";
import type { EventEnvelope } from "../events/envelope";
import { matching } from "../pattern/match";
import type { CompiledRefinement } from "../refinements/compiled-refinement";
import type { EnabledDetections } from "./enabled-detections";
import { asksForNetworkActivity, isSecondRecord } from "./network-activity";

/**
 * The detections whose pattern the event matches and whose refinements, if any, all let it through; in their order. What is
 * the second record of a call matches only those that ask for such records.
 */
export function matchedDetections(
  { detections, patterns, refinements }: EnabledDetections,
  event: EventEnvelope,
): readonly Detection[] {
  const matched = matching(patterns, event)
    .filter((number) =>
      (refinements[number] as readonly CompiledRefinement[]).every(({ holds }) => holds(event.detail)),
    )
    .map((number) => detections[number] as Detection);
  return isSecondRecord(event) ? matched.filter(({ pattern }) => asksForNetworkActivity(pattern)) : matched;
}
