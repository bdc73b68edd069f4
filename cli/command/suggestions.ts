import { nearest } from "../../config/nearest";
import type { Detection } from "../../detection/definition/detection";

/** Follows an unknown id: the three nearest ids. */
export function suggestion(id: string, catalogue: readonly Pick<Detection, "id">[]): string {
  const known = catalogue.map((detection) => detection.id);
  return `; did you mean ${nearest(id, known).join(", ")}? "detections list" shows all`;
}
