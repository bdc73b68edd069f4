import type { EnabledDetections } from "../decide/enabled-detections";

/** What of a record's bytes tells that nothing can match it. */
export interface RecordFilter {
  readonly detections: EnabledDetections;
}

/** The filter that lets every record through that any of the detections could match, and few others. */
export function recordFilter(enabled: EnabledDetections): RecordFilter {
  return { detections: enabled };
}
