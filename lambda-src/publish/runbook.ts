import type { CloudTrailRecord } from "../read/cloudtrail-record";
import { type JsonObject, objectAt, textAt } from "../read/json";

const sources: Readonly<Record<string, (record: JsonObject) => string | undefined>> = {
  awsRegion: (record) => textAt(record, "awsRegion"),
  eventID: (record) => textAt(record, "eventID"),
  accessKeyId: (record) => textAt(objectAt(record, "userIdentity"), "accessKeyId"),
  userName: (record) => textAt(objectAt(record, "userIdentity"), "userName"),
};

/**
 * Fills a runbook line's `<awsRegion>`, `<eventID>`, `<accessKeyId>` and `<userName>` in from the record.
 *
 * The line may be a command that somebody pastes into a shell, so only values of AWS's own name characters go in;
 * otherwise the placeholder stays.
 */
export function fillIn(line: string, record: CloudTrailRecord): string {
  return line.replace(/<(\w+)>/g, (placeholder, name: string) => {
    const value = Object.hasOwn(sources, name) ? sources[name]?.(record) : undefined;
    return value !== undefined && /^[\w][\w+=,.@-]{0,127}$/.test(value) ? value : placeholder;
  });
}
