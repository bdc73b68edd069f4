import type { EnabledDetections } from "../../matching/enabled-detections";
import type { ReadLogFile } from "../log-file";
import { recordFilter } from "./record-filter";
import { scanRecords } from "./scan-records";

/** Decompressed bytes of the largest log file that is read: some ten seconds. CloudTrail's own stay far below. */
const MAX_LOG_FILE_BYTES = 1024 * 1024 * 1024;

/** Reads log files of any size, and hands over the records that one of the detections could match. */
export function logFileScanner(enabled: EnabledDetections): ReadLogFile {
  const filter = recordFilter(enabled);
  return (bytes, onRecord) =>
    scanRecords(bytes, { form: "log-file", filter, maximumBytes: MAX_LOG_FILE_BYTES }, onRecord);
}
