import { parseRecord } from "../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../detection/events/envelope";
import { isLogFileKey } from "../../detection/log-files/log-file";
import { scanRecords } from "../../detection/log-files/scan/scan-records";
import type { LogObject } from "./log-objects";

/** The records that the bus could carry, in the order they happened; what can't be read shows on the log path. */
export async function eventsOf(objects: readonly LogObject[]): Promise<readonly EventEnvelope[]> {
  const events: EventEnvelope[] = [];
  for (const { bytes } of objects.filter(({ key }) => isLogFileKey(key))) {
    const records: unknown[] = [];
    await scanRecords(bytes, { form: "log-file" }, (record) => records.push(record)).catch(() => {});
    for (const record of records) {
      try {
        events.push(wrapRecord(parseRecord(record)));
      } catch {
        // The function logs it as a processing error.
      }
    }
  }
  return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
