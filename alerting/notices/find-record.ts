import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { categoryOutsideHistory } from "../../detection/events/event-history";
import { textAt } from "../../detection/events/json";
import { isoTime, parseTime } from "../../detection/events/text";
import { consoleLink } from "./console-link";
import { partitionIn, regionIn } from "./record-facts";
import { shellValue } from "./shell-value";

/** CloudTrail delivers within 5 minutes as a rule, seldom after 20. */
const LATEST_DELIVERY_MS = 20 * 60_000;

/** Where a record can be read. */
export interface RecordPlace {
  /** Address in CloudTrail's console; of what event history doesn't hold, the S3 address of the log archive's folder. */
  readonly link: string;
  /** The same as a sentence, with what to do there. */
  readonly sentence: string;
}

/**
 * Where the record is, in the event history or in the log archive.
 *
 * @param archive the archive's folder that holds the accounts' folders, bucket first: `my-logs/AWSLogs`
 */
export function placeOf(record: CloudTrailRecord, archive?: string): RecordPlace {
  if (categoryOutsideHistory(record) !== undefined) {
    return {
      link: folderOf(record, archive),
      sentence: `Not in CloudTrail's event history, which has management events only. Find it in the log archive, some minutes after the call: ${searchArchive(record, archive)}`,
    };
  }
  const link = consoleLink(textAt(record, "awsRegion") ?? "", textAt(record, "eventID"), partitionIn(record));
  return {
    link,
    sentence: `See it in CloudTrail's event history (5 to 15 minutes after the call, for 90 days): ${link}`,
  };
}

/** The command that fetches the log files of the record's day and names the one that has it. */
export function searchArchive(record: CloudTrailRecord, archive?: string): string {
  const event = shellValue(textAt(record, "eventID")) ?? "<eventID>";
  const folders = [record, ...nextDay(record)].map((of) => `aws s3 cp ${folderOf(of, archive)} log-files --recursive`);
  return `${folders.join(" && ")} && zgrep -l ${event} log-files/*.gz`;
}

/** Folders are by the time of delivery: of a call shortly before midnight, the log file may lie in the next day's. */
function nextDay(record: CloudTrailRecord): readonly CloudTrailRecord[] {
  const time = parseTime(textAt(record, "eventTime") ?? "");
  if (time === undefined) return [];
  const later = isoTime(time + LATEST_DELIVERY_MS);
  return later.slice(0, 10) === isoTime(time).slice(0, 10) ? [] : [{ ...record, eventTime: later }];
}

/**
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
function folderOf(record: CloudTrailRecord, archive = "<archiveBucket>/AWSLogs"): string {
  const account = textAt(record, "recipientAccountId") ?? "";
  const day = /^(\d{4})-(\d\d)-(\d\d)T/.exec(textAt(record, "eventTime") ?? "");
  const folder = textAt(record, "eventCategory") === "NetworkActivity" ? "CloudTrail-NetworkActivity" : "CloudTrail";
  return [
    `s3://${archive}`,
    ACCOUNT_ID.test(account) ? account : "<account>",
    folder,
    regionIn(record) ?? "<awsRegion>",
    day ? day.slice(1).join("/") : "<year>/<month>/<day>",
    "",
  ].join("/");
}
