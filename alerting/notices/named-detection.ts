import { oneLine } from "../../detection/events/text";
import type { NamedDetection } from "../notification/notification";

/** Characters of a title: a custom detection may have any. */
const TITLE = 100;

/** For JSON. */
export function namedDetection({ id, title, severity }: NamedDetection): NamedDetection {
  return { id, title: oneLine(title, TITLE), severity };
}
