/** How many records have been read, and how many of them handed over: what could match, or could not be judged. */
export interface Scanned {
  readonly records: number;
  readonly passed: number;
}

/**
 * Reads a log file and hands over its records, still unchecked, in their order; perhaps not those that nothing can match.
 * In the place of a record that can't be read it hands over an Error that says why.
 *
 * Rejects with UnreadableLogFile after handing over what comes before the place that can't be read.
 */
export type ReadLogFile = (bytes: Uint8Array, onRecord: (record: unknown) => void) => Promise<Scanned>;

/** The object is not a log file that can be read, at least not to its end, and says why. */
export class UnreadableLogFile extends Error {
  override readonly name = "UnreadableLogFile";
  /** What could be read before. */
  scanned: Scanned = { records: 0, passed: 0 };
}

/**
 * Whether an object key names a log file of CloudTrail, not a digest, a file of Insights or aggregated events (which are no
 * calls) or something else. Network activity events have a folder of their own.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function isLogFileKey(key: string): boolean {
  return /(^|\/)AWSLogs\/.+\/CloudTrail(-NetworkActivity)?\/.+\.json\.gz$/.test(key);
}
