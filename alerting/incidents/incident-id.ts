import { sha256 } from "../../detection/events/event-id";
import { isoTime } from "../../detection/events/text";

const BEGINNING = "incident#";

/** What a principal is known by in ids: 16 hex digits. */
export function principalKey(principal: string): string {
  return sha256(principal).slice(0, 16);
}

/** An incident's public id. One whose start is unknown begins in 1970. */
export function incidentId(key: string, startedAt: number): string {
  return `${key}-${isoTime(startedAt).replace(/[-:]/g, "")}`;
}

/** Where the state has it: a window of kind `incident`, or, of a principal's key, which incident is the current one. */
export function incidentWindow(id: string): string {
  return `${BEGINNING}${id}`;
}

/** The public id of the incident whose window it is. */
export function incidentOfWindow(windowId: string): string {
  return windowId.slice(BEGINNING.length);
}
