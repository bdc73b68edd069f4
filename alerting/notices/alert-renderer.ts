import type { Detection } from "../../detection/definition/detection";
import type { EventEnvelope } from "../../detection/events/envelope";
import { outcomeOf } from "../../detection/events/outcome";
import type { IncidentPlace } from "../incidents/incident";
import { nowSucceeded, roleOf } from "../incidents/incident-role";
import type { Path } from "../outcomes/match";
import type { Window } from "../windows/window";
import { buildAlert } from "./alert";
import { alertNotice } from "./alert-notice";
import type { Labels } from "./labels";
import type { Notice } from "./notice";

export { rateLimitNotice } from "./rate-limit-notice";
export { shortened } from "./shortened";

/** One alert, before it is put into words. */
export interface AlertToRender {
  /** Leads: the most severe that alerts. */
  readonly detection: Detection;
  readonly event: EventEnvelope;
  readonly path: Path;
  readonly window: Window;
  /** The other detections of tier `alert` that match the event and are not suppressed, most severe first. */
  readonly also: readonly Detection[];
  /** Absent where the alert could not be joined to its incident. */
  readonly incident?: IncidentPlace;
  /** EventBridge has sent a short alert of the event to the urgent topic. */
  readonly followsUrgent: boolean;
}

/** Puts one alert into words. */
export type RenderAlert = (alert: AlertToRender) => Notice | Promise<Notice>;

/**
 * How alerts are put into words. With the notice of the rate limit a file of its own in the zip, since most cold starts publish
 * no alert.
 *
 * @param labels what readers call accounts, and their time zone
 * @param archive the log archive's folder, see `placeOf`; alerts have a placeholder without
 * @param prefix how the names of the monitor's own parts begin
 */
export function alertRenderer(labels: Labels, archive?: string, prefix?: string): RenderAlert {
  return ({ detection, event, path, window, also, incident, followsUrgent }) => {
    const { severity } = detection;
    const { kind } = outcomeOf(event.detail);
    const place = incident && {
      ...incident,
      role: roleOf(incident, severity, kind),
      ...(nowSucceeded(incident, severity, kind) && { nowSucceeded: true as const }),
    };
    const context = { also, followsUrgent, ...(place && { incident: place }) };
    return alertNotice(buildAlert(detection, event, path, window, archive, prefix, context), labels);
  };
}
