/** Who a log file is of, by its key. */
export interface LogFileSender {
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970: when CloudTrail made it. */
  readonly at: number;
}

const KEY =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?(\d{12})\/CloudTrail(?:-NetworkActivity)?\/([a-z0-9-]{1,64})\/(?:[^/]+\/){3}[^/]*_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/;

/**
 * Undefined where the key is none that CloudTrail gives.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function logFileSender(key: string): LogFileSender | undefined {
  const [, account, region, year, month, day, hour, minute] = KEY.exec(key) ?? [];
  if (account === undefined || region === undefined) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(at) ? undefined : { account, region, at };
}
