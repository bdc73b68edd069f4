import fc from "fast-check";
import type { Scope } from "../../../cli/log-sources/scope";

const DAY_MS = 24 * 60 * 60 * 1000;
const ACCOUNTS = ["111122223333", "444455556666"] as const;
const REGIONS = ["us-east-1", "eu-west-1", "us-gov-west-1"] as const;
/** About the ends of days, months and years. */
const FIRST = Date.UTC(2025, 10, 28);
const LAST = Date.UTC(2026, 1, 3);

/** A file, and what somebody who knows the layout would say of it. */
export interface LaidOut {
  readonly path: string;
  /** Whether a replay of that scope is to read it. */
  readonly wanted: (scope: Scope) => boolean;
}

const delivery = fc
  .record({ day: fc.integer({ min: 0, max: (LAST - FIRST) / DAY_MS }), minute: fc.integer({ min: 0, max: 1_439 }) })
  .map(({ day, minute }) => new Date(FIRST + day * DAY_MS + minute * 60_000).toISOString());

const layout = fc.constantFrom(
  "AWSLogs/",
  "AWSLogs/o-a1b2c3/",
  "o-a1b2c3/AWSLogs/o-a1b2c3/",
  "prefix/of/AWSLogs/",
  "synced",
  "cut",
  "flat",
);
const service = fc.constantFrom(
  "CloudTrail",
  "CloudTrail",
  "CloudTrail",
  "CloudTrail-NetworkActivity",
  "CloudTrail-Aggregated",
  "CloudTrail-Digest",
  "CloudTrail-Insight",
  "Config",
);

/** A file as CloudTrail or its neighbours lay it down, in S3's layout or what people make of it. */
const delivered = fc
  .record({
    layout,
    service,
    account: fc.constantFrom(...ACCOUNTS),
    region: fc.constantFrom(...REGIONS),
    delivery,
    serial: fc.integer({ min: 0, max: 99 }),
    plainName: fc.boolean(),
  })
  .map(({ layout, service, account, region, delivery, serial, plainName }): LaidOut => {
    const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(delivery) as unknown as string[];
    const plain = plainName && layout !== "flat";
    const name = plain
      ? `${serial}.json`
      : `${account}_${service}_${region}_${year}${month}${day}T${hour}${minute}Z_${serial}.json.gz`;
    const date = `${year}/${month}/${day}`;
    const folder = {
      synced: `synced/${service}/${region}/${date}/`,
      cut: `cut/${service === "CloudTrail" ? "" : `AWSLogs/${account}/${service}/`}${region}/${date}/`,
      flat: "flat/",
    }[layout as string];
    const path = (folder ?? `${layout}${account}/${service}/${region}/${date}/`) + name;
    // Cut off above the service, nothing but the file's own name says that it is none of ours.
    const isLog =
      service === "CloudTrail" || service === "CloudTrail-NetworkActivity" || (layout === "synced" && plain);
    // By the file's own name, or by a folder: those that are cut off below AWSLogs/ACCOUNT/ have it, too.
    const tellsAccount = path.includes(account);
    const start = Date.parse(plain ? delivery.slice(0, 10) : delivery);
    const end = start + (plain ? DAY_MS : 60_000);
    return {
      path,
      wanted: ({ from, to, regions, accounts }) =>
        isLog &&
        (!tellsAccount || accounts.length === 0 || accounts.includes(account)) &&
        (regions.length === 0 || regions.includes(region)) &&
        (from === undefined || end > from) &&
        (to === undefined || start < to + DAY_MS),
    };
  });

/** What lies beside them, and tells nothing of itself. */
const stray = fc
  .record({
    folder: fc.constantFrom(
      "",
      "notes/",
      "AWSLogs/",
      "prefix/2026/",
      "us-east-1/",
      "AWSLogs/111122223333/CloudTrail/us-east-1/",
    ),
    serial: fc.integer({ min: 0, max: 9 }),
    ending: fc.constantFrom(".json", ".json.gz", ".jsonl", ".ndjson.gz", ".JSON", ".txt", ".gz", ".csv.gz", ""),
  })
  .map(
    ({ folder, serial, ending }): LaidOut => ({
      path: `${folder}stray-${serial}${ending}`,
      wanted: ({ regions, accounts }) =>
        /json|jsonl/i.test(ending) &&
        (!folder.includes("CloudTrail") ||
          ((regions.length === 0 || regions.includes("us-east-1")) &&
            (accounts.length === 0 || accounts.includes("111122223333")))),
    }),
  );

export const layouts = fc.uniqueArray(fc.oneof({ arbitrary: delivered, weight: 4 }, stray), {
  selector: ({ path }) => path,
  minLength: 1,
  maxLength: 25,
});

/** An instant near the files' days; every second one is a midnight. */
const instant = fc
  .record({
    day: fc.integer({ min: -2, max: (LAST - FIRST) / DAY_MS + 2 }),
    minute: fc.constantFrom(0, 0, 1, 839, 1_439),
  })
  .map(({ day, minute }) => FIRST + day * DAY_MS + minute * 60_000);

export const scopes: fc.Arbitrary<Scope> = fc
  .record({
    from: fc.option(instant, { nil: undefined }),
    to: fc.option(instant, { nil: undefined }),
    regions: fc.subarray([...REGIONS]),
    accounts: fc.subarray([...ACCOUNTS]),
  })
  .map(({ from, to, ...lists }) => ({
    ...lists,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));

export const EVERYTHING: Scope = { regions: [], accounts: [] };
