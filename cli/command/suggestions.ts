import { nearest } from "../../config/nearest";
import type { Detection } from "../../detection/definition/detection";

/** Follows an unknown id: the three nearest ids. */
export function suggestion(id: string, catalogue: readonly Pick<Detection, "id">[]): string {
  const known = catalogue.map((detection) => detection.id);
  return `; nearest are: ${nearest(id, known).join(", ")} (detections list has them all)`;
}
