import type { Detection } from "../../detection/definition/detection";
import type { EventEnvelope } from "../../detection/events/envelope";
import type { Path } from "../outcomes/match";
import type { Window } from "../windows/window";
import { buildAlert } from "./alert";
import { alertNotice } from "./alert-notice";
import type { Labels } from "./labels";
import type { Notice } from "./notice";

export { rateLimitNotice } from "./rate-limit-notice";
export { shortened } from "./shortened";

/** Puts one alert into words. */
export type RenderAlert = (
  detection: Detection,
  event: EventEnvelope,
  path: Path,
  window: Window,
) => Notice | Promise<Notice>;

/**
 * How alerts are put into words. With the notice of the rate limit a file of its own in the zip, since most cold starts publish
 * no alert.
 *
 * @param labels what readers call accounts, and their time zone
 * @param archive name of the log archive's bucket; alerts have a placeholder without
 * @param prefix how the names of the monitor's own parts begin
 */
export function alertRenderer(labels: Labels, archive?: string, prefix?: string): RenderAlert {
  return (detection, event, path, window) =>
    alertNotice(buildAlert(detection, event, path, window, archive, prefix), labels);
}
