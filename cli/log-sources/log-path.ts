import { REGION } from "../../config/regions";
import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { Scope } from "./scope";

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

const ORGANIZATION = /^o-[a-z0-9]+$/;
const LOG_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;
/** Folders that hold records of calls; network activity has one of its own. */
const SERVICES = ["CloudTrail", "CloudTrail-NetworkActivity"];
/** `111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz` */
const DELIVERED_NAME = /^(\d{12})_CloudTrail(?:-NetworkActivity)?_([a-z0-9-]+)_(?:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_)?/;
/** Digests, Insights files, and snapshots of AWS Config, which are JSON too. */
const OTHER_NAME = /^\d{12}_(?!CloudTrail-NetworkActivity_)(CloudTrail-[A-Za-z]+|Config)_/;
/** What is in other folders and files of CloudTrail's. */
const OTHERS: readonly (readonly [sign: RegExp, what: string])[] = [
  [/(^|_)CloudTrail-Insight(_|$)/, "Insights events"],
  [/(^|_)CloudTrail-Aggregated(_|$)/, "aggregated events"],
  [/(^|_)CloudTrail-Digest(_|$)/, "digests"],
];

/** What a path says of the log files below it, or of the one that it names. */
interface PathFacts {
  account?: string;
  region?: string;
  /** When they were delivered, from `start` to before `end`: milliseconds since 1970. */
  delivered?: { readonly start: number; readonly end: number };
}

/**
 * Whether the folders say that nothing below is asked for, by S3's own layout:
 * `AWSLogs/[ORGANIZATION/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD`, its beginning included or not.
 *
 * The day is the day of delivery, which comes after the event, by minutes as a rule: the day after `to` is still in.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 *
 * @param folders names, outermost first
 */
export function isFolderOutside(folders: readonly string[], scope: Scope): boolean {
  return isOutside(factsOfFolders(folders), scope);
}

/** The same for a file, by its name alone: it has account, region and time too, for those who flatten the folders. */
export function isNameOutside(name: string, scope: Scope): boolean {
  return isOutside(factsOfName(name), scope);
}

/** What a folder or file of CloudTrail's holds instead of records of calls, as far as its name says. */
export function otherThanLogs(name: string): string | undefined {
  return OTHERS.find(([sign]) => sign.test(name))?.[1];
}

/** Whether a folder beside `CloudTrail`, below the account, holds something else: digests, Insights files, other services' logs. */
export function isOtherService(folders: readonly string[]): boolean {
  const [above = "", account = "", service] = folders.slice(-3);
  if (service === undefined || SERVICES.includes(service) || !ACCOUNT_ID.test(account)) return false;
  return above === "AWSLogs" || (ORGANIZATION.test(above) && folders.at(-4) === "AWSLogs");
}

/** Whether a file is a log file, as far as its name says. */
export function isLogName(name: string): boolean {
  return LOG_NAME.test(name) && !OTHER_NAME.test(name);
}

/** Whether a folder is wholly asked for, so that looking at what is in it would leave nothing out for its path. */
export function isFolderInside(folders: readonly string[], scope: Scope): boolean {
  const { region, delivered } = factsOfFolders(folders);
  // Above the region there may be other services.
  if (region === undefined) return false;
  return (
    (scope.from === undefined || (delivered !== undefined && delivered.start >= scope.from)) &&
    (scope.to === undefined || (delivered !== undefined && delivered.end <= scope.to + DAY_MS))
  );
}

function isOutside({ account, region, delivered }: PathFacts, { from, to, accounts, regions }: Scope): boolean {
  return (
    (account !== undefined && accounts.length > 0 && !accounts.includes(account)) ||
    (region !== undefined && regions.length > 0 && !regions.includes(region)) ||
    (delivered !== undefined && from !== undefined && delivered.end <= from) ||
    (delivered !== undefined && to !== undefined && delivered.start >= to + DAY_MS)
  );
}

function factsOfFolders(folders: readonly string[]): PathFacts {
  const facts: PathFacts = {};
  const root = folders.lastIndexOf("AWSLogs");
  if (root >= 0) {
    const account = folders[ORGANIZATION.test(folders[root + 1] ?? "") ? root + 2 : root + 1] ?? "";
    if (ACCOUNT_ID.test(account)) facts.account = account;
  }
  const service = folders.findLastIndex((name) => SERVICES.includes(name));
  if (service > 0 && ACCOUNT_ID.test(folders[service - 1] as string)) facts.account = folders[service - 1] as string;
  // Where `CloudTrail` has been cut off, a region counts as one if a year comes next.
  const regionAt = service >= 0 && REGION.test(folders[service + 1] ?? "") ? service + 1 : regionBeforeYear(folders);
  if (regionAt >= 0) {
    facts.region = folders[regionAt] as string;
    const delivered = periodOf(folders.slice(regionAt + 1, regionAt + 4));
    if (delivered) facts.delivered = delivered;
  }
  return facts;
}

function regionBeforeYear(folders: readonly string[]): number {
  return folders.findLastIndex(
    (name, index) => REGION.test(name) && periodOf([folders[index + 1] ?? ""]) !== undefined,
  );
}

/** The year, month or day (UTC) that folders name. */
function periodOf([year = "", month = "", day = ""]: readonly string[]): PathFacts["delivered"] {
  if (!/^20\d\d$/.test(year)) return undefined;
  const y = Number(year);
  if (!/^(0[1-9]|1[0-2])$/.test(month)) return { start: Date.UTC(y, 0, 1), end: Date.UTC(y + 1, 0, 1) };
  const m = Number(month) - 1;
  if (!/^(0[1-9]|[12]\d|3[01])$/.test(day)) return { start: Date.UTC(y, m, 1), end: Date.UTC(y, m + 1, 1) };
  const start = Date.UTC(y, m, Number(day));
  return { start, end: start + DAY_MS };
}

function factsOfName(name: string): PathFacts {
  const found = DELIVERED_NAME.exec(name);
  if (!found) return {};
  const [, account, region, year, month, day, hours, minutes] = found as unknown as readonly string[];
  const facts: PathFacts = { account: account as string };
  if (REGION.test(region as string)) facts.region = region as string;
  if (year !== undefined) {
    const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes));
    facts.delivered = { start, end: start + MINUTE_MS };
  }
  return facts;
}
