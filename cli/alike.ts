import type { Detection } from "../lambda-src/detections/detection";

/** What to say after an id that there is no detection of: the ids that have a word of it, or where to find them all. */
export function suggestion(id: string, catalogue: readonly Pick<Detection, "id">[]): string {
  const parts = id
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part.length > 2);
  const alike = new Set(
    catalogue.map((detection) => detection.id).filter((known) => parts.some((part) => known.includes(part))),
  );
  return alike.size === 0 ? ": detections list has them all" : `; alike are: ${[...alike].slice(0, 5).join(", ")}`;
}
